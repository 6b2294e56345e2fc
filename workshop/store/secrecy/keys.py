"""Keeps the keys of secret votes: a file for each in the data folder, outside of the database, its log and its copies."""
import hashlib
import os
import secrets
import time
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

FOLDER = "ballot-keys"  # in the data folder; several machines share it, as they share the photos
LENGTH = 32
YOUNG = 3600.0  # seconds: a key that is younger may belong to a vote whose first ballot is not on disk yet


def file_of(vote: str) -> str:
    """Returns the name of a vote's file: an id need not be one."""
    return hashlib.sha256(vote.encode()).hexdigest()[:40]


class Keys:
    """Keeps keys in a folder. Nothing of them stays in the memory of a process: each use reads the file."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def make(self, vote: str) -> bytes | None:
        """Returns the key of the vote, a new one where there is none; it is on disk. None: there is no folder for keys."""
        if self.folder is None:
            return None
        self.folder.mkdir(parents=True, exist_ok=True)
        fresh = self.folder / f".{secrets.token_hex(8)}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o660), "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # made before, by whoever was first
            os.link(fresh, self.folder / file_of(vote))
        fresh.unlink()
        self._settle()
        return self.find(vote)

    def find(self, vote: str) -> bytes | None:
        """Returns the key of the vote, None where it is gone."""
        if self.folder is None:
            return None
        with suppress(FileNotFoundError):
            key = (self.folder / file_of(vote)).read_bytes()
            return key if len(key) == LENGTH else None
        return None

    def destroy(self, vote: str) -> None:
        """Destroys the key: it is written over, and removed. Twice does no harm. Raises OSError."""
        self._destroy(file_of(vote))

    def sweep(self, votes: Collection[str]) -> int:
        """Destroys the keys that belong to none of these votes; returns how many."""
        if self.folder is None or not self.folder.is_dir():
            return 0
        kept, gone, before = {file_of(vote) for vote in votes}, 0, time.time() - YOUNG
        for path in self.folder.iterdir():
            with suppress(FileNotFoundError):
                if path.name not in kept and path.stat().st_mtime < before:
                    self._destroy(path.name)
                    gone += 1
        return gone

    def _destroy(self, name: str) -> None:
        if self.folder is None:
            return
        path = self.folder / name
        with suppress(FileNotFoundError), path.open("r+b") as file:
            file.write(secrets.token_bytes(LENGTH))
            file.flush()
            os.fsync(file.fileno())
        path.unlink(missing_ok=True)
        if self.folder.is_dir():
            self._settle()

    def _settle(self) -> None:
        """Has the folder itself written down, so that after a power cut it is as it is now."""
        folder = os.open(self.folder or "", os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
