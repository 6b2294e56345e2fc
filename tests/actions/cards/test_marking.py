"""Cards that somebody of the team has read."""
import pytest

from tests.support import cast


@pytest.fixture
def desk(app, meeting, phone):
    """(the facilitator, Rosa in room 1, ids of three cards of hers)."""
    elena, rosa = cast.facilitator(app, meeting), phone()
    rosa.join(meeting["code"], "Rosa")
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    return elena, rosa, [rosa.post(board, f"Idea {n}")["card"]["id"] for n in range(3)]


def read(person, meeting) -> set[str]:
    """Ids of the cards of room 1 that were read, as somebody of the team is told; the desk is told how many."""
    at = f"/w/{meeting['workshop']}"
    cards = set(person.http.get(f"{at}/r/1/read").get_json()["cards"])
    rooms = person.http.get(f"{at}/progress").get_json()["rooms"]
    assert {key: room["read"] for key, room in rooms.items() if room["read"]} == (
        {meeting["rooms"][0]: len(cards)} if cards else {})
    return cards


def test_what_was_read_is_marked_and_can_be_unmarked_and_a_second_time_does_no_harm(meeting, desk):
    elena, _rosa, (one, other, _third) = desk
    for card in (one, other, one):
        cast.ok(elena.do("contribution.read", {"id": card}, None))
    assert read(elena, meeting) == {one, other}
    cast.ok(elena.do("contribution.read", {"id": one, "on": False}, None))
    assert read(elena, meeting) == {other}


def test_a_card_that_was_changed_is_to_be_read_again_and_one_that_is_gone_counts_no_more(meeting, desk):
    elena, rosa, (one, other, _third) = desk
    for card in (one, other):
        cast.ok(elena.do("contribution.read", {"id": card}, None))
    cast.ok(rosa.do("contribution.edit", {"id": one, "body": {"text": "Otra cosa"}, "base_rev": 1}))
    cast.ok(rosa.do("contribution.withdraw", {"id": other}))
    assert read(elena, meeting) == set()
    assert elena.do("contribution.read", {"id": other}, None)["code"] == "no_such_card"


def test_no_participant_hears_of_it_or_may_mark_or_ask(app, meeting, desk):
    elena, rosa, (one, *_others) = desk
    room, news = meeting["rooms"][0], []
    before = rosa.catch_up(room), dict(rosa.cursor)
    app.extensions["house"].performer.announce = news.append
    cast.ok(elena.do("contribution.read", {"id": one}, None))
    assert len(news) == 1 and not (news[0].streams or news[0].cards)
    assert (rosa.catch_up(room), dict(rosa.cursor)) == before
    assert rosa.do("contribution.read", {"id": one})["code"] == "forbidden"
    for path in ("r/1/read", "progress"):
        assert rosa.http.get(f"/w/{meeting['workshop']}/{path}").status_code == 403


def test_what_nobody_else_sees_yet_cannot_be_marked(app, meeting, desk):
    elena, rosa, _cards = desk
    room = meeting["rooms"][0]
    steps = [{"key": "ideas", "minutes": 0, "opens": ["ideas"], "see": "own"}]
    cast.ok(elena.do("steps.set", {"room": room, "base": cast.edition(app, room), "steps": steps}, None))
    mine = cast.ok(rosa.post(cast.activities(app, room)["ideas"], "A solas"))["card"]["id"]
    assert elena.do("contribution.read", {"id": mine}, None)["code"] == "no_such_card"


def test_the_marks_go_with_the_file_of_everything(app, meeting, desk):
    elena, _rosa, (one, *_others) = desk
    cast.ok(elena.do("contribution.read", {"id": one}, None))
    links = elena.http.get(f"/w/{meeting['workshop']}/report.json").get_json()["tables"]["link"]
    assert [(link["source_id"], link["kind"]) for link in links] == [(one, "read")]
