"""Writes the memoria as a PDF through Typst. Texts go in as data (JSON), never as markup, so that nothing in them is
executed."""
import json
import shutil
import tempfile
from dataclasses import asdict
from pathlib import Path

import typst

from workshop.domain.shapes import Json
from workshop.domain.weave import drawn, weave
from workshop.exports.model import Report
from workshop.exports.votes import Vote, about, attended, cells, headings, tables
from workshop.folders import TEMPLATES

TEMPLATE = TEMPLATES / "exports" / "report.typ"


def write(report: Report) -> bytes:
    """Returns the PDF as bytes: A4, tagged, in the report's language."""
    with tempfile.TemporaryDirectory() as folder:  # all that Typst may read: the template and the pictures
        page = Path(folder) / TEMPLATE.name
        shutil.copyfile(TEMPLATE, page)
        data = _plain(report, page.parent)
        return typst.compile(str(page), root=folder, sys_inputs={"report": json.dumps(
            data, ensure_ascii=False, default=float)})


def _plain(report: Report, folder: Path) -> Json:
    """Converts the report to JSON; pictures to the names of files in the folder."""
    data = asdict(report)
    more = [room for chapter in report.chapters for room in chapter.rooms if all(room is not one for one in report.rooms)]
    rooms = report.rooms + more
    data |= {"rooms": data["rooms"] + [asdict(room) for room in more], "in_annex": len(report.rooms)}
    for chapter, plain in zip(report.chapters, data["chapters"], strict=True):
        plain["rooms"] = [rooms.index(room) for room in chapter.rooms]  # each room travels once
    for room, plain in zip(rooms, data["rooms"], strict=True):
        plain["attended"] = attended(room)
        for name in ("sections", "rest"):
            for section, set_out in zip(getattr(room, name), plain[name], strict=True):
                set_out["votes"] = [_set_out(vote, report.words) for vote in section.votes]
    for delegation in data["delegations"]:
        colour, tile = weave(delegation["weave"])
        delegation |= {"tint": colour.light[1], "tile": drawn(tile, colour.light[0]), "width": tile.width}
    cards = (card for room in data["rooms"] for cards in (room["cards"], room["copies"], room["late"], room["waiting"])
             for card in cards)
    for number, file in enumerate(file for card in cards for file in card["files"]):
        picture, file["picture"] = file["picture"], f"{number}.jpg" if file["picture"] else ""
        if picture:
            (folder / file["picture"]).write_bytes(picture)
    return data


def _set_out(vote: Vote, words: dict[str, str]) -> Json:
    """Sets out a vote for the page: its words and figures as they are printed, its bars as numbers."""
    return {"title": vote.title, "about": about(vote, words), "headings": headings(vote, words), "chart": vote.chart,
            "figures": len(vote.headings), "axes": vote.headings[:2], "parts": vote.parts, "tones": vote.tones,
            "lines": [{"cells": cells(vote, line, words), "bars": line.bars, "place": line.place,
                       "called": line.number or line.text} for line in vote.lines],
            "by": [{"title": title, "table": asdict(table)} for title, table in tables(vote, words)]}
