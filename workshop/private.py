"""Protects the program's files: no other local user may read the database, the photos, the secrets, the copies.

With WORKSHOP_SHARED its group may, for machines that share the folder of photos and voice notes.
"""
import os
import stat
from contextlib import suppress
from fnmatch import fnmatch
from pathlib import Path

OTHERS, GROUP_AND_OTHERS = 0o007, 0o077
# What we write into a data folder; an operator may have chosen one in which other things lie.
OURS = ("tinkuy.sqlite*", "secret", "demo-password", "hub.html", "held", "ballot-keys", "reached*", "media", "before-*",
        ".restoring-*", ".tinkuy-*", "tinkuy-*.tar.gz")


def begin(shared: bool) -> int:
    """Sets the umask so that whatever this process and its children write is ours alone; returns the bits that are withheld
    from others. SQLite gives its -wal and -shm the bits of their database."""
    kept_back = OTHERS if shared else GROUP_AND_OTHERS
    os.umask(kept_back)
    return kept_back


def tighten(data: str, shared: bool) -> None:
    """Removes the access of others to our files in the data folder; to the folder too, where nothing else lies in it."""
    kept_back, folder = begin(shared), Path(data)
    if not folder.is_dir():
        return
    names = [path.name for path in folder.iterdir()]
    ours = [name for name in names if any(fnmatch(name, pattern) for pattern in OURS)]
    if ours == names:
        _close(folder, kept_back)
    for name in ours:
        _close(folder / name, kept_back)
        for top, folders, files in os.walk(folder / name):
            for one in (*folders, *files):
                _close(Path(top) / one, kept_back)


def _close(path: Path, kept_back: int) -> None:
    with suppress(FileNotFoundError, PermissionError):  # another process was quicker; another user's
        mode = path.lstat().st_mode
        if mode & kept_back and not stat.S_ISLNK(mode):
            path.chmod(stat.S_IMODE(mode) & ~kept_back)
