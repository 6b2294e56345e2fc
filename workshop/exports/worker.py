"""Writes one memoria in a process of its own, so that no room waits for it: a request as JSON in, the file out.

    {"database", "workshop", "viewer": {privacy, role}, "format", "language", "media"}  on standard input
    {"badges": what formats/badges.py prints}  the same for badges
"""
import json
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module

from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.exports import clean_texts, everything, pictures, reader
from workshop.exports.model import Report
from workshop.media.folder import Folder
from workshop.store.models import Workshop
from workshop.store.session import Store
from workshop.words import speaking

MODULES = {"docx": "docx", "pdf": "pdf", "xlsx": "xlsx", "md": "markdown"}
PRINTED = ("docx", "pdf")  # with the photos themselves
AT_ONCE = threading.Semaphore(2)  # of the machine's cores some are left for the rooms
SECONDS = 120


def memoria(store: Store, workshop_id: str, viewer: Viewer, form: str, language: str, now: datetime,
            media: str = "") -> bytes:
    """Writes the memoria of a workshop in a format, in this process. `media`: the data folder whose photos stand in it."""
    with speaking(language):
        with store.read() as session:
            report = reader.read(session, session.get_one(Workshop, workshop_id), viewer, now)
            if form in PRINTED and media:
                pictures.fill(session, report, Folder(media))
            if form == "json":
                return everything.write(session, workshop_id, True, report.voting)
        write: Callable[[Report], bytes] = import_module(f"workshop.exports.formats.{MODULES[form]}").write
        return write(clean_texts.fitting(report))


def elsewhere(database: str, viewer: Viewer, form: str, language: str, media: str = "") -> bytes:
    """Writes the same in another process. Raises RuntimeError with its last words."""
    asked = json.dumps({"database": database, "workshop": viewer.workshop, "format": form, "language": language,
                        "media": media, "viewer": {"privacy": viewer.privacy, "role": viewer.role}})
    return _run(asked)


def badges(found: Json) -> bytes:
    """Writes badges as a PDF in another process. Raises RuntimeError with its last words."""
    return _run(json.dumps({"badges": found}))


def _run(asked: str) -> bytes:
    with AT_ONCE:
        done = subprocess.run([sys.executable, "-m", "workshop.exports.worker"], input=asked.encode(), capture_output=True,
                              timeout=SECONDS, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode("utf-8", "replace")[-2000:])
    return done.stdout


def main() -> None:
    """Reads the request, writes the file."""
    asked = json.load(sys.stdin)
    if "badges" in asked:
        sys.stdout.buffer.write(import_module("workshop.exports.formats.badges").write(asked["badges"]))
        return
    store = Store(asked["database"])
    viewer = Viewer(asked["workshop"], **asked["viewer"])
    sys.stdout.buffer.write(memoria(store, asked["workshop"], viewer, asked["format"], asked["language"], datetime.now(UTC),
                                     asked["media"]))
    store.close()


if __name__ == "__main__":
    main()
