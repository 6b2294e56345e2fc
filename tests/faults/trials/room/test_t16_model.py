"""T16: anything in any order, against a model: what people were told is what is there, and every screen catches up with it.

A state machine: people write, change, vote, move between rooms, are sent away; answers are lost and commands come again or
out of order; frames arrive, are lost, or come later, twice and in any order.  After each run every screen asks once, and is
equal to one that opens then (the law of "snapshot and changes are the same question").
"""
import tempfile

from hypothesis import HealthCheck, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.faults.judging.laws import digest
from tests.store.scene import LEADS, PEOPLE, Scene
from tests.support import cast
from tests.support.screens import Hall, mine

SMALL = {"runs": 40, "steps": 30, "seeds": (1,)}
LONG = {"runs": 200, "steps": 100, "seeds": (1, 2, 3)}
GUESTS = PEOPLE[:3]
WRITE, VOTE = ("add", "add", "comment", "edit", "withdraw"), ("dots", "opinions", "raise", "lower")
FATES = st.tuples(*[st.sampled_from(("arrive", "arrive", "lost", "later"))] * 5)


class Meeting(RuleBasedStateMachine):
    """One workshop.  `model`: idea or comment id -> text, from the answers alone."""

    app, owner, steps, commands = None, "", 0, 0

    @initialize(privacy=st.sampled_from(("named", "anonymous")), reveal=st.sampled_from(("live", "close")))
    def begins(self, privacy, reveal):
        """The doors open."""
        self.scene = Scene(self.app, self.owner, privacy, reveal)
        self.hall, self.last, self.delayed = Hall(self.app), {}, []
        self.screens = {who: self.scene.screen(self.hall, who) for who in (*PEOPLE, "wall")}
        with self.scene.house.store.read() as session:
            self.model = self.texts(self.screens["elena"].fresh(session))

    @invariant()
    def a_step(self):
        """Counts."""
        Meeting.steps += 1

    @rule(name=st.sampled_from(PEOPLE), verb=st.sampled_from(WRITE), room=st.integers(0, 1), pick=st.integers(0, 5),
          fates=FATES)
    def somebody_writes(self, name, verb, room, pick, fates):
        """An idea, a comment, a change."""
        self.act(name, verb, room, pick, fates)

    @rule(name=st.sampled_from(GUESTS), verb=st.sampled_from(VOTE), room=st.integers(0, 1), pick=st.integers(0, 5),
          fates=FATES)
    def somebody_votes(self, name, verb, room, pick, fates):
        """A ballot, a hand."""
        self.act(name, verb, room, pick, fates)

    @rule(name=st.sampled_from(PEOPLE), verb=st.sampled_from(("enter", *LEADS)), room=st.integers(0, 1),
          pick=st.integers(0, 5), fates=FATES)
    def somebody_moves_or_leads(self, name, verb, room, pick, fates):
        """To another room or step; a sentence of the summary; open, close."""
        self.act(name, verb, room, pick, fates)

    def act(self, name: str, verb: str, room: int, pick: int, fates: tuple) -> None:
        """A command, its answer, and what becomes of the frames."""
        Meeting.commands += 1
        name = self.scene.actor(name, verb, pick)
        phone = self.scene.phones[name]
        sent = []
        do, phone.do = phone.do, lambda *args, **options: sent.append((args, options)) or do(*args, **options)
        answer = self.scene.act(name, verb, room, pick)
        del phone.do
        self.last[name] = sent[0], phone.n, answer
        self.believe(answer)
        self.screens[name].answered(answer)
        if verb == "enter" and answer.get("ok"):
            self.screens[name] = self.scene.screen(self.hall, name)
        self.frames(fates)

    @rule(name=st.sampled_from(PEOPLE))
    def an_answer_is_lost_and_the_command_comes_again(self, name):
        """It gets the same answer and changes nothing."""
        if name in self.last:
            (args, options), n, answer = self.last[name]
            before = self.hall.numbers()
            again = self.scene.phones[name].do(*args, **options | {"n": n})
            assert digest(again) == digest(answer), (again, answer)
            assert self.hall.numbers() == before and not self.hall.taken()

    @rule(name=st.sampled_from(GUESTS), ahead=st.integers(2, 5))
    def a_command_overtakes_another(self, name, ahead):
        """It is asked for the one that is missing."""
        phone, before = self.scene.phones[name], self.hall.numbers()
        answer = phone.do("hand.raise", {"room": self.scene.rooms[0]}, n=phone.n + ahead)
        assert answer == {"n": phone.n + ahead, "want": phone.n + 1} and self.hall.numbers() == before

    @rule(name=st.sampled_from((*PEOPLE, "wall")))
    def somebody_connects_anew(self, name):
        """A page that was closed is opened again."""
        self.screens[name] = self.scene.screen(self.hall, name)

    @rule(name=st.sampled_from(PEOPLE))
    def a_screen_asks(self, name):
        """And is then equal to one that opens now."""
        with self.scene.house.store.read() as session:
            self.screens[name].ask(session)
            assert self.screens[name].shown() == self.screens[name].fresh(session).shown(), name

    @rule(chance=st.randoms(use_true_random=False))
    def what_was_delayed_arrives_twice_in_any_order(self, chance):
        """Old frames change nothing for the worse."""
        heap, self.delayed = self.delayed * 2, []
        chance.shuffle(heap)
        for who, frame in heap:
            self.screens[who].keep(frame)

    @rule(name=st.sampled_from(GUESTS))
    def somebody_is_sent_away_and_comes_back_as_another(self, name):
        """The seat that was removed writes nothing more."""
        phone, elena = self.scene.phones[name], self.scene.phones["elena"]
        seat = phone.place["seats"][0]["id"]
        assert elena.do("seat.remove", {"workshop": self.scene.workshop, "seats": [seat]}, None)["ok"]
        phone.n += 1
        refused = phone.do("hand.raise", {"room": self.scene.rooms[0]}, seat, n=phone.n)
        assert refused["code"] == "not_your_seat", refused
        self.scene.phones[name] = cast.Phone(self.app.test_client())
        self.scene.phones[name].join(self.code(), name.title(), room=None if self.shut() else 1)
        self.scene.where[name] = 0
        self.scene.revs = {key: rev for key, rev in self.scene.revs.items() if key[0] != name}
        self.last.pop(name, None)
        self.screens[name] = self.scene.screen(self.hall, name)
        self.delayed = [(who, frame) for who, frame in self.delayed if who != name]
        self.frames(("arrive",) * 5)

    def teardown(self):
        """What was believed is there, for everybody."""
        if not hasattr(self, "screens"):
            return
        with self.scene.house.store.read() as session:
            for name, screen in self.screens.items():
                screen.ask(session)
                fresh = screen.fresh(session)
                assert screen.shown() == fresh.shown(), name
                assert mine(screen.cards) <= mine(fresh.cards), name
            assert self.texts(self.screens["elena"]) == self.model

    def believe(self, answer: dict) -> None:
        """What an answer says about a card."""
        card = answer.get("card", {})
        if card.get("gone"):
            self.model.pop(card["id"], None)
        elif card.get("kind") in ("idea", "comment"):
            self.model[card["id"]] = card["body"]["text"]

    def frames(self, fates) -> None:
        """What the tailer sent arrives, is lost, or comes later."""
        taken = self.hall.taken()
        for who, fate in zip(self.screens, fates, strict=True):
            for frame in [frame for sid, frame in taken if sid == who]:
                if fate == "later":
                    self.delayed.append((who, frame))
                elif fate == "arrive":
                    self.screens[who].keep(frame)

    @staticmethod
    def texts(screen) -> dict[str, str]:
        """The ideas and comments on a screen."""
        return {key: card["body"]["text"] for key, card in screen.shown().items() if card["kind"] in ("idea", "comment")}

    def code(self) -> str:
        """The workshop's join code."""
        from workshop.store.models import Workshop
        with self.scene.house.store.read() as session:
            return session.get(Workshop, self.scene.workshop).code

    def shut(self) -> bool:
        """Whether the first room is closed."""
        from workshop.store.models import Room
        with self.scene.house.store.read() as session:
            return session.get(Room, self.scene.rooms[0]).closed_at is not None


def report(runs: int, steps: int, seeds: tuple) -> dict:
    """So many runs for each seed."""
    Meeting.steps, Meeting.commands, faults = 0, 0, []
    with tempfile.TemporaryDirectory() as folder:
        Meeting.app = cast.app(folder, rate=1e6, burst=10**6, tally_every=0)
        try:
            Meeting.owner = cast.found(Meeting.app)["owner"]
            for one in seeds:
                try:
                    run_state_machine_as_test(seed(one)(Meeting), settings=settings(
                        max_examples=runs, stateful_step_count=steps, deadline=None, derandomize=False, database=None,
                        suppress_health_check=list(HealthCheck)))
                except AssertionError as broken:
                    faults.append(f"seed {one}: {broken!r}"[:2000])
        finally:
            Meeting.app.extensions["house"].store.close()
    return {"faults": faults, "steps": Meeting.steps, "commands": Meeting.commands}


def test_whatever_happens_in_whatever_order_is_what_people_were_told_and_what_all_screens_show():
    found = report(**SMALL)
    assert found["faults"] == []
    assert found["commands"] > 100
