"""However a room comes to a private step, and whatever is done in it: what was not shown is in nobody else's frames."""
import json
import secrets

import pytest

from tests.support import cast
from workshop.store.models import Activity, Contribution, History, RoomSeat

ok = cast.ok
ALONE = [{"key": "solo", "minutes": 0, "opens": ["ideas", "dots"], "see": "own"},
         {"key": "todos", "minutes": 0, "opens": ["ideas", "dots"]}]
SECRET = "Lo que Rosa piensa a solas"


@pytest.fixture
def table(app, meeting, phone):
    """(Elena, Rosa, Julio, the board) in the first room, which is at its usual steps."""
    elena, rosa, julio = cast.facilitator(app, meeting), phone(), phone()
    rosa.join(meeting["code"], "Rosa"), julio.join(meeting["code"], "Don Julio")
    return elena, rosa, julio, cast.activities(app, meeting["rooms"][0])["ideas"]


def work_in(app, elena, room: str, steps: list[dict], step: int = 0) -> None:
    """The room has these steps and is at one of them."""
    running = {"key": "ideas", "minutes": 0, "opens": ["ideas"]}
    ok(elena.do("steps.set", {"room": room, "steps": [*steps, running], "base": cast.edition(app, room)}, seat=None))
    ok(elena.do("step.go", {"room": room, "step": step}, seat=None))


def hears(phone, *streams: str) -> str:
    """All that somebody is told of these streams, and of those that go with them."""
    said, left = [], list(streams)
    while left:
        asked = {"stream": left.pop(), "epoch": "", "since": 0}
        frame = phone.http.get("/api/changes", query_string=asked, buffered=True).get_json()
        left += frame.get("circles", ())
        said.append(frame)
    return json.dumps(said, ensure_ascii=False)


def pages(phone, meeting) -> str:
    """What the pages and files of the meeting say to somebody."""
    at = f"/w/{meeting['workshop']}"
    return "".join(phone.http.get(path).get_data(as_text=True) for path in (
        f"{at}/r/1", f"{at}/r/1?all=1", f"{at}/r/1/scribe", f"{at}/r/1/history", f"{at}/find?text=solas", f"{at}/plenary",
        f"{at}/desk", f"{at}/report", f"{at}/report.md", f"{at}/report.json", f"/s/{meeting['screen']}"))


def nobody_hears(meeting, secrets: str | tuple[str, ...], *phones) -> None:
    """Nothing that these are told, on pages, in frames, in files, holds a secret."""
    for phone in phones:
        told = hears(phone, meeting["workshop"], *meeting["rooms"]) + pages(phone, meeting)
        assert not [secret for secret in ((secrets,) if isinstance(secrets, str) else secrets) if secret in told]


def by_like(app, meeting, elena):
    model = ok(elena.do("room.create", {"workshop": meeting["workshop"], "title": "Modelo"}, seat=None))["card"]["id"]
    work_in(app, elena, model, ALONE)
    ok(elena.do("room.alike", {"room": model, "rooms": meeting["rooms"][:1]}, seat=None))


def by_hand(app, meeting, elena):
    work_in(app, elena, meeting["rooms"][0], ALONE)


def by_change(app, meeting, elena):
    room = meeting["rooms"][0]
    here = [{"key": "ideas", "minutes": 0, "opens": ["ideas"], "see": "own"}, ALONE[1]]
    ok(elena.do("steps.set", {"room": room, "steps": here, "base": cast.edition(app, room)}, seat=None))


def by_opening_again(app, meeting, elena):
    room = meeting["rooms"][0]
    ok(elena.do("room.close", {"room": room}, seat=None))
    by_change(app, meeting, elena)
    ok(elena.do("room.open", {"room": room}, seat=None))


def without_a_line(app, meeting, elena):
    """As after an import, or whatever else forgets to give people their lines."""
    by_hand(app, meeting, elena)
    with app.extensions["house"].store.write() as session:
        for row in session.query(RoomSeat):
            row.alone = None


@pytest.mark.parametrize("come", [by_like, by_hand, by_change, by_opening_again, without_a_line])
def test_however_the_room_came_to_it_what_is_private_is_nobody_elses_until_the_reveal(app, meeting, table, come):
    elena, rosa, julio, board = table
    come(app, meeting, elena)
    answer = ok(rosa.post(board, SECRET))
    assert answer["stream"] not in (meeting["workshop"], *meeting["rooms"]) and "number" not in answer["card"]
    nobody_hears(meeting, SECRET, julio, elena)
    assert SECRET in hears(rosa, meeting["rooms"][0])
    ok(elena.do("step.go", {"room": meeting["rooms"][0], "step": 1}, seat=None))
    assert SECRET in hears(julio, meeting["rooms"][0])


def test_who_comes_late_from_another_room_or_on_a_shared_device_writes_for_themselves_only(app, meeting, phone, table):
    elena, _rosa, julio, board = table
    by_hand(app, meeting, elena)
    late, moved, helper = phone(), phone(), phone()
    late.join(meeting["code"], "Elvira")
    moved.join(meeting["code"], "Luis", room=2)
    ok(moved.do("seat.enter", {"room": meeting["rooms"][0]}))
    helper.http.post("/api/join", headers={"X-Workshop": "1"}, json={"code": meeting["code"], "room": 1, "seats": [
        {"name": "Helper", "channel": "hall"}]})
    others = [{"name": "Doña Paula", "channel": "paper"}, {"name": "Don Hugo", "channel": "phone"}]
    helper.place = helper.http.post("/api/join", headers={"X-Workshop": "1"}, json={
        "code": meeting["code"], "room": 1, "seats": others}).get_json()
    told = {name: ok(one.post(board, f"{SECRET}, {name}", seat=seat)) for name, one, seat in (
        ("Elvira", late, 0), ("Luis", moved, 0), ("Paula", helper, 0), ("Hugo", helper, 1))}
    assert len({answer["stream"] for answer in told.values()}) == 4
    nobody_hears(meeting, SECRET, julio, elena)
    assert f"{SECRET}, Luis" not in hears(late, meeting["rooms"][0])


def test_a_comment_in_a_private_step_is_private_and_stays_with_its_idea_when_that_is_sent_elsewhere(
        app, meeting, phone, table):
    elena, rosa, julio, board = table
    one, two = meeting["rooms"][:2]
    idea = ok(julio.post(board, "Semillas"))["card"]["id"]
    by_hand(app, meeting, elena)
    before = julio.catch_up(one) and julio.cursor[one]
    comment = {"activity": board, "id": secrets.token_urlsafe(9), "parent": idea, "body": {"text": SECRET}}
    ok(rosa.do("contribution.add", comment))
    nobody_hears(meeting, SECRET, julio, elena)
    julio.catch_up(one)
    assert julio.cursor[one] == before, "not even the room's number goes up"
    luis = phone()
    luis.join(meeting["code"], "Luis", room=2)
    ok(elena.do("contribution.send", {"id": idea, "to": two}, seat=None))
    nobody_hears(meeting, SECRET, julio, elena, luis)
    ok(elena.do("step.go", {"room": one, "step": 1}, seat=None))
    assert SECRET in hears(luis, two) and SECRET not in hears(julio, one)


def test_a_text_that_comes_while_a_private_step_is_paused_waits_unseen_and_cannot_be_let_in(app, meeting, table):
    elena, rosa, julio, board = table
    by_hand(app, meeting, elena)
    ok(elena.do("room.pause", {"room": meeting["rooms"][0]}, seat=None))
    late = rosa.post(board, SECRET)
    assert late["code"] == "room_paused" and late["tray"]
    nobody_hears(meeting, SECRET, julio, elena)
    admit = {"room": meeting["rooms"][0], "tray": late["tray"]}
    assert elena.do("tray.admit", admit, seat=None)["code"] == "not_here"
    ok(elena.do("step.go", {"room": meeting["rooms"][0], "step": 1}, seat=None))
    assert SECRET in hears(elena, meeting["rooms"][0]) and SECRET not in hears(julio, meeting["rooms"][0])
    ok(elena.do("tray.admit", admit, seat=None))
    assert SECRET in hears(julio, meeting["rooms"][0])


def test_neither_votes_nor_the_record_nor_the_file_tell_that_there_is_a_private_card(app, meeting, table):
    elena, rosa, julio, board = table
    by_hand(app, meeting, elena)
    kinds, card = cast.activities(app, meeting["rooms"][0]), ok(rosa.post(board, SECRET))["card"]["id"]
    ok(rosa.do("ballot.cast", {"activity": kinds["dots"], "choices": {card: 2}, "base_rev": 0}))
    ok(rosa.do("ballot.cast", {"activity": kinds["reactions"], "choices": {card: ["key"]}, "base_rev": 0}))
    ok(rosa.do("contribution.move", {"activity": board, "cards": [card], "place": {}}))
    house = app.extensions["house"]
    house.performer.counting.every = 0
    house.performer.count()
    nobody_hears(meeting, card, julio, elena)
    with house.store.read() as session:
        tallies = [row.tally for row in session.query(Activity).filter(Activity.id.in_((kinds["dots"], kinds["reactions"])))]
        assert all(not tally or tally["ballots"] == 0 for tally in tallies)
        acts = session.query(History).filter_by(target_id=card).all()
        assert len(acts) == 2 and all(act.stream_id not in meeting["rooms"] for act in acts)
    ok(elena.do("step.go", {"room": meeting["rooms"][0], "step": 1}, seat=None))
    with house.store.read() as session:
        assert session.get(Activity, kinds["reactions"]).tally["items"][card]["counts"] == {"key": 1}


def test_with_the_inbox_on_the_reveal_and_the_close_leave_it_to_the_facilitator(app, meeting, table):
    elena, rosa, julio, board = table
    room = meeting["rooms"][0]
    by_hand(app, meeting, elena)
    card = ok(rosa.post(board, SECRET))["card"]["id"]
    ok(elena.do("room.moderate", {"room": room}, seat=None))
    nobody_hears(meeting, SECRET, julio, elena)
    ok(elena.do("step.go", {"room": room, "step": 1}, seat=None))
    ok(rosa.post(board, "Otra idea"))
    ok(elena.do("room.close", {"room": room}, seat=None))
    assert SECRET in hears(elena, room) and SECRET in hears(rosa, room)
    assert SECRET in rosa.http.get(f"/w/{meeting['workshop']}/r/1").get_data(as_text=True), "its author still has it"
    told = hears(julio, room) + pages(julio, meeting)
    assert SECRET not in told and "Otra idea" not in told
    with app.extensions["house"].store.read() as session:
        assert session.get(Contribution, card).number is None
    report = elena.http.get(f"/w/{meeting['workshop']}/report.md").get_data(as_text=True)
    assert SECRET in report[report.index("Ideas no mostradas"):]
    ok(elena.do("inbox.let_out", {"activity": board, "cards": [card]}, seat=None))
    assert SECRET in hears(julio, room)


def test_an_idea_refused_in_the_inbox_goes_back_to_its_author_with_the_reason_and_may_still_be_shown(app, meeting, table):
    elena, rosa, julio, board = table
    room = meeting["rooms"][0]
    ok(elena.do("room.moderate", {"room": room}, seat=None))
    card = ok(rosa.post(board, SECRET))["card"]["id"]
    ok(elena.do("contribution.hide", {"id": card, "reason": "Nombra a una persona"}, seat=None))
    assert all(part in hears(rosa, room) for part in ("Nombra a una persona", SECRET))
    nobody_hears(meeting, "Nombra a una persona", julio)
    page = rosa.http.get(f"/w/{meeting['workshop']}/r/1").get_data(as_text=True)
    assert page.index("no lo puso en el tablero") < page.index("Nombra a una persona") < page.index(SECRET)
    ok(elena.do("inbox.let_out", {"activity": board, "cards": [card]}, seat=None))
    assert SECRET in hears(julio, room) and "Nombra" not in hears(rosa, room)


def test_comments_and_late_texts_of_the_inbox_are_not_forgotten_when_it_is_turned_off(app, meeting, table):
    elena, rosa, julio, board = table
    room, idea = meeting["rooms"][0], ok(rosa.post(board, "Semillas"))["card"]["id"]
    ok(elena.do("room.moderate", {"room": room}, seat=None))
    comment = {"activity": board, "id": secrets.token_urlsafe(9), "parent": idea, "body": {"text": SECRET}}
    ok(rosa.do("contribution.add", comment))
    ok(elena.do("room.pause", {"room": room}, seat=None))
    assert rosa.post(board, "Tarde")["tray"]
    assert "Tarde" in elena.http.get(f"/w/{meeting['workshop']}/report.md").get_data(as_text=True)
    assert SECRET not in hears(julio, room)
    ok(elena.do("room.moderate", {"room": room, "on": False}, seat=None))
    assert SECRET in hears(julio, room) and "Tarde" in hears(elena, room)
