"""The memoria as a PDF through Typst.  Texts go in as data (JSON), never as markup, so that nothing in them is executed."""
import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import typst

from workshop.domain.weave import weave
from workshop.exports.model import Report

TEMPLATE = Path(__file__).parents[1] / "templates" / "report.typ"


def write(report: Report) -> bytes:
    """The PDF as bytes: A4, tagged, in the report's language."""
    with tempfile.TemporaryDirectory() as folder:  # all that Typst may read: the template and the pictures
        page = Path(folder) / TEMPLATE.name
        shutil.copyfile(TEMPLATE, page)
        data = _plain(report, page.parent)
        return typst.compile(str(page), root=folder, sys_inputs={"report": json.dumps(data, ensure_ascii=False)})


def _plain(report: Report, folder: Path) -> dict:
    """The report as JSON has it; pictures as the names of files in the folder."""
    data = asdict(report)
    for chapter, plain in zip(report.chapters, data["chapters"], strict=True):
        plain["rooms"] = [report.rooms.index(room) for room in chapter.rooms]  # each room goes along once
    for delegation in data["delegations"]:
        delegation |= weave(delegation["weave"])
    cards = (card for room in data["rooms"] for cards in (room["cards"], room["copies"], room["late"], room["waiting"])
             for card in cards)
    for number, file in enumerate(file for card in cards for file in card["files"]):
        picture, file["picture"] = file["picture"], f"{number}.jpg" if file["picture"] else ""
        if picture:
            (folder / file["picture"]).write_bytes(picture)
    return data
