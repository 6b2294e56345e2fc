"""Prepares photos for a printed file: re-encoded as large as paper needs them, and so few that the file can be sent."""
import io
from pathlib import Path

from PIL import Image
from sqlalchemy import select

from workshop.exports.model import File, Report
from workshop.media.folder import Folder
from workshop.store.models import Attachment
from workshop.store.transaction import Session

SIDE, SMALL_SIDE = 900, 320  # points of the longer side; those after the first LARGE stand small
LARGE, MOST = 80, 800  # photos of one file; the words of the others stand there without them
QUALITY = 72
WIDTH_CM, HEIGHT_CM = 8.0, 6.0  # on paper, at most


def fill(session: Session, report: Report, folder: Folder) -> None:
    """Puts the pictures into the report's files, in the order in which they stand there."""
    files = [file for room in report.rooms for card in (*room.cards, *room.copies) for file in card.files
             if file.kind == "photo"][:MOST]
    digests = dict(session.execute(select(Attachment.id, Attachment.digest).where(
        Attachment.id.in_([file.key for file in files]), Attachment.removed_at.is_(None))).all())
    for place, file in enumerate(files):
        if file.key in digests:
            _draw(file, folder.path(file.key, digests[file.key]), SIDE if place < LARGE else SMALL_SIDE)


def _draw(file: File, path: Path, side: int) -> None:
    """Draws the photo as JPEG; it is left out where its file is missing or damaged (a store that was restored without it).
    """
    try:
        with Image.open(path, formats=("JPEG",)) as image:
            image.draft("RGB", (side, side))
            small = image.convert("RGB")
            small.thumbnail((side, side))
    except (OSError, ValueError, Image.DecompressionBombError):
        return
    out = io.BytesIO()
    small.save(out, "JPEG", quality=QUALITY, optimize=True)
    file.picture, file.width = out.getvalue(), round(min(WIDTH_CM, HEIGHT_CM * small.width / small.height), 2)
