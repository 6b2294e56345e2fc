"""Prints badges as a PDF through Typst: the name large, the delegation with its weave, a code and its QR. Texts go in as
data (JSON), never as markup."""
import json
import shutil
import tempfile
from pathlib import Path

import segno
import typst

from workshop.domain.shapes import Json
from workshop.domain.weave import drawn, weave
from workshop.folders import TEMPLATES

TEMPLATE = TEMPLATES / "exports" / "badges.typ"


def write(found: Json) -> bytes:
    """Returns the PDF of {title, language, parts: [{name, weave (None: of none), people: [{name, code, link, said}]}]}:
    A4, eight badges on a page, each delegation on pages of its own."""
    with tempfile.TemporaryDirectory() as folder:  # all that Typst may read: the template
        page = Path(folder) / TEMPLATE.name
        shutil.copyfile(TEMPLATE, page)
        parts = [part | _look(part["weave"]) | {"people": [one | {"qr": _qr(one["link"])} for one in part["people"]]}
                 for part in found["parts"]]
        data = json.dumps(found | {"parts": parts}, ensure_ascii=False)
        return typst.compile(str(page), root=folder, sys_inputs={"badges": data})


def _look(index: int | None) -> Json:
    if index is None:
        return {"tint": "#e6e4e0", "tile": "", "width": 12}
    colour, tile = weave(index)
    return {"tint": colour.light[1], "tile": drawn(tile, colour.light[0]), "width": tile.width}


def _qr(link: str) -> str:
    return segno.make(link, error="m").svg_inline(border=0, dark="#1d1d1f", omitsize=True).replace(
        "<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
