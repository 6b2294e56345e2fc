"""Six hundred proposals of a portal come in through the page, and the board counts what the portal counts."""
import csv
import io
import json
import statistics

from tests.bench.intake import export
from tests.pages.bulk_add.test_bring import Desk, cards
from tests.support.cast import activities
from tests.support.real import real
from workshop.store.models import Activity
from workshop.store.streams import numbering

SUPPORTS = [{"key": "supports", "title": "Supports", "type": "text"}, {"key": "id", "title": "proposal_id", "type": "text"}]


def test_six_hundred_proposals_of_a_portal_are_on_the_board_with_what_the_portal_counts(app, meeting):
    expected, times = json.loads(real("es-decide-madrid", "expected.json").read_text()), 2
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        board = session.get(Activity, activities(app, meeting["rooms"][0])["ideas"])
        board.settings = {"layout": "list", "fields": SUPPORTS}
        numbering.touch(session, board)
    desk, file = Desk(app, meeting), export(times * expected["proposals"])
    desk.show(file=(io.BytesIO(file), "proposals.csv"))
    lines = [line for line, _text in desk.lines]
    assert len(lines) == times * (expected["proposals"] - 1) == 598
    assert desk.faults.count("<b>Línea") == times and desk.faults.count(str(expected["longest_body_chars"])) >= times
    ticked, second = [int(line) for line in desk.held()["line"]], int(lines[len(lines) // times])
    assert ticked and max(ticked) < second, "the very same words are not ticked by themselves"
    desk.bring(line=lines)
    assert f"{len(lines)} tarjetas están en el tablero" in desk.page
    found = cards(app, meeting)
    assert [number for number, _body, _place in found] == list(range(1, len(lines) + 1))
    left = left_out(file, {body["fields"]["id"] for _number, body, _place in found})
    assert len(left) == times
    supports = [(one["proposal_id"], int(one["supports"])) for one in left]
    supports += [(body["fields"]["id"], int(body["fields"]["supports"])) for _number, body, _place in found]
    assert sum(n for _id, n in supports) == times * expected["supports_total"]
    assert sum(n == 0 for _id, n in supports) == times * expected["zero_support"]
    for one in expected["top5"]:
        assert [n for key, n in supports if key == one["proposal_id"]] == [one["supports"]] * times
    titles = [len(body.get("title") or body["text"]) for _number, body, _place in found]
    titles += [len(one["title"]) for one in left]
    assert statistics.median_high(titles) == expected["median_title_chars"]


def left_out(file: bytes, there: set[str]) -> list[dict]:
    """The proposals that are not there, as they stand in the file."""
    rows = csv.DictReader(io.StringIO(file.decode(), newline=""))
    return [row for row in rows if row["proposal_id"] not in there]
