"""What a process remembers of a PostgreSQL is never acted upon once another process has changed it: two applications on one
database stand for two processes, and what one of them has done the other knows at its very next command."""
import secrets
from contextlib import suppress

import pytest
from sqlalchemy import text

from tests.pages.programs.program import Program, token_of
from tests.support import cast
from tests.support.cast import Phone, activities, facilitator, found, ok
from workshop.actions.people import sessions
from workshop.actions.rooms import workshops
from workshop.domain import roles
from workshop.store.fast import fast_insert
from workshop.store.fast.postgres_raw import PostgresDriver
from workshop.store.models import Account, Departure, Membership, ProgramToken, Room
from workshop.store.streams import numbering


class Meeting:
    """The founding meeting: Rosa writes at the process `there`, Elena leads at the process `here`."""

    def __init__(self, here, there):
        self.here, self.there, self.made = here, there, found(here)
        self.workshop, self.rooms = self.made["workshop"], self.made["rooms"]
        self.board = activities(here, self.rooms[0])["ideas"]
        self.elena = facilitator(here, self.made)
        self.rosa = Phone(there.test_client())
        self.rosa.join(self.made["code"], "Rosa")
        for n in range(2):  # the second one out of what is remembered
            ok(self.rosa.post(self.board, f"Idea {n}"))
        self.seat = self.rosa.place["seats"][0]["id"]

    def lead(self, verb: str, **payload) -> dict:
        """Elena does something at the other process."""
        return ok(self.elena.do(verb, payload, None))

    def tablet(self, app) -> Phone:
        """The same browser at another process."""
        other = Phone(app.test_client(), place=self.rosa.place)
        other.http.set_cookie("tinkuy", self.rosa.http.get_cookie("tinkuy").value)
        return other

    def colleague(self) -> tuple[Phone, str]:
        """Luis, who leads too, on a laptop at Rosa's process, where he has done something; the id of his account."""
        with self.here.extensions["house"].store.write() as session:
            now = self.here.extensions["house"].clock()
            account = workshops.create_account(session, now, "luis@example.org", "Luis", "-")
            session.flush()
            session.add(Membership(workshop_id=self.workshop, account_id=account.id, role=roles.FACILITATOR))
            cookie, key = sessions.sign_in(session, now, None, account), account.id
        laptop = Phone(self.there.test_client())
        laptop.http.set_cookie("tinkuy", cookie)
        for _ in range(2):
            ok(laptop.do("step.extend", {"room": self.rooms[0], "minutes": 1}, None))
        return laptop, key


@pytest.fixture
def meeting(apps):
    return Meeting(*apps)


def messages(monkeypatch) -> list[bytes]:
    """What is said to PostgreSQL by hand from now on."""
    said, send = [], PostgresDriver.send

    def sending(self):
        said.extend([b";".join(self._waiting)] if self._waiting else [])
        send(self)
    monkeypatch.setattr(PostgresDriver, "send", sending)
    return said


def test_an_idea_is_two_messages_and_reads_nothing_that_is_remembered(meeting, monkeypatch):
    said = messages(monkeypatch)
    ok(meeting.rosa.post(meeting.board, "Ferias de semillas"))
    assert len(said) == 2 and said[0].startswith(b"BEGIN;") and said[1].endswith(b";COMMIT"), said


@pytest.mark.parametrize(("verb", "payload", "code"), [
    ("step.go", {"step": 1}, "step_closed"), ("room.pause", {}, "room_paused"), ("room.close", {}, "room_closed")])
def test_what_is_done_to_the_room(meeting, verb, payload, code):
    meeting.lead(verb, room=meeting.rooms[0], **payload)
    assert meeting.rosa.post(meeting.board, "Tarde")["code"] == code


def test_a_step_that_is_written_anew(meeting):
    with meeting.here.extensions["house"].store.read() as session:
        running = session.get(Room, meeting.rooms[0]).steps[0]["key"]
    meeting.lead("steps.set", room=meeting.rooms[0], base=cast.edition(meeting.here, meeting.rooms[0]), steps=[
        {"key": running, "minutes": 0, "opens": ["ideas"], "may": {"add": "staff"}}])
    assert meeting.rosa.post(meeting.board, "Tarde")["code"] == "step_closed"


def test_a_person_who_is_removed(meeting):
    meeting.lead("seat.remove", workshop=meeting.workshop, seats=[meeting.seat])
    assert meeting.rosa.post(meeting.board, "Tarde")["code"] == "not_your_seat"


def test_a_seat_that_is_in_another_room_now(meeting):
    ok(meeting.tablet(meeting.here).do("seat.enter", {"room": meeting.rooms[1]}))
    assert meeting.rosa.post(meeting.board, "Tarde")["code"] == "left_room"
    ok(meeting.rosa.post(activities(meeting.here, meeting.rooms[1])["ideas"], "Aquí"))


def test_a_right_that_is_taken_away(meeting):
    laptop, account = meeting.colleague()
    with meeting.here.extensions["house"].store.write() as session:
        session.query(Membership).filter_by(account_id=account).delete()
    assert laptop.do("step.extend", {"room": meeting.rooms[0], "minutes": 1}, None)["code"] == "not_here"


def test_an_account_that_is_disabled(meeting):
    laptop, account = meeting.colleague()
    with meeting.here.extensions["house"].store.write() as session:
        session.get(Account, account).disabled_at = meeting.here.extensions["house"].clock()
    assert laptop.do("step.extend", {"room": meeting.rooms[0], "minutes": 1}, None)["code"] == "not_here"


def test_a_device_that_is_signed_out(meeting):
    laptop, _account = meeting.colleague()
    with meeting.here.extensions["house"].store.write() as session:
        now = meeting.here.extensions["house"].clock()
        assert sessions.sign_out(session, now, laptop.http.get_cookie("tinkuy").value) is None
    assert laptop.do("step.extend", {"room": meeting.rooms[0], "minutes": 1}, None)["code"] == "who_are_you"


@pytest.mark.parametrize("lost", ["the token", "the right of its account"])
def test_a_token_of_a_program_that_may_no_more(meeting, lost):
    laptop, luis = meeting.colleague()
    program = Program(meeting.there, token_of(meeting.here, luis, meeting.workshop, "facilitator"))
    for _ in range(2):
        ok(program.do("step.extend", {"room": meeting.rooms[0], "minutes": 1}))
    with meeting.here.extensions["house"].store.write() as session:
        if lost == "the token":
            session.query(ProgramToken).one().revoked_at = meeting.here.extensions["house"].clock()
        else:
            session.delete(session.query(Membership).filter_by(account_id=luis).one())
    assert program.do("step.extend", {"room": meeting.rooms[0], "minutes": 1})["code"] in ("bad_token", "not_here")
    if lost == "the token":
        ok(laptop.do("step.extend", {"room": meeting.rooms[0], "minutes": 1}, None))


def test_what_is_changed_by_hand(meeting):
    with meeting.here.extensions["house"].store.engine.begin() as connection:  # by hand: no number goes up
        connection.execute(text("UPDATE activity SET kind = 'dots' WHERE id = :id"), {"id": meeting.board})
    assert meeting.rosa.post(meeting.board, "Tarde")["code"] == "not_for_this"


def test_a_card_that_has_been_changed_meanwhile(meeting):
    mine = ok(meeting.rosa.post(meeting.board, "Guardar semilla"))["card"]["id"]
    ok(meeting.rosa.do("contribution.edit", {"id": mine, "body": {"text": "Guardar semilla nativa"}}))
    rev = ok(meeting.tablet(meeting.here).do("contribution.edit", {"id": mine, "body": {"text": "Otra"}}))["card"]["rev"]
    assert ok(meeting.rosa.do("contribution.edit", {"id": mine, "body": {"text": "La última"}}))["card"]["rev"] == rev + 1


def test_numbers_and_an_outbox_that_goes_on_at_the_other_process(meeting):
    other = meeting.tablet(meeting.here)
    other.client, other.n = meeting.rosa.client, meeting.rosa.n
    numbers = [ok(one.do("contribution.add", {"activity": meeting.board, "id": secrets.token_urlsafe(9),
                                              "body": {"text": "Idea"}}, n=3 + i))["card"]["number"]
               for i, one in enumerate((other, meeting.rosa, other, other, meeting.rosa))]
    assert numbers == [3, 4, 5, 6, 7]


def test_what_a_failure_took_back_is_not_remembered(meeting, monkeypatch):
    house = meeting.there.extensions["house"]

    def fail(_session):
        raise OSError("no")
    with monkeypatch.context() as patch:
        patch.setattr(house.performer, "finish", fail)
        assert meeting.rosa.post(meeting.board, "Perdida")["code"] == "our_fault"
    assert ok(meeting.rosa.do("contribution.add", {"activity": meeting.board, "id": secrets.token_urlsafe(9), "body": {
        "text": "Idea"}}, n=3))["card"]["number"] == 3


@pytest.mark.parametrize(("held", "waits"), [("the room", True), ("another room", False), ("the workshop", True)])
def test_a_command_waits_for_its_room_and_its_workshop_and_for_no_other_room(meeting, held, waits):
    with meeting.here.extensions["house"].store.write() as session:
        rooms = {"the room": meeting.rooms[0], "another room": meeting.rooms[1]}
        workshops = {meeting.workshop} if held == "the workshop" else set()
        numbering.lock(session, workshops, {rooms[held]: meeting.workshop} if held in rooms else {})
        assert session.get(Room, meeting.rooms[0]) is not None
        assert ("retry_after" in meeting.rosa.post(meeting.board, "Semilla")) == waits


def test_a_command_that_touches_more_than_its_room_begins_anew_with_the_workshop(meeting, monkeypatch):
    card = ok(meeting.rosa.post(meeting.board, "Guardar semilla"))["card"]["id"]
    summary = activities(meeting.here, meeting.rooms[0])["summary"]
    sentence = meeting.lead("summary.item", activity=summary, id=secrets.token_urlsafe(9), base_rev=0, cites=[card],
                            body={"section": "idea", "text": "Semilla propia"})["card"]
    meeting.lead("summary.publish", activity=summary)
    locks, lock = [], numbering.lock
    monkeypatch.setattr(numbering, "lock", lambda session, of, rooms=None: locks.append((set(of), dict(rooms or {})))
                        or lock(session, of, rooms))
    ok(meeting.rosa.do("contribution.withdraw", {"id": card}))
    assert locks == [(set(), {meeting.rooms[0]: meeting.workshop}), ({meeting.workshop}, {})]
    assert meeting.elena.catch_up(meeting.workshop)[sentence["id"]]["lost"] == [card]


def test_what_was_to_be_prepared_in_a_transaction_that_is_taken_back_is_prepared_anew(meeting):
    store = meeting.there.extensions["house"].store
    for fails in (True, False):
        with suppress(LookupError), store.pen.hold() as session:
            fast_insert.write(session, Departure, [
                {"id": "d1", "stream_id": meeting.rooms[0], "card_id": "c", "hop": 0, "seq": 0}])
            if fails:
                raise LookupError
    with store.read() as session:
        assert session.get(Departure, "d1") is not None
