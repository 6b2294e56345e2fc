"""Stores the files of photos and voice notes: data folder / media / first two of the digest / id and digest.

A file is written under another name, flushed to disk and renamed before its row is committed: a row never names a file that
is not whole. The digest is in the name, so that nobody overwrites a file by giving another one the same id.
"""
import os
import secrets
import tempfile
from pathlib import Path
from typing import IO


class Folder:
    """Is the media folder of a data folder."""

    def __init__(self, data: str):
        self.top = Path(data) / "media"

    def spool(self) -> IO[bytes]:
        """Opens a file without a name, for what is just arriving."""
        self.top.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryFile(dir=self.top)

    def path(self, key: str, digest: str, ending: str = "") -> Path:
        """Returns the path of a file; `key` is an id that the store knows."""
        return self.top / digest[:2] / f"{key}.{digest[:16]}{ending}"

    def keep(self, key: str, digest: str, files: dict[str, bytes]) -> None:
        """Writes the files {ending: bytes} to the disk. Waits for it: not for the event loop. Raises OSError."""
        for ending, content in files.items():
            place = self.path(key, digest, ending)
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh = place.with_name(f"{secrets.token_hex(8)}.new")
            try:
                with fresh.open("xb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                fresh.rename(place)
            finally:
                fresh.unlink(missing_ok=True)
        for folder in (self.top / digest[:2], self.top):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)

    def drop(self, key: str, digest: str) -> None:
        """Removes the files of an id."""
        for ending in ("", ".small"):
            self.path(key, digest, ending).unlink(missing_ok=True)
