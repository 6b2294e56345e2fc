"""The numbers of the desk against a plain count of what happened: whatever happens, in whatever order."""
import random
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.support import cast
from tests.support.cast import activities, facilitator, ok
from tests.support.needs import times
from workshop.domain.visibility import Viewer
from workshop.exports import reader
from workshop.store.counts import numbers
from workshop.store.models import History, Room, Workshop

ACTS = ("join", "join", "join", "write", "write", "write", "write", "bring", "take back", "hide", "merge", "vote", "sum up",
        "remove", "remove", "back in", "go", "private", "reveal", "moderate", "carry")
HALL = ("hall", "paper")


class Crowd:
    """People who do things in rooms 1 and 2, and what must be counted of it."""

    def __init__(self, app, meeting, seed: int):
        self.app, self.meeting, self.draw = app, meeting, random.Random(seed)
        self.elena, self.rooms = facilitator(app, meeting), meeting["rooms"][:2]
        self.of = {room: activities(app, room) for room in self.rooms}
        self.seats: dict[str, dict] = {}  # seat -> {phone, n, channel, room, delegation, removed}
        self.cards: dict[str, dict] = {}  # card -> {room, seat or None, private, waits, copy, gone}
        self.voted: dict[str, set] = {room: set() for room in self.rooms}
        self.items, self.private, self.inbox = dict.fromkeys(self.rooms, 0), set(), set()
        self.phones = 0

    def here(self) -> list[str]:
        return [key for key, seat in self.seats.items() if not seat["removed"]]

    def act(self, what: str) -> None:
        getattr(self, what.replace(" ", "_"))()

    def someone(self) -> str | None:
        return self.draw.choice(self.here() or [None])

    def join(self) -> None:
        phone, room = cast.Phone(self.app.test_client()), self.draw.choice(self.rooms)
        channel = self.draw.choice(("hall", "remote", "paper"))
        of = self.draw.choice([None, *cast.delegations(self.app, self.meeting)])
        names = [f"Persona {len(self.seats)}.{n}" for n in range(self.draw.choice((1, 1, 3)))]
        made = ok(phone.join(self.meeting["code"], *names, room=1 + self.rooms.index(room), channel=channel, delegation=of))
        self.phones += 1
        for n, seat in enumerate(made["seats"]):
            self.seats[seat["id"]] = {"phone": phone, "n": n, "channel": channel, "room": room, "delegation": of,
                                      "removed": False, "device": self.phones}

    def write(self) -> None:
        if not (key := self.someone()):
            return
        seat = self.seats[key]
        made = ok(seat["phone"].post(self.of[seat["room"]]["ideas"], "Una idea", seat["n"]))["card"]["id"]
        private = seat["room"] in self.private
        self.cards[made] = {"room": seat["room"], "seat": key, "private": private, "copy": False, "merged": False,
                            "waits": not private and seat["room"] in self.inbox, "gone": False, "hidden": False}

    def bring(self) -> None:
        room, ids = self.draw.choice(self.rooms), [f"traida-{len(self.cards)}-{n}" for n in range(2)]
        ok(self.elena.do("contribution.bring", {"activity": self.of[room]["ideas"], "items": [
            {"id": key, "body": {"text": "De una lista"}} for key in ids]}, None))
        for key in ids:
            self.cards[key] = {"room": room, "seat": None, "private": False, "waits": False, "copy": False, "gone": False,
                               "hidden": False, "merged": False}

    def shown(self, room=None) -> list[str]:
        return [key for key, card in self.cards.items() if not (card["private"] or card["waits"] or card["gone"])
                and not card["hidden"] and not card["merged"] and room in (None, card["room"])]

    def known(self, room=None) -> list[str]:
        """Those of them that can be named here: what a copy is called, the server has decided."""
        return [key for key in self.shown(room) if not self.cards[key]["copy"]]

    def take_back(self) -> None:
        mine = [key for key in self.known() if self.cards[key]["seat"] in self.here()]
        if mine and (key := self.draw.choice(mine)):
            ok(self.elena.do("contribution.withdraw", {"id": key}, None))
            self.cards[key]["gone"] = True

    def hide(self) -> None:
        if found := self.known():
            key = self.draw.choice(found)
            ok(self.elena.do("contribution.hide", {"id": key, "reason": "duda"}, None))
            self.cards[key]["hidden"] = True

    def merge(self) -> None:
        room = self.draw.choice(self.rooms)
        if len(found := self.known(room)) > 1:
            into, key = found[:2]
            ok(self.elena.do("contribution.merge", {"activity": self.of[room]["ideas"], "cards": [key], "into": into}, None))
            self.cards[key]["merged"] = True

    def vote(self) -> None:
        key = self.someone()
        if not key or self.seats[key]["room"] in self.private or key in self.voted[self.seats[key]["room"]]:
            return
        seat = self.seats[key]
        if found := self.known(seat["room"]):
            with self.app.extensions["house"].store.write() as session:
                session.get(Room, seat["room"]).step = 1
            ok(seat["phone"].do("ballot.cast", {"activity": self.of[seat["room"]]["dots"], "base_rev": 0,
                                                "choices": {self.draw.choice(found): 1}}, seat["n"]))
            self.voted[seat["room"]].add(key)
            with self.app.extensions["house"].store.write() as session:
                session.get(Room, seat["room"]).step = 0

    def sum_up(self) -> None:
        room = self.draw.choice(self.rooms)
        self.items[room] += 1
        ok(self.elena.do("summary.item", {"activity": self.of[room]["summary"], "id": f"frase-{room[:6]}-{self.items[room]}",
                                          "body": {"text": "Una frase", "section": "idea"}}, None))

    def remove(self) -> None:
        if key := self.someone():
            ok(self.elena.do("seat.remove", {"workshop": self.meeting["workshop"], "seats": [key]}, None))
            self.seats[key]["removed"] = True

    def back_in(self) -> None:
        if found := [key for key, seat in self.seats.items() if seat["removed"]]:
            key = self.draw.choice(found)
            ok(self.elena.do("seat.readmit", {"workshop": self.meeting["workshop"], "seats": [key]}, None))
            self.seats[key]["removed"] = False

    def go(self) -> None:
        if key := self.someone():
            seat = self.seats[key]
            seat["room"] = self.draw.choice(self.rooms)
            ok(seat["phone"].do("seat.enter", {"room": seat["room"]}, seat["n"]))

    def steps(self, room: str, see: str) -> None:
        steps = [{"key": "ideas", "minutes": 0, "opens": ["ideas"], "see": see},
                 {"key": "vote", "minutes": 0, "opens": ["dots"]}]
        ok(self.elena.do("steps.set", {"room": room, "steps": steps, "base": cast.edition(self.app, room)}, None))

    def reveal(self) -> None:
        room = self.draw.choice(self.rooms)
        self.steps(room, "room")
        self.private.discard(room)
        for card in self.cards.values():
            if card["room"] == room and card["private"]:
                card |= {"private": False, "waits": room in self.inbox and card["seat"] is not None}

    def moderate(self) -> None:
        room = self.draw.choice(self.rooms)
        on = room not in self.inbox
        ok(self.elena.do("room.moderate", {"room": room, "on": on}, None))
        (self.inbox.add if on else self.inbox.discard)(room)
        for card in self.cards.values():
            if not on and card["room"] == room:
                card["waits"] = False

    def carry(self) -> None:
        source, to = self.rooms
        known = {card["copy"] for card in self.cards.values() if card["copy"]}
        ok(self.elena.do("contribution.carry", {"activity": self.of[to]["ideas"], "rooms": [source]}, None))
        for key in [key for key in self.shown(source) if key not in known]:
            self.cards[f"copia de {key}"] = self.cards[key] | {"room": to, "copy": key}


def private(crowd: Crowd) -> None:
    """A step in which each sees only their own."""
    room = crowd.draw.choice(crowd.rooms)
    crowd.steps(room, "own")
    crowd.private.add(room)


@pytest.mark.parametrize("seed", range(times(4)))
def test_what_is_counted_is_what_happened(app, meeting, seed):
    crowd, house = Crowd(app, meeting, seed), app.extensions["house"]
    crowd.join()
    for _ in range(60):
        what = crowd.draw.choice(ACTS)
        if what in ("hide", "merge") and crowd.draw.random() < 0.6:
            continue
        if what == "private":
            private(crowd)  # the crowd's own `private` are rooms
        elif what == "carry" and crowd.draw.random() < 0.7:
            continue
        else:
            crowd.act(what)
    with house.store.read() as session:
        workshop = session.get(Workshop, meeting["workshop"])
        found = numbers.of(session, workshop)
        report = reader.read(session, workshop, Viewer(workshop.id, workshop.privacy, "owner"), house.clock())
    here = {key: crowd.seats[key] for key in crowd.here()}
    assert found["all"]["people"] == len(here) <= report.people, "who was removed and did something took part too"
    assert found["all"]["devices"] == len({seat["device"] for seat in here.values()})
    assert found["all"]["hall"] == sum(seat["channel"] in HALL for seat in here.values())
    assert found["all"]["remote"] == len(here) - found["all"]["hall"]
    for room in crowd.rooms:
        told, inside = found["rooms"][room], [seat for seat in here.values() if seat["room"] == room]
        cards = [card for card in crowd.cards.values() if card["room"] == room and not card["gone"] and not card["hidden"]]
        assert (told["people"], told["hall"]) == (len(inside), sum(seat["channel"] in HALL for seat in inside))
        assert told["devices"] == len({seat["device"] for seat in inside})
        copies = sum(bool(crowd.cards[key]["copy"]) for key in crowd.shown(room))
        assert (told["cards"], told["carried"]) == (len(crowd.shown(room)) - copies, copies)
        assert told["private"] == sum(card["private"] for card in cards)
        assert told["waits"] == sum(card["waits"] for card in cards)
        assert told["items"] == crowd.items[room]
        if room not in crowd.private:
            voted, could = told["votes"].get(crowd.of[room]["dots"], [0, 0])
            assert voted == len(crowd.voted[room]) <= could or not could
    voices = [card for card in crowd.cards.values() if card["seat"] and not (
        card["copy"] or card["private"] or card["waits"] or card["gone"] or card["hidden"] or card["merged"])]
    heard = found["all"]["heard"]
    assert heard["hall"] == sum(crowd.seats[card["seat"]]["channel"] in HALL for card in voices)
    assert heard["remote"] == len(voices) - heard["hall"], "what the team brought in is nobody's voice from far away"
    assert found["all"]["team"] == sum(card["seat"] is None and not (
        card["copy"] or card["gone"] or card["hidden"] or card["merged"]) for card in crowd.cards.values())
    assert sum(heard["delegations"].values()) == len(voices)
    rooms = sum(room["cards"] + room["private"] for room in found["rooms"].values())
    for chart in (heard["delegations"].values(), (heard["hall"], heard["remote"]), heard["sites"].values()):
        assert sum(chart) + found["all"]["team"] + found["all"]["private"] == rooms, "every chart adds up to the rooms"


class Clock:
    """The house's clock, which can be put on."""

    def __init__(self, house, monkeypatch):
        self.at = house.clock()
        monkeypatch.setattr(house, "clock", self.now)
        monkeypatch.setattr(house.performer, "clock", self.now)

    def now(self):
        return self.at

    def ahead(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


@pytest.fixture
def clock(app, monkeypatch):
    return Clock(app.extensions["house"], monkeypatch)


@pytest.mark.parametrize("what", ["idea", "private idea", "vote", "sentence", "comment", "taken away", "hidden", "put back"])
def test_each_sort_of_work_is_an_activity_and_looking_on_is_none(app, meeting, phone, clock, what):
    room, rosa, elena = meeting["rooms"][0], phone(), facilitator(app, meeting)
    of = activities(app, room)
    ok(rosa.join(meeting["code"], "Rosa"))
    card = ok(rosa.post(of["ideas"], "Primera"))["card"]["id"]
    if what == "private idea":
        ok(elena.do("steps.set", {"room": room, "base": cast.edition(app, room), "steps": [
            {"key": "ideas", "minutes": 0, "opens": ["ideas"], "see": "own"}]}, None))
    if what == "vote":
        cast.to_step(app, room, 1)
    clock.ahead(600)
    ok(elena.do("contribution.read", {"id": card}, None))
    ok(elena.do("step.go", {"room": room, "step": 1 if what == "vote" else 0}, None))
    assert last(app, meeting, room) != f"{clock.now().isoformat()[:16]}Z", "looking is no activity, and leading is none"
    if what in ("idea", "private idea"):
        ok(rosa.post(of["ideas"], "Segunda"))
    elif what == "comment":
        ok(rosa.post(of["ideas"], "Un comentario", parent=card))
    elif what == "vote":
        ok(rosa.do("ballot.cast", {"activity": of["dots"], "choices": {card: 1}, "base_rev": 0}))
    elif what in ("taken away", "hidden"):
        ok(elena.do(*("contribution.withdraw", {"id": card}) if what == "taken away" else (
            "contribution.hide", {"id": card, "reason": ""}), None))
    elif what == "put back":
        ok(rosa.do("contribution.withdraw", {"id": card}))
        clock.ahead(5)
        with app.extensions["house"].store.write() as session:
            session.get(Room, room).active_at = None
        with app.extensions["house"].store.read() as session:
            act = session.scalar(select(func.max(History.id)))
        ok(rosa.do("act.undo", {"workshop": meeting["workshop"], "room": room, "act": act}))
    else:
        ok(elena.do("summary.item", {"activity": of["summary"], "id": "frase-uno",
                                     "body": {"text": "Sí", "section": "idea"}}, None))
    assert last(app, meeting, room) == f"{clock.now().isoformat()[:16]}Z"


def test_what_comes_from_another_room_is_an_activity_there_and_an_empty_room_has_none(app, meeting, phone, clock):
    one, two, three, *_ = meeting["rooms"]
    rosa, elena = phone(), facilitator(app, meeting)
    ok(rosa.join(meeting["code"], "Rosa"))
    boards = [activities(app, room)["ideas"] for room in (one, two, three)]
    ok(elena.do("contribution.carry", {"activity": boards[1], "rooms": [one]}, None))
    ok(elena.do("step.go", {"room": two, "step": 1}, None))
    assert [last(app, meeting, room) for room in (one, two, three)] == [None] * 3, "nobody put anything in"
    card = ok(rosa.post(boards[0], "Primera"))["card"]["id"]
    clock.ahead(600)
    ok(elena.do("contribution.carry", {"activity": boards[1], "rooms": [one]}, None))
    now = f"{clock.now().isoformat()[:16]}Z"
    assert last(app, meeting, two) == now > last(app, meeting, one) and last(app, meeting, three) is None
    clock.ahead(600)
    ok(elena.do("contribution.send", {"id": card, "to": three}, None))
    now = f"{clock.now().isoformat()[:16]}Z"
    assert last(app, meeting, three) == last(app, meeting, one) == now > last(app, meeting, two)


def last(app, meeting, room: str) -> str:
    with app.extensions["house"].store.read() as session:
        return numbers.of(session, session.get(Workshop, meeting["workshop"]))["rooms"][room]["last"]


def test_a_shared_phone_is_one_device_and_each_of_its_people_is_where_they_are(app, meeting, phone):
    shared, rooms = phone(), meeting["rooms"]
    ok(shared.join(meeting["code"], "Madre", "Hija", "Abuela", room=1, channel="hall"))
    ok(shared.do("seat.enter", {"room": rooms[1]}, 1))
    with app.extensions["house"].store.read() as session:
        found = numbers.of(session, session.get(Workshop, meeting["workshop"]))
    assert (found["all"]["people"], found["all"]["devices"], found["all"]["hall"]) == (3, 1, 3)
    assert [found["rooms"][room]["people"] for room in rooms] == [2, 1, 0]
