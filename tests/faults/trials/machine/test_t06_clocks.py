"""T6: clocks are wrong, and are set while people work; order and deadlines do not change."""
import random
import secrets
import tempfile
from datetime import timedelta

from tests.support import cast
from workshop.clock import STEP, Clock
from workshop.domain.limits import AGE_MS
from workshop.store.models import LateTray

SMALL = {"steps": 60, "seed": 1}
LONG = {"steps": 3000, "seed": 2}
HOUR = 3600.0


class Machine:
    """The two clocks of a machine: the one that people set, and the one that only goes on."""

    def __init__(self):
        self.set, self.gone = 1_700_000_000.0, 500.0

    def go_on(self, seconds: float) -> None:
        """Time passes."""
        self.set += seconds
        self.gone += seconds

    def clock(self) -> Clock:
        """The clock of a program that starts now."""
        return Clock(lambda: self.set, lambda: self.gone)


def report(steps: int, seed: int) -> dict:
    """People whose devices tell any age write while the server's clock is set by up to an hour, back and forth."""
    with tempfile.TemporaryDirectory() as folder:
        app = cast.app(folder, rate=1e6, burst=10**6)
        machine, chance, house = Machine(), random.Random(seed), app.extensions["house"]
        house.clock = house.performer.clock = machine.clock()
        try:
            return act(app, machine, chance, steps)
        finally:
            house.store.close()


def act(app, machine: Machine, chance: random.Random, steps: int) -> dict:
    """The report of what was accepted, in which order, and what came too late."""
    meeting, faults, written, late = cast.found(app), [], [], 0
    room = meeting["rooms"][0]
    board = cast.activities(app, room)["ideas"]
    people = [cast.Phone(app.test_client()) for _ in range(5)]
    for i, phone in enumerate(people):
        phone.join(meeting["code"], f"Persona {i}")
    elena = cast.facilitator(app, meeting)
    over = None  # when the step is over, by the clock that only goes on
    for i in range(steps):
        if over is None or machine.gone > over + 120:
            elena.do("step.go", {"room": room, "step": 0, "minutes": 15}, None)
            over = machine.gone + 15 * 60
        machine.go_on(chance.uniform(1, 90))
        machine.set += chance.choice((0, 0, HOUR, -HOUR, 0.5, -2 * HOUR))
        payload = {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": f"Idea {i}"}}
        answer = chance.choice(people).do("contribution.add", payload, age_ms=chance.choice((0, -3e8, 2.6e8, 1e300, 5)))
        if answer.get("ok") != (machine.gone <= over):
            faults.append(f"step {i}: {answer} {over - machine.gone:.0f} s before the end")
        written += [payload["id"]] if answer.get("ok") else []
        late += "tray" in answer
    shown = sorted((card["number"], key) for key, card in elena.catch_up(room).items() if card["kind"] == "idea")
    if [key for _, key in shown] != written:
        faults.append("the ideas are not in the order in which they came")
    with app.extensions["house"].store.read() as session:
        faults += [f"an age of {row.age_ms} ms" for row in session.query(LateTray) if not 0 <= row.age_ms <= AGE_MS]
    return {"faults": faults[:10], "written": len(written), "late": late}


def test_a_clock_that_is_set_moves_no_deadline_and_no_idea():
    found = report(**SMALL)
    assert found["faults"] == []
    assert found["written"] > 20 and found["late"] > 0


def test_a_clock_that_is_put_right_by_seconds_is_followed_and_one_set_by_an_hour_is_not():
    machine = Machine()
    clock = machine.clock()
    before = clock()
    machine.set += STEP - 1
    assert clock() - before == timedelta(seconds=STEP - 1)
    machine.set += HOUR
    machine.go_on(10)
    assert clock() - before == timedelta(seconds=STEP - 1 + 10)
    assert machine.clock()() - before == timedelta(seconds=STEP - 1 + 10 + HOUR), "a program that starts anew takes it over"
