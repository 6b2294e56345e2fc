"""What holds for every kind of activity: the folders in workshop/activities are found by themselves."""
import json
import secrets

import pytest

from tests.support.cast import activities, facilitator
from tests.support.screens import Hall
from workshop.actions.core.registry import VERBS
from workshop.actions.rooms.building import add_activity
from workshop.domain.kinds import kinds
from workshop.domain.roles import MAY, PARTICIPANT
from workshop.domain.visibility import Viewer
from workshop.store.identity import identify
from workshop.store.models import Activity, Delegation, Room, Seat, Workshop
from workshop.store.streams import numbering
from workshop.store.streams.viewers import viewer_for

WRONG = {"body": ({}, {"text": "x" * 5000}, None, []), "choices": ({"no-such-card": 1}, {"*": "nonsense"}, None, [])}


class Stage:
    """A room in which an activity of the kind takes everything, with Rosa, Don Julio, the facilitator and the wall."""

    def __init__(self, app, meeting, phone, kind, privacy: str = "named"):
        self.app, self.meeting, self.kind, self.house = app, meeting, kind, app.extensions["house"]
        self.room = meeting["rooms"][0]
        board = activities(app, self.room)["ideas"]
        with self.house.store.write() as session:
            numbering.lock(session, {meeting["workshop"]})
            session.get(Workshop, meeting["workshop"]).privacy = privacy
            room = session.get(Room, self.room)
            room.steps, room.step = [{"key": "all", "minutes": 0, "opens": list(kinds())}], 0
            self.activity = add_activity(session, room, kind.name, 20, {"source": board}).id
        self.rosa, self.julio, self.elena = phone(), phone(), facilitator(app, meeting)
        self.rosa.join(meeting["code"], "Rosa Quispe"), self.julio.join(meeting["code"], "Don Julio")
        with self.house.store.write() as session:
            seat = session.get(Seat, self.rosa.place["seats"][0]["id"])
            seat.delegation_id = session.query(Delegation.id).filter_by(workshop_id=meeting["workshop"]).first()[0]
            self.delegation = seat.delegation_id
        self.card = self.rosa.post(board, "Semilla propia")["card"]["id"]
        self.revs = {}

    def viewers(self, phone) -> dict[str, Viewer]:
        """The eyes of a phone, or of the wall (None)."""
        with self.house.store.read() as session:
            who = phone and identify(session, phone.http.get_cookie("tinkuy").value)
            key = None if phone else self.meeting["screen"]
            found = {s: viewer_for(session, who, key, s) for s in (self.meeting["workshop"], self.room)}
        return {stream: viewer for stream, viewer in found.items() if viewer}

    def do(self, verb: str, sample: dict) -> dict:
        """Carry the sample out, as the one who may."""
        fields, payload = VERBS[verb].shape.model_fields, self.fill(sample)
        if "activity" in fields:
            payload["activity"] = self.activity
        if "id" in fields:
            payload.setdefault("id", secrets.token_urlsafe(9))
        if verb == "ballot.cast":
            payload["base_rev"] = self.revs.get(verb, 0)
        as_seat = PARTICIPANT in MAY[verb]
        answer = (self.rosa if as_seat else self.elena).do(verb, payload, 0 if as_seat else None)
        self.revs[verb] = answer.get("rev", self.revs.get(verb, 0))
        return answer

    def fill(self, value):
        """The sample with a card that is there for every '*'."""
        if isinstance(value, dict):
            return {self.fill(key): self.fill(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [self.fill(inner) for inner in value]
        return self.card if value == "*" else value


@pytest.fixture(params=sorted(kinds()))
def kind(request):
    return kinds()[request.param]


@pytest.fixture
def stage(app, meeting, phone, kind):
    return Stage(app, meeting, phone, kind)


def test_its_samples_are_accepted(stage, kind):
    assert kind.sample and set(kind.sample) <= kind.verbs <= set(VERBS)
    for verb, sample in kind.sample.items():
        answer = stage.do(verb, sample)
        assert answer["ok"], (verb, answer)


def test_a_refused_one_tells_nobody(stage, kind):
    hall, refused = Hall(stage.app), 0
    screens = {name: hall.seat(name, stage.viewers(who)) for name, who in (("julio", stage.julio), ("elena", stage.elena))}
    before, cards = hall.numbers(), {name: screen.shown() for name, screen in screens.items()}
    for verb, sample in kind.sample.items():
        for field in WRONG.keys() & sample.keys():
            for wrong in WRONG[field]:
                answer = stage.do(verb, sample | {field: wrong})
                assert answer["ok"] is False, (verb, wrong, answer)
                refused += 1
    assert refused, "the sample has nothing that could be wrong"
    assert (hall.numbers(), hall.taken()) == (before, [])
    with stage.house.store.read() as session:
        for name, screen in screens.items():
            screen.ask(session)
            assert screen.shown() == cards[name]


def test_screens_that_hear_catch_up_or_open_late_agree(stage, kind):
    hall = Hall(stage.app)
    hearing = hall.seat("hearing", stage.viewers(stage.julio))
    asking, seldom = (hall.seat(name, stage.viewers(stage.julio)) for name in ("asking", "seldom"))
    wall = hall.seat("wall", stage.viewers(None))
    told = 0
    for turn in range(4):
        for verb, sample in kind.sample.items():
            assert stage.do(verb, sample)["ok"]
            for name, frame in hall.taken():
                if name in ("hearing", "wall"):
                    assert {"hearing": hearing, "wall": wall}[name].keep(frame)
                    told += 1
        with stage.house.store.read() as session:
            asking.ask(session)
            if turn == 2:
                seldom.ask(session)
    with stage.house.store.read() as session:
        seldom.ask(session)
        fresh = hearing.fresh(session).shown()
        assert stage.activity in fresh or kind.stream == "workshop"
        assert hearing.shown() == asking.shown() == seldom.shown() == fresh
        assert wall.shown() == wall.fresh(session).shown()
    assert told


def test_in_an_anonymous_workshop_nothing_tells_who_wrote(app, meeting, phone, kind):
    stage = Stage(app, meeting, phone, kind, "anonymous")
    hall = Hall(app)
    screens = {name: hall.seat(name, stage.viewers(who)) for name, who in
               (("julio", stage.julio), ("elena", stage.elena), ("wall", None))}
    for verb, sample in kind.sample.items():
        assert stage.do(verb, sample)["ok"]
    for name, frame in hall.taken():
        screens[name].keep(frame)
    with stage.house.store.read() as session:
        kept = session.get(Activity, stage.activity)
        assert kept is not None
        secrets_of_rosa = (stage.rosa.place["seats"][0]["id"], "Rosa", stage.delegation, stage.rosa.client)
        for name, screen in screens.items():
            screen.ask(session)
            # Staff see who is in the room; what they must not see is who wrote what.
            said = json.dumps([card for frame in screen.heard for card in frame["cards"] if card.get("kind") != "seat"])
            assert len(said) > 100
            assert [one for one in secrets_of_rosa if one in said] == [], name
