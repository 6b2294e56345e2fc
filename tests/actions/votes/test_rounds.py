"""A vote that is repeated: both rounds stand, and who has moved is told in sums that tell of nobody."""
import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.actions.votes.test_rules import Assembly, counts, hall, ok  # noqa: F401  (hall is a fixture)


def people(hall: Assembly, n: int):  # noqa: F811
    """So many who vote."""
    return [hall.join(f"Persona {i}", i % 3) for i in range(n)]


def again(hall: Assembly, vote: str | None = None) -> dict:  # noqa: F811
    """Elena opens the next round."""
    return ok(hall.elena.do("vote.again", {"activity": vote or hall.vote}, None))["card"]


def test_the_next_round_opens_by_itself_and_the_one_before_stays(hall):  # noqa: F811
    first, [rosa, luis] = hall.open({"own": False}), people(hall, 2)
    ok(hall.cast(rosa, "yes"))
    second = again(hall)
    assert (second["round"], second["round_of"], second["title"]) == (2, first["id"], first["title"])
    assert second["settings"] == first["settings"] and second["opened"]
    there = hall.elena.catch_up(hall.room)
    assert there[first["id"]]["closed"] and counts(there[first["id"]]["tally"]) == {"yes": 1}
    assert "closed" not in there[second["id"]]
    assert hall.cast(luis, "yes")["code"] == "vote_closed"
    ok(hall.cast(luis, "no", 0, second["id"]))
    third = again(hall, second["id"])
    assert (third["round"], third["round_of"]) == (3, first["id"])
    assert hall.elena.do("vote.again", {"activity": first["id"]}, None)["code"] == "round_follows"


def test_a_vote_of_a_step_begins_again_by_itself_and_the_step_has_no_say(app, hall):  # noqa: F811
    from tests.support import cast
    dots = cast.activities(app, hall.room)["dots"]
    second = again(hall, dots)
    cast.to_step(app, hall.room, 2)
    board, rosa = cast.activities(app, hall.room)["ideas"], hall.join("Rosa")
    cast.to_step(app, hall.room, 0)
    card = ok(rosa.post(board, "Feria"))["card"]["id"]
    cast.to_step(app, hall.room, 2)
    ok(hall.cast(rosa, {card: 1}, 0, second["id"]))
    cast.to_step(app, hall.room, 1)
    assert hall.cast(rosa, {card: 1}, 0, dots)["code"] == "vote_closed", "the step that opens its kind opens it no more"


@pytest.mark.parametrize(("changed", "stayed", "told"), [
    (7, 6, {"changed": 7, "stayed": 6}), (4, 6, {"changed": None, "stayed": 6}), (0, 5, {"changed": None, "stayed": 5}),
    (5, 0, {"changed": 5, "stayed": None}), (4, 4, None), (0, 0, None)])
def test_who_moved_is_told_in_sums_never_under_five(hall, changed, stayed, told):  # noqa: F811
    hall.open()
    both = people(hall, changed + stayed)
    alone, late = hall.join("Solo antes"), hall.join("Solo después")
    for one in (*both, alone):
        ok(hall.cast(one, "yes"))
    second = again(hall)["id"]
    for i, one in enumerate((*both, late)):
        ok(hall.cast(one, "no" if i < changed else "yes", 0, second))
    hall.vote = second
    assert "moved" not in (hall.tally() or {}), "not while people vote: one who votes would be seen to move"
    ok(hall.close())
    assert hall.tally().get("moved") == told


def test_where_delegations_vote_they_are_compared(hall):  # noqa: F811
    hall.open({"one_per": "delegation"})
    for i in range(6):
        ok(hall.cast(hall.join(f"Uno {i}", i), "yes", 0))
    hall.vote = again(hall)["id"]
    for i in range(6):
        ok(hall.cast(hall.join(f"Otra {i}", i), "no", 0))
    ok(hall.close())
    assert hall.tally()["moved"] == {"changed": 6, "stayed": None}


def test_of_a_secret_vote_nothing_is_said_of_who_moved(hall):  # noqa: F811
    from workshop.store.models import Activity
    hall.open()
    both = people(hall, 6)
    for one in both:
        ok(hall.cast(one, "yes"))
    second = again(hall)["id"]
    for one in both:
        ok(hall.cast(one, "no", 0, second))
    hall.vote = second

    def hide(session):
        vote = session.get(Activity, second)
        vote.settings = vote.settings | {"rules": {"named": "secret"}}
    hall.write(hide)
    ok(hall.close())
    assert "moved" not in hall.tally()


def test_of_two_who_begin_again_at_once_one_does(hall):  # noqa: F811
    hall.open()
    from tests.support import cast
    others = [hall.elena, cast.facilitator(hall.app, hall.meeting)]
    with ThreadPoolExecutor(2) as hands:
        answers = list(hands.map(lambda one: one.do("vote.again", {"activity": hall.vote}, None), others))
    assert sorted(answer.get("code", "ok") for answer in answers) == ["ok", "round_follows"]


def test_a_round_that_somebody_votes_in_late_is_refused_in_words(hall):  # noqa: F811
    [rosa] = people(hall, 1)
    hall.open()
    ok(hall.cast(rosa, "yes"))
    again(hall)
    assert hall.cast(rosa, "no", 1)["code"] == "vote_closed"
    assert hall.own(rosa)[hall.vote]["choices"] == {"yes": 1}, "the old ballot stands"


def test_a_round_that_was_superseded_stands_beside_the_newest_alone(hall):  # noqa: F811
    first, [rosa, luis] = hall.open(), people(hall, 2)
    for one in (rosa, luis):
        ok(hall.cast(one, "yes"))
    second = again(hall)
    ok(hall.cast(rosa, "no", 0, second["id"]))
    hall.vote = second["id"]
    ok(hall.close())
    base = f"/w/{hall.meeting['workshop']}"
    for path in ("/decisions", "/votes"):
        page = hall.elena.http.get(base + path).get_data(as_text=True)
        assert page.count("<b>¿Aprobamos?</b>") + page.count('class="name"') == 1, path
        assert f"{base}/votes/{second['id']}" in page and f'<a href="{base}/votes/{first["id"]}">' in page
    page = hall.elena.http.get(f"{base}/votes/{second['id']}").get_data(as_text=True)
    assert re.search(r'<th scope="row">\s*yes</th><td>0</td>.*?<td>2</td></tr>', re.sub(r"\s+", " ", page))
    room = rosa.http.get(f"{base}/r/1").get_data(as_text=True)
    assert f"/votes/{second['id']}" in room and f"/votes/{first['id']}" not in room, "in the room too"
    assert rosa.http.get(f"{base}/votes/{first['id']}").status_code == 200
