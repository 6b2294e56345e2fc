"""Texts that break things go through every format as they are, and nothing in them is carried out."""
import io
import json
from pathlib import Path

import openpyxl
import pytest

from tests.exports.texts import READERS, squeezed
from tests.support import cast, needs
from workshop.domain.limits import TEXT, clean_text

TEXTS = Path(__file__).parents[2] / ".." / "shared" / "data" / "texts"


def texts(name: str) -> list[str]:
    """The texts of a file of the data, as the product keeps them; what is empty then is not taken in the first place."""
    path = TEXTS / name
    if not path.exists():
        needs.without(f"{name} is not on this machine")
    found = json.loads(path.read_text())
    cleaned = [clean_text(text) for text in _strings(found)]
    return [text for text in dict.fromkeys(cleaned) if text and len(text) <= TEXT]


def _strings(value) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for one in inside for text in _strings(one)]


@pytest.fixture(params=["blns.json", "udhr-articles.json"])
def posted(request, app, meeting, rosa) -> list[str]:
    """The texts, each an idea in room 1."""
    found = texts(request.param)
    assert len(found) > 80
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    for text in found:
        answer = rosa.post(board, text)
        assert answer["ok"] and answer["card"]["body"]["text"] == text
    return found


def test_no_format_changes_a_text(posted, memoria):
    written = {form: squeezed(read(memoria(form))) for form, read in READERS.items() if form != "pdf"}
    for text in posted:
        for form, whole in written.items():
            assert squeezed(text) in whole, (form, text)
    everything = json.loads(memoria("json"))
    kept = [card["body"]["text"] for card in everything["tables"]["contribution"] if card["kind"] == "idea"]
    assert sorted(kept) == sorted(posted)
    assert READERS["pdf"](memoria("pdf")).count("R1-") >= len(posted)


def test_nothing_in_a_workbook_is_a_formula_or_a_link(posted, memoria):
    book = openpyxl.load_workbook(io.BytesIO(memoria("xlsx")))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert len(cells) > len(posted)
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)


def test_the_page_shows_them_as_text(app, meeting, posted):
    from markupsafe import escape

    from tests.pages.facilitator.people import joined
    page = joined(app, meeting, "Luis").open(f"/w/{meeting['workshop']}/r/1?all=1")
    page = page.split('<script type="application/json"')[0]
    whole = page.replace('<span class="cut">…</span><span class="over">', "")  # a long text is folded
    for text in posted:
        assert f'<p class="text">{escape(text)}' in whole
    assert page.count("<script") == 0 and "<img" not in page.split('id="board"')[1]
