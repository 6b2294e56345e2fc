"""Whatever is answered with "done" is seen on a page that a person can reach; what would be seen nowhere is refused.

Pages are compared as they come without script, without what differs from one look to the next; what the facts of a page
hold, and nothing draws, does not count.
"""
import re
import secrets

import pytest

from tests.actions.core.test_walk import PAYLOADS, VERBS, begun, filled, known, rows
from tests.support import cast
from tests.support.everybody import ROLES, Hall, hall
from workshop.actions.core import registry
from workshop.actions.rooms.building import add_activity
from workshop.domain.kinds import kinds
from workshop.store.models import Room
from workshop.store.streams import numbering

AWAY = (re.compile(r'<script[^>]* id="facts">.*?</script>', re.S), re.compile(r'nonce="[^"]*"'), re.compile(r'/a/[^"]*'),
        re.compile(r'name="(token|client|base|held)" value="[^"]*"'), re.compile(r'"seq":\d+'))
OF_ROOM = ("", "/scribe", "/history", "/process", "/read", "/proxies")
OF_ALL = ("", "/desk", "/find", "/report", "/people", "/history", "/rounds", "/plenary", "/speakers", "/questions")
TELLS = ("/history",)  # where nearly everything is told
# What is seen for a moment only, or where nothing is stored that a later look could find.
SEEN_BY_THE_ACT = {"seat.enter": "in room 1 before, in room 1 after",
                   "hand.raise": "on the desk and in the room, live, until it is lowered",
                   "wall.turn": "on the wall, whose script turns the page",
                   "room.nudge": "on the devices of the seat alone, and in the numbers of the desk"}


def pages(here: Hall, told: bool = False) -> dict[str, str]:
    """What the owner and a participant can look at, of the rooms in which the commands act; `told`: the records alone."""
    top = f"/w/{here.at['workshop_id']}"
    asked = [("E", top + end) for end in OF_ALL if not told or end in TELLS] + [("H", f"{top}/r/1?all=1")][told:]
    asked += [("E", f"{top}/r/{n}{end}?all=1") for n in (1, 3) for end in OF_ROOM if not told or end in TELLS]
    browsers, seen = {role: here.browser(role) for role in "EH"}, {}
    for role, address in asked:
        text = browsers[role].get(address, headers={"X-Workshop": "1"}).get_data(as_text=True)
        for away in AWAY:
            text = away.sub("", text)
        seen[f"{role} {address}"] = text
    return seen


def doer(verb: str) -> str:
    """Somebody who may."""
    told = dict(zip(ROLES, rows(VERBS, len(ROLES))[verb], strict=True))
    return next(role for role in "HEF" if told[role] == "+")


def changes(here: Hall, verb: str, payload: dict, told: bool) -> tuple[dict, list[str]]:
    """(the answer, the pages that are others afterwards)."""
    role = doer(verb)
    phone, before = here.phone(role), pages(here, told)
    answer = phone.do(verb, payload, 0 if phone.place["seats"] else None)
    after = pages(here, told)
    return answer, [name for name, text in after.items() if before.get(name) != text]


@pytest.fixture
def fresh():
    """A function that gives a copy of the meeting."""
    made = []

    def make() -> Hall:
        made.append(hall())
        return made[-1]
    yield make
    for one in made:
        one.close()


@pytest.fixture
def here(fresh):
    return fresh()


def test_where_nothing_was_done_two_looks_are_the_same(here):
    pages(here)
    before = pages(here)
    assert '{"words":' not in "".join(before.values()), "the facts of a page are not what is seen"
    assert pages(here) == before


@pytest.mark.parametrize("verb", sorted(set(registry.VERBS) - SEEN_BY_THE_ACT.keys()))
def test_what_a_command_saves_is_seen_on_a_page(fresh, verb):
    for told in (True, False):  # what the record does not tell is looked for on all pages, in a meeting of its own
        here = fresh()
        begun(here, verb)
        if verb == "workshop.restore":
            cast.ok(here.phone("E").do("workshop.delete", filled(PAYLOADS["workshop.delete"], known(here)), None))
        here.browser("E").get(f"/w/{here.at['workshop_id']}/desk")
        answer, seen = changes(here, verb, filled(PAYLOADS[verb], known(here)), told)
        assert cast.ok(answer)
        if seen:
            return
    raise AssertionError(f"{verb} was answered and is seen nowhere")


def plenary_of(here: Hall) -> dict[str, str]:
    """The plenary of a workshop of an earlier version, which had a board: {room, board, dots, summary, card}."""
    with here.app.extensions["house"].store.write() as session:
        numbering.lock(session, {here.at["workshop_id"]})
        room = session.query(Room).filter_by(workshop_id=here.at["workshop_id"], kind="plenary").one()
        board = add_activity(session, room, "ideas", 0, {})
        made = {kind: add_activity(session, room, kind, at, {"source": board.id}).id
                for at, kind in enumerate(("dots", "summary"), 1)}
        return {"room": room.id, "board": board.id} | made


# Taking back puts back what an act took away, wherever that was; its `room` only says where who asks is of the team.
# A vote that is opened in the plenary stands on its page; in it people vote for others, too.
@pytest.mark.parametrize("verb", [verb for verb, one in registry.VERBS.items() if verb not in ("act.undo", "vote.open")
                                  and not verb.startswith("proxy.")
                                  and {"room", "activity"} & one.shape.model_fields.keys()])
def test_the_plenary_takes_nothing_that_is_shown_nowhere(here, verb):
    begun(here, verb)
    plenary, payload = plenary_of(here), filled(PAYLOADS[verb], known(here))
    kind = "dots" if verb == "ballot.cast" else "summary" if verb.startswith("summary") else "board"
    payload |= {name: value for name, value in (("room", plenary["room"]), ("activity", plenary[kind])) if name in payload}
    before = here.rows()
    role = doer(verb)
    phone = here.phone(role)
    answer = phone.do(verb, payload, 0 if phone.place["seats"] else None)
    assert not answer.get("ok") and answer["code"] == "not_for_this" and "tray" not in answer, answer
    assert here.rows() == before


@pytest.mark.parametrize("verb", [verb for verb, one in registry.VERBS.items() if "activity" in one.shape.model_fields])
def test_an_activity_takes_what_it_shows(here, verb):
    right = filled(PAYLOADS[verb], known(here))["activity"]
    others = {kind: key for kind, key in cast.activities(here.app, here.at["rooms"][0]).items()
              if key != right and not (verb.startswith("vote.") and kinds()[kind].decides)}
    assert len(others) > 2
    phone, stored = here.phone(doer(verb)), here.rows()
    for kind, key in others.items():
        payload = filled(PAYLOADS[verb], known(here)) | {"activity": key}
        payload |= {name: secrets.token_urlsafe(9) for name in ("id", "group") if name in payload}
        answer = phone.do(verb, payload, 0 if phone.place["seats"] else None)
        assert not answer.get("ok"), f"{verb} on {kind} was answered"
        assert here.rows() == stored or "tray" in answer, f"{verb} on {kind} was refused and left something"


def test_a_card_that_the_plenary_once_took_stands_in_the_memoria(here):
    from workshop.domain.visibility import Viewer
    from workshop.exports import worker
    from workshop.store.models import Contribution
    plenary, house = plenary_of(here), here.app.extensions["house"]
    with house.store.write() as session:
        numbering.lock(session, {here.at["workshop_id"]})
        row = Contribution(id="plenary-card", activity_id=plenary["board"], stream_id=here.at["workshop_id"], kind="idea",
                           number=1, seat_id=here.at["seats"]["H"][0], body={"text": "Lo dicho en plenaria"}, place={},
                           created_at=house.clock())
        session.add(row)
        numbering.touch(session, row)
    found = worker.memoria(house.store, here.at["workshop_id"], Viewer(here.at["workshop_id"], "named", "owner"), "md", "es",
                           house.clock()).decode()
    assert "Lo dicho en plenaria" in found
    new = here.phone("E").do("room.create", {"workshop": here.at["workshop_id"], "title": "Otra"}, None)
    assert cast.ok(new)
