"""The memoria as a PDF through Typst.  Texts go in as data (JSON), never as markup, so that nothing in them is executed."""
import json
from dataclasses import asdict
from pathlib import Path

import typst

from workshop.domain.weave import weave
from workshop.exports.model import Report

TEMPLATE = Path(__file__).parents[1] / "templates" / "report.typ"


def write(report: Report) -> bytes:
    """The PDF as bytes: A4, tagged, in the report's language."""
    data = asdict(report)
    for chapter, plain in zip(report.chapters, data["chapters"], strict=True):
        plain["rooms"] = [report.rooms.index(room) for room in chapter.rooms]  # each room goes along once
    for delegation in data["delegations"]:
        delegation |= weave(delegation["weave"])
    return typst.compile(str(TEMPLATE), sys_inputs={"report": json.dumps(data, ensure_ascii=False)})
