"""Backs up everything into one file, and restores it.

The copy is a .tar.gz with the database (made by SQLite itself, while servers go on writing), the media folder and the small
files beside them. Photos and voice notes are never overwritten: restoring adds those that are missing.
"""
import os
import shutil
import sqlite3
import tarfile
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from workshop.store.session import Store
from workshop.store.streams.epochs import MARK, begin_anew

DATABASE, MEDIA = "tinkuy.sqlite", "media"
BESIDE = ("secret", "demo-password")
NOT_WHOLE = ".new"  # suffix of a file of the media folder that is still being written


class Damaged(Exception):
    """Reports a copy that cannot be used; the message says why."""


def pack(data: Path, target: Path) -> Path:
    """Writes a copy of the data folder to the file `target`, or into that folder under a name with the time. Raises Damaged,
    OSError."""
    if target.is_dir():
        target = target / f"tinkuy-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}.tar.gz"
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".tinkuy-") as folder:
        copy_database(data / DATABASE, Path(folder) / DATABASE)
        whole = Path(folder) / "whole"
        with _private(whole) as file:
            with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as tar:
                tar.add(Path(folder) / DATABASE, DATABASE)
                for name in BESIDE:
                    if (data / name).exists():
                        tar.add(data / name, name)
                for path in sorted((data / MEDIA).glob("*/*")):
                    if path.suffix != NOT_WHOLE:
                        tar.add(path, f"{MEDIA}/{path.parent.name}/{path.name}")
            file.flush()
            os.fsync(file.fileno())
        whole.rename(target)
    return target


def copy_database(source: Path, target: Path) -> None:
    """Copies the database as it is at one moment into one file, and checks it. Raises Damaged."""
    if not source.exists():
        raise Damaged(f"there is no {source}")
    try:
        with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as copy:
            held.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
            found = [row[0] for row in copy.execute("PRAGMA integrity_check(5)")]
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{source.name}: {error}") from None
    if found != ["ok"]:
        raise Damaged(f"{source.name}: {'; '.join(found)}")


def unpack(source: Path, data: Path) -> Path | None:
    """Restores the copy `source` (a file of `pack`, or a bare database) into the data folder.

    Returns the folder in which the former database is kept, None if there was none. The caller holds the data folder alone.
    Raises Damaged, OSError.
    """
    data.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=data, prefix=".restoring-") as folder:
        fresh = Path(folder)
        if _is_database(source):
            copy_database(source, fresh / DATABASE)
        else:
            _open(source, fresh)
        _make_ready(fresh / DATABASE)
        for name in BESIDE:
            if (fresh / name).exists() and not (data / name).exists():
                (fresh / name).rename(data / name)
        for path in (fresh / MEDIA).glob("*/*"):
            place = data / MEDIA / path.parent.name / path.name
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                path.rename(place)
        before = _put_aside(data)
        (fresh / DATABASE).rename(data / DATABASE)
    return before


def _open(source: Path, fresh: Path) -> None:
    try:
        with tarfile.open(source, "r:gz") as tar:
            for one in tar:
                if one.isfile() and _is_ours(one.name):  # only names that pack gives: none leads out of the folder
                    (fresh / one.name).parent.mkdir(parents=True, exist_ok=True)
                    packed = tar.extractfile(one)
                    assert packed  # it is a file
                    with packed, _private(fresh / one.name) as file:
                        shutil.copyfileobj(packed, file)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise Damaged(f"{source.name}: {error}") from None
    if not (fresh / DATABASE).exists():
        raise Damaged(f"{source.name}: there is no database in it")
    copy_database(fresh / DATABASE, fresh / "looked-through")
    (fresh / "looked-through").rename(fresh / DATABASE)


def _is_ours(name: str) -> bool:
    parts = Path(name).parts
    return name in (DATABASE, *BESIDE) or (len(parts) == 3 and parts[0] == MEDIA and ".." not in parts)


def _make_ready(database: Path) -> None:
    """Upgrades the schema, and starts a new epoch in every stream."""
    store = Store(f"sqlite:///{database}")
    try:
        store.migrate()
        begin_anew(store)
    except Exception as error:
        raise Damaged(f"this is no database of ours, or of a newer program: {error}") from error
    finally:
        store.close()


def _put_aside(data: Path) -> Path | None:
    (data / MARK).unlink(missing_ok=True)
    held = [path for path in (data / f"{DATABASE}{ending}" for ending in ("", "-wal", "-shm")) if path.exists()]
    if not held:
        return None
    before = Path(tempfile.mkdtemp(dir=data, prefix=f"before-{datetime.now().astimezone():%Y-%m-%d-%H%M%S}-"))
    for path in held:
        shutil.move(path, before / path.name)
    return before


def _is_database(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def _private(path: Path) -> BinaryIO:
    """Opens a new file that only we may read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
