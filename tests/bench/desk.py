"""What the desk's aggregate costs: presence of a workshop of 150 people in 20 rooms, told once a second.

    python -m tests.bench.desk [--seats 150] [--rooms 20] [--rounds 60]

In one process, without sockets: the sockets of the people are stood in for, and before each round somebody writes an idea,
so that nothing is at hand.  Prints JSON: milliseconds of processor time for each telling without and with a desk, of the
counting of everything (/progress) and its bytes.  The bar: 10 ms a second with a desk.
"""
import argparse
import json
import tempfile
import time
from types import SimpleNamespace

from tests.support import cast
from workshop.actions.rooms.building import build_room
from workshop.domain.visibility import Viewer
from workshop.live.presence import Presence
from workshop.live.stream_feed import Feed, Subscription
from workshop.store.models import Workshop
from workshop.store.streams import numbering


def hall(data: str, seats: int, rooms: int) -> tuple[object, dict, list[cast.Phone]]:
    """The founding meeting with so many people, three cards in each room and a message that stands."""
    app = cast.app(data, rate=1e6, burst=10**6)
    meeting, house = cast.found(app), app.extensions["house"]
    with house.store.write() as session:
        workshop = session.get(Workshop, meeting["workshop"])
        numbering.lock(session, {workshop.id})
        for n in range(len(meeting["rooms"]), rooms):
            room = build_room(session, workshop, f"Mesa {n + 1}", votes=("dots",))
            room.opened_at = house.clock()
            meeting["rooms"].append(room.id)
    of = cast.delegations(app, meeting)
    people = [cast.Phone(app.test_client()) for _ in range(seats)]
    for n, phone in enumerate(people):
        cast.ok(phone.join(meeting["code"], f"Persona {n}", room=n % rooms + 1, delegation=of[n % len(of)]))
    elena = cast.facilitator(app, meeting)
    cast.ok(elena.do("message.send", {"workshop": meeting["workshop"], "text": "Faltan diez minutos"}, None))
    return app, meeting, people


def told(app, meeting: dict, people: list[cast.Phone], rounds: int, desk: bool) -> float:
    """Milliseconds of processor time of a telling."""
    house, at = app.extensions["house"], meeting["workshop"]
    sockets = {str(n): SimpleNamespace(audiences={at: ""}, seats=[one.place["seats"][0]["id"]])
               for n, one in enumerate(people)}
    lines = {seat: {"state": "slow", "delay": 3, "waiting": 0, "heard": 1} for seat in list(sockets)[:20]}
    door = SimpleNamespace(sockets=sockets, health=SimpleNamespace(visiting=lambda _at: {}, of=lambda _at: lines))
    feed = Feed(at, "epoch", 0)
    eyes = Viewer(at, "named", "owner" if desk else "participant")
    feed.subscriptions["desk"] = Subscription(eyes, 0)
    sent = []
    audience = SimpleNamespace(feeds={at: feed}, send=lambda name, event, data: sent.append(json.dumps(data)))
    presence, spent = Presence(house, SimpleNamespace(), door, audience), 0.0
    boards = [cast.activities(app, room)["ideas"] for room in meeting["rooms"]]
    for n in range(rounds):
        cast.ok(people[n % len(people)].post(boards[n % len(people) % len(boards)], f"Idea {n}"))
        began = time.process_time()
        presence.tell()
        spent += time.process_time() - began
    return 1000 * spent / rounds


def counted(app, meeting: dict, rounds: int) -> tuple[float, int]:
    """Milliseconds of processor time of the answer with all numbers, and its bytes."""
    elena, spent, size = cast.facilitator(app, meeting), 0.0, 0
    for _ in range(rounds):
        began = time.process_time()
        size = len(elena.http.get(f"/w/{meeting['workshop']}/progress").data)
        spent += time.process_time() - began
    return 1000 * spent / rounds, size


def main() -> None:
    """Prints what it costs."""
    said = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name, usual in (("seats", 150), ("rooms", 20), ("rounds", 60)):
        said.add_argument(f"--{name}", type=int, default=usual)
    asked = said.parse_args()
    with tempfile.TemporaryDirectory() as data:
        app, meeting, people = hall(data, asked.seats, asked.rooms)
        without = told(app, meeting, people, asked.rounds, desk=False)
        there = told(app, meeting, people, asked.rounds, desk=True)
        numbers, size = counted(app, meeting, 10)
        print(json.dumps({"seats": asked.seats, "rooms": asked.rooms, "without a desk, ms": round(without, 2),
                          "with a desk, ms": round(there, 2), "all numbers, ms": round(numbers, 1), "bytes": size}))
        app.extensions["house"].store.close()


if __name__ == "__main__":
    main()
