"""Stores the files of photos, voice notes and videos: data folder / media / first two of the digest / id and digest.

A file is written under another name, flushed to disk and renamed before its row is committed: a row never names a file that
is not whole. The digest is in the name, so that nobody overwrites a file by giving another one the same id.
"""
import io
import os
import secrets
import shutil
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any


class Folder:
    """Is the media folder of a data folder."""

    def __init__(self, data: str):
        self.top = Path(data) / "media"

    def spool(self) -> IO[bytes]:
        """Opens a file without a name, for what is just arriving."""
        self.top.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryFile(dir=self.top)

    def spool_paced(self) -> IO[bytes]:
        """Opens the same for something large: others have a turn while it is written."""
        self.top.mkdir(parents=True, exist_ok=True)
        return Paced(tempfile.TemporaryFile(dir=self.top, buffering=0))

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

    def keep_large(self, key: str, digest: str, source: IO[bytes], edits: Iterable[tuple[int, int, int]],
                   still: bytes = b"") -> None:
        """Writes what stands in `source` to the disk, piece by piece, and its still picture beside it. The ranges of `edits`
        are emptied: (from, to, where the name of a box stands that goes whole, or 0). Waits for the disk: not for the event
        loop. Raises OSError."""
        place = self.path(key, digest)
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_name(f"{secrets.token_hex(8)}.new")
        try:
            with fresh.open("xb") as file:
                source.seek(0)
                shutil.copyfileobj(source, file, 1 << 20)
                for begin, end, name in edits:
                    if name:
                        file.seek(name)
                        file.write(b"free")
                    file.seek(begin)
                    file.write(bytes(end - begin))
                file.flush()
                os.fsync(file.fileno())
            fresh.rename(place)
        finally:
            fresh.unlink(missing_ok=True)
        self.keep(key, digest, {".still": still} if still else {})

    def drop(self, key: str, digest: str) -> None:
        """Removes the files of an id."""
        for ending in ("", ".small", ".still"):
            self.path(key, digest, ending).unlink(missing_ok=True)


class Paced(io.BufferedRandom):
    """Is a file in whose writing others have a turn."""

    def write(self, content: Any) -> int:
        """Writes as other files do."""
        time.sleep(0)  # at every piece: a large file comes faster than those who only ask for a page
        return super().write(content)
