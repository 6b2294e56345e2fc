"""What came of a vote reaches the plenary and the wall when it is over, with nothing of who voted, and never before."""
import json
import re

import pytest

from tests.actions.rooms.test_private_steps import hears, work_in
from tests.support import cast
from workshop import create_app
from workshop.store.models import Activity
from workshop.store.streams import numbering

ok = cast.ok
STEPS = [{"key": "escribir", "minutes": 0, "opens": ["ideas"]}, {"key": "votar", "minutes": 0, "opens": ["dots"]},
         {"key": "fin", "minutes": 0, "opens": []}]


def facts(page: str) -> dict:
    """What the script of a page is told."""
    return json.loads(re.search(r'id="facts">(.*?)</script>', page)[1])


def results(frames: list[dict]) -> list[dict]:
    """All results in frames."""
    return [one for frame in frames for card in frame["cards"] for one in card.get("results", ())]


@pytest.fixture
def hall(app, meeting, phone):
    """The first room, where Rosa and Julio write and vote, Luis in the second, Elena, and who looks from outside."""
    class Hall:
        room, rosa, julio, luis = meeting["rooms"][0], phone(), phone(), phone()
        elena = cast.facilitator(app, meeting)
        ids = cast.activities(app, room)

        def step(self, n: int) -> None:
            ok(self.elena.do("step.go", {"room": self.room, "step": n}, None))

        def wall(self) -> list[dict]:
            """The results that the wall is told; the plenary of another room's people is told the same."""
            page = app.test_client().get(f"/s/{meeting['screen']}").get_data(as_text=True)
            told, plenary = results(facts(page)["frames"]), self.luis.http.get(f"/w/{meeting['workshop']}/plenary")
            assert told == results(facts(plenary.get_data(as_text=True))["frames"])
            live = self.luis.catch_up(meeting["workshop"])  # what came since it asked last, as a socket is sent it
            assert told == [one for card in live.values() for one in card.get("results", ())]
            return told

        def outside(self) -> str:
            """All that somebody in another room, and the wall, hear and read."""
            paths = f"/w/{meeting['workshop']}/plenary", f"/w/{meeting['workshop']}", f"/s/{meeting['screen']}"
            return hears(self.luis, meeting["workshop"]) + "".join(
                self.luis.http.get(path).get_data(as_text=True) for path in paths)
    here = Hall()
    here.rosa.join(meeting["code"], "Rosa Choque", delegation=cast.delegations(app, meeting)[0])
    here.julio.join(meeting["code"], "Don Julio", delegation=cast.delegations(app, meeting)[1])
    here.luis.join(meeting["code"], "Luis", room=2)
    work_in(app, here.elena, here.room, STEPS)
    here.cards = [ok(here.rosa.post(here.ids["ideas"], text))["card"]["id"] for text in (
        "Feria de semillas", "Agua para la altura", "Radio comunal")]
    return here


def vote(app, here, reveal: str) -> None:
    """Rosa and Julio vote; the step of the vote is not over."""
    with app.extensions["house"].store.write() as session:
        dots = session.get(Activity, here.ids["dots"])
        numbering.lock(session, {dots.stream_id})
        dots.settings = dots.settings | {"reveal": reveal}
    here.step(1)
    for one, choices in ((here.rosa, {0: 3, 1: 2}), (here.julio, {0: 1, 2: 2})):
        ok(one.do("ballot.cast", {"activity": here.ids["dots"], "base_rev": 0,
                                  "choices": {here.cards[i]: n for i, n in choices.items()}}))
    app.extensions["house"].performer.count()


@pytest.mark.parametrize("reveal", ["live", "close"])
def test_it_is_told_when_the_vote_is_over_to_those_outside_of_the_room_too(app, meeting, hall, reveal):
    vote(app, hall, reveal)
    assert hall.wall() == []
    assert not [secret for secret in ("Feria de semillas", *hall.cards, '"points"') if secret in hall.outside()]
    hall.step(2)
    [told] = hall.wall()
    assert (told["title"]["es"], told["people"], told["whole"]) == ("Puntos", 2, 4)
    assert told["lines"] == [
        {"text": "Feria de semillas", "number": "R1-001", "parts": [4], "place": 1, "seats": 2, "delegations": 2},
        {"text": "Agua para la altura", "number": "R1-002", "parts": [2], "place": 2, "tied": True, "seats": 1,
         "delegations": 1},
        {"text": "Radio comunal", "number": "R1-003", "parts": [2], "place": 2, "tied": True, "seats": 1, "delegations": 1}]
    seats = [seat["id"] for one in (hall.rosa, hall.julio) for seat in one.place["seats"]]
    secrets, said = (*seats, *cast.delegations(app, meeting), "Rosa", "Julio"), json.dumps(told)
    assert not [secret for secret in secrets if secret in said]
    hall.step(1)
    assert hall.wall() == [], "people choose again"
    ok(hall.elena.do("room.close", {"room": hall.room}, None))
    assert len(hall.wall()) == 1


def test_it_follows_the_cards_and_whoever_hides_one_hides_it_there(app, hall):
    vote(app, hall, "close")
    hall.step(0)  # one writes again
    first, second, third = hall.cards
    ok(hall.rosa.do("contribution.edit", {"id": first, "body": {"text": "Feria binacional"}, "base_rev": 1}))
    assert [line["text"] for line in hall.wall()[0]["lines"]] == ["Feria binacional", "Agua para la altura", "Radio comunal"]
    ok(hall.elena.do("contribution.hide", {"id": second, "reason": "no es nuestra"}, None))
    assert [line["text"] for line in hall.wall()[0]["lines"]] == ["Feria binacional", "Radio comunal"]
    assert "Agua para la altura" not in hall.outside()
    ok(hall.elena.do("contribution.hide", {"id": second}, None))
    assert len(hall.wall()[0]["lines"]) == 3
    ok(hall.elena.do("contribution.withdraw", {"id": third}, None))
    assert len(hall.wall()[0]["lines"]) == 2


def test_it_is_there_after_a_restart_and_no_phone_in_a_room_is_sent_it_with_its_page(app, meeting, hall):
    vote(app, hall, "close")
    hall.step(2)
    told = hall.wall()
    for path in ("", "/r/2"):
        page = hall.luis.http.get(f"/w/{meeting['workshop']}{path}").get_data(as_text=True)
        assert results(facts(page)["frames"]) == []
    again = create_app(app.extensions["house"].config)
    page = again.test_client().get(f"/s/{meeting['screen']}").get_data(as_text=True)
    assert results(facts(page)["frames"]) == told
    again.extensions["house"].store.close()


def test_without_script_the_plenary_and_the_wall_draw_it(meeting, app, hall):
    vote(app, hall, "close")
    hall.step(2)
    for path, table in ((f"/w/{meeting['workshop']}/plenary", True), (f"/s/{meeting['screen']}", False)):
        page = hall.luis.http.get(path).get_data(as_text=True)
        drawn = re.search(r'<section class="result outcome">.*?</section>', page, re.S)[0]
        said = " ".join(re.sub(r"<[^>]+>", " ", drawn).split())
        assert re.search(r"Puntos 2 personas( · Ver el resultado completo)? Puesto 1 R1-001 Feria de semillas 4 "
                         r"2 personas · de 2 delegaciones Puesto 2 "
                         r"R1-002 Agua para la altura \(empate\) 2 1 persona · de 1 delegación", said), said
        assert ("Ver la tabla" in said) == table
        assert re.findall(r'width="([\d.]+)%"', drawn)[:3] == ["100", "50", "50"]
