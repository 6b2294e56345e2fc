"""The rows of a matrix as panels for the wall, and the way from the square on a panel to a card in its row."""
import re
from urllib.parse import urlencode

import pytest

from tests.pages.facilitator.people import Browser, joined
from tests.support import cast
from workshop.store.models import Activity
from workshop.store.streams import numbering

COLUMNS = [{"key": key, "title": {"es": title, "fr": title, "en": title}} for key, title in (
    ("panel", "El panel"), ("aprendi", "Aprendí"), ("me_pregunto", "Me pregunto"))]


@pytest.fixture
def board(app, meeting) -> str:
    """The board of room 1 as that of a fair."""
    key = cast.activities(app, meeting["rooms"][0])["ideas"]
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        session.get(Activity, key).settings = {"layout": "matrix", "open_rows": True, "rows": [], "columns": COLUMNS}
    return key


def post(phone, board: str, row: str, column: str, text: str) -> None:
    assert phone.post(board, text, place={"row": row, "column": column})["ok"]


def test_each_row_is_a_panel_with_what_visitors_left_and_its_square(app, meeting, board, phone):
    rosa, luis = phone(), phone()
    rosa.join(meeting["code"], "Rosa")
    luis.join(meeting["code"], "Luis")
    row = "Taraco: <papa> & quinua"
    post(rosa, board, row, "panel", "Tres ferias en un año")
    post(luis, board, row, "aprendi", "Que se puede sin intermediarios")
    post(luis, board, "Salinas", "aprendi", "La lana")
    page = rosa.http.get(f"/w/{meeting['workshop']}/r/1/panels").get_data(as_text=True)
    assert page.count('class="sheet-of-paper panel"') == 2 and "<papa>" not in page
    first, second = page.split('class="sheet-of-paper panel"')[1:]
    assert "Tres ferias" in first and "Aprendí <b>1</b>" in first
    assert "Me pregunto <b>" not in first and "La lana" not in first
    assert "Viene de la columna «El panel»" in second
    assert "r=1&amp;row=Taraco%3A%20%3Cpapa%3E%20%26%20quinua" in first
    drawn = rosa.http.get(f"/w/{meeting['workshop']}/qr.svg?r=1&{urlencode({'row': row})}")
    plain = rosa.http.get(f"/w/{meeting['workshop']}/qr.svg?r=1")
    assert drawn.mimetype == "image/svg+xml" and len(drawn.data) > len(plain.data)


def test_whoever_follows_the_square_writes_to_that_row(app, meeting, board):
    row = "Taraco & Salinas"
    browser, square = Browser(app), f"/j/{meeting['code']}?{urlencode({'r': 1, 'row': row})}"
    browser.open(square)
    delegation = re.search(r'name="delegation" value="([^"]+)"', browser.page)[1]
    browser.send(f"/j/{meeting['code']}", 'class="sheet"', name="Elvira", delegation=delegation, channel="hall")
    ready = 'id="at-row" name="row" value="Taraco &amp; Salinas"'
    assert browser.path.endswith("/r/1") and ready in browser.page
    browser.open(square)
    assert browser.path.endswith("/r/1") and ready in browser.page, "who is in already comes straight to it"


def test_a_board_without_rows_has_no_panels(app, meeting):
    assert joined(app, meeting).http.get(f"/w/{meeting['workshop']}/r/1/panels").status_code == 404
