"""A wall shows who speaks, what is asked and the video of a block, as the plenary allows it."""
import pytest

from tests.actions.walls.test_walls import here, now, send  # noqa: F401  (the fixture)
from tests.support.cast import ok
from tests.support.everybody import hall


def test_who_speaks_and_who_comes_next_stand_on_the_wall_by_name_where_the_workshop_has_names(here):  # noqa: F811
    it, first, second = {"workshop": here.at["workshop_id"]}, here.phone("H"), here.phone("T")
    ok(first.do("speaker.raise", it))
    ok(second.do("speaker.raise", it | {"kind": "question"}))
    ok(send(here, {"kind": "speakers"}))
    name = cast_name(here, "H")
    waits = now(here)["html"]
    assert "data-until" not in waits
    ok(here.phone("E").do("speaker.next", it | {"saw": None}, None))
    speaks = now(here)["html"]
    assert "data-until" in speaks and "Pregunta a quien habla" in speaks
    if here.at["privacy"] == "named":
        assert name in waits and name in speaks
    else:
        assert name not in speaks and "Mano 1" in speaks and "Mano 2" in speaks


def test_questions_stand_there_by_support_and_none_that_waits_or_is_answered(here):  # noqa: F811
    it, rosa, elena = {"workshop": here.at["workshop_id"]}, here.phone("H"), here.phone("E")
    ok(send(here, {"kind": "questions"}))
    few, many = (ok(rosa.do("question.ask", it | {"text": text}))["card"]["id"] for text in ("¿Cuándo?", "¿Cuánto?"))
    ok(here.phone("T").do("question.support", it | {"question": many}))
    said = now(here)["html"]
    assert said.index("¿Cuánto?") < said.index("¿Cuándo?")
    ok(elena.do("question.rule", it | {"queue": True}, None))
    ok(rosa.do("question.ask", it | {"text": "¿Todavía no?"}))
    ok(elena.do("question.answer", it | {"question": few}, None))
    said = now(here)["html"]
    assert "¿Cuánto?" in said and "¿Todavía no?" not in said and "¿Cuándo?" not in said


def test_the_video_of_a_block_can_be_sent_and_is_given_to_the_wall(here):  # noqa: F811
    block = {"kind": "video", "block": here.at["block_id"]}
    assert send(here, block | {"block": "no-such-block"})["code"] == "bad_wall_block"
    ok(send(here, block))
    assert f"/video/{here.at['video']}?screen=" in now(here)["html"]
    assert here.browser("N").get(f"/video/{here.at['video']}?screen={here.at['screen']}").status_code in (200, 206)
    assert here.browser("N").get(f"/video/{here.at['video']}?screen=no-such-key").status_code == 404


def cast_name(here, letter: str) -> str:  # noqa: F811
    """What the first person on this phone is called."""
    from workshop.store.models import Seat
    with here.app.extensions["house"].store.read() as session:
        return session.get(Seat, here.at["seats"][letter][0]).name


@pytest.fixture
def fresh():
    """A meeting on whose walls nothing was shown yet."""
    one = hall("named")
    yield one
    one.close()


def test_a_vote_of_the_plenary_stands_there_by_itself_where_nothing_was_sent(fresh):
    elena, hall = fresh.phone("E"), fresh.phone("E").catch_up(fresh.at["workshop_id"])
    plenary = next(card["id"] for card in hall.values() if card["kind"] == "room" and card["of"] == "plenary")
    for card in hall.values():
        if card["kind"] == "activity" and card.get("room") == plenary and card.get("opened") and not card.get("closed"):
            ok(elena.do("vote.close", {"activity": card["id"]}, None))
    assert now(fresh)["state"] == "own"
    options = [{"key": key, "title": key} for key in ("sur", "norte")]
    vote = ok(elena.do("vote.open", {"room": plenary, "kind": "choice", "title": "¿Por dónde vamos?",
                                     "settings": {"options": options}}, None))["card"]["id"]
    shows = now(fresh)
    assert shows["state"] == "sent" and "¿Por dónde vamos?" in shows["html"] and "norte" not in shows["html"]
    ok(elena.do("vote.close", {"activity": vote}, None))
    assert now(fresh)["state"] == "own"
    ok(send(fresh, {"kind": "join"}))
    again = {"room": plenary, "kind": "choice", "title": "¿Y ahora?", "settings": {"options": options}}
    ok(elena.do("vote.open", again, None))
    assert "¿Y ahora?" not in now(fresh)["html"], "what somebody has sent stays"
