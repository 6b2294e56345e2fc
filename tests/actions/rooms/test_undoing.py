"""What took something away is taken back for ten seconds, by the server's clock, by whoever did it or leads."""
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.support import cast
from tests.support.cast import activities, facilitator, ok, shown
from workshop.actions import undo as undoing
from workshop.actions.accounts import invitations, team
from workshop.actions.rooms import workshops
from workshop.domain.roles import FACILITATOR
from workshop.store.models import Account, Contribution, History, Invitation, Membership, Room, Seat, Workshop


@pytest.fixture
def marco(app, meeting):
    """A second facilitator."""
    house = app.extensions["house"]
    with house.store.write() as session:
        workshop = session.get(Workshop, meeting["workshop"])
        account = workshops.create_account(session, house.clock(), "marco@example.org", "Marco Ccori", "x")
        team.grant(session, house.clock(), workshop, account, FACILITATOR)
        key = account.id
    return facilitator(app, {"owner": key})


def newest(app, verb: str) -> int:
    """The number of the last act of this sort."""
    with app.extensions["house"].store.read() as session:
        return session.scalar(select(func.max(History.id)).where(History.verb == verb))


def undo(app, meeting, who, verb: str, seat=None, **more) -> dict:
    return who.do("act.undo", {"workshop": meeting["workshop"], "act": newest(app, verb), **more}, seat)


def pass_by(app, monkeypatch, seconds: float) -> None:
    house = app.extensions["house"]
    later = house.performer.clock() + timedelta(seconds=seconds)
    monkeypatch.setattr(house.performer, "clock", lambda: later)
    monkeypatch.setattr(house, "clock", lambda: later)


def read(app, table, key):
    with app.extensions["house"].store.read() as session:
        row = session.get(table, key)
        session.expunge(row)
        return row


def test_people_who_were_removed_come_back_all_of_them_with_their_devices_and_room(app, meeting, phone, elena, marco):
    family = phone()
    seats = [seat["id"] for seat in ok(family.join(meeting["code"], "Rosa", "Julio"))["seats"]]
    ok(elena.do("seat.remove", {"workshop": meeting["workshop"], "seats": seats, "bar": True}, None))
    assert family.post(activities(app, meeting["rooms"][0])["ideas"], "Fuera")["code"] == "not_your_seat"
    ok(undo(app, meeting, marco, "seat.remove"))  # the second facilitator saw it
    assert family.post(activities(app, meeting["rooms"][0])["ideas"], "Otra vez dentro")["ok"]
    ok(family.join(meeting["code"], "La hermana"))
    assert undo(app, meeting, elena, "seat.remove")["code"] == "undo_over", "it was taken back already"


@pytest.mark.parametrize(("seconds", "code"), [(9, None), (14, None), (16, "undo_over")])
def test_the_server_s_clock_says_how_long(app, meeting, phone, elena, monkeypatch, seconds, code):
    rosa = phone()
    seats = [ok(rosa.join(meeting["code"], "Rosa"))["seats"][0]["id"]]
    pass_by(app, monkeypatch, 0)  # from here the clock stands
    ok(elena.do("seat.remove", {"workshop": meeting["workshop"], "seats": seats}, None))
    with app.extensions["house"].store.read() as session:
        assert [act.left for act in undoing.recent(session, meeting["workshop"], app.extensions["house"].clock())] == [10]
    pass_by(app, monkeypatch, seconds)
    assert undo(app, meeting, elena, "seat.remove").get("code") == code
    assert (read(app, Seat, seats[0]).revoked_at is None) == (code is None)


def test_only_who_did_it_or_leads_takes_it_back(app, meeting, phone, elena):
    rosa, julio = phone(), phone()
    for somebody, name in ((rosa, "Rosa"), (julio, "Julio")):
        ok(somebody.join(meeting["code"], name))
    board = activities(app, meeting["rooms"][0])["ideas"]
    card = ok(rosa.post(board, "De Rosa"))["card"]["id"]
    ok(rosa.do("contribution.withdraw", {"id": card}))
    assert undo(app, meeting, julio, "contribution.withdraw", 0)["code"] == "not_yours"
    ok(undo(app, meeting, rosa, "contribution.withdraw", 0))
    assert card in shown(julio, meeting["rooms"][0])
    assert undo(app, meeting, rosa, "contribution.add", 0)["code"] == "not_here"
    house = app.extensions["house"]
    with house.store.write() as session:
        other = workshops.create_workshop(session, house.clock(), session.get(Account, meeting["owner"]), "Otro")
        key = other.id
    ok(elena.do("contribution.withdraw", {"id": card}, None))
    assert elena.do("act.undo", {"workshop": key, "act": newest(app, "contribution.withdraw")}, None)["code"] == "not_here"


def test_a_room_that_was_closed_goes_on_with_the_time_that_it_had(app, meeting, phone, elena, monkeypatch):
    room, rosa = meeting["rooms"][0], phone()
    ok(rosa.join(meeting["code"], "Rosa"))
    ok(elena.do("step.go", {"room": room, "step": 0, "minutes": 5}, None))
    before = read(app, Room, room).deadline
    pass_by(app, monkeypatch, 0)
    ok(elena.do("room.close", {"room": room}, None))
    assert rosa.post(activities(app, room)["ideas"], "Cerrada")["code"] == "room_closed"
    pass_by(app, monkeypatch, 8)
    ok(undo(app, meeting, elena, "room.close"))
    now = read(app, Room, room)
    assert now.closed_at is None and (now.deadline - before).total_seconds() == 8
    assert rosa.post(activities(app, room)["ideas"], "Sigue")["ok"]


def test_a_member_of_the_team_comes_back_with_the_invitations_that_ended(app, meeting, marco, elena):
    house, key = app.extensions["house"], meeting["workshop"]
    with house.store.write() as session:
        workshop = session.get(Workshop, key)
        marcos = session.scalar(select(Account.id).where(Account.name == "Marco Ccori"))
        invitations.invite(session, house.clock(), workshop, marcos, "observer")
        row = session.scalar(select(Membership.id).where(Membership.account_id == marcos))
        team.withdraw(session, house.clock(), workshop, row, meeting["owner"])
    assert marco.do("workshop.lock", {"workshop": key}, None)["code"] == "not_here"
    ok(undo(app, meeting, elena, "role.take"))
    ok(marco.do("workshop.lock", {"workshop": key}, None))
    with house.store.read() as session:
        assert session.query(Invitation).filter(Invitation.revoked_at.is_(None)).count() == 1


@pytest.mark.parametrize(("verb", "column"), [("workshop.code", "code"), ("workshop.wall", "screen_key"),
                                              ("workshop.calendar", "calendar_key")])
def test_the_code_and_the_addresses_of_wall_and_calendar_come_back(app, meeting, elena, verb, column):
    before = getattr(read(app, Workshop, meeting["workshop"]), column)
    ok(elena.do(verb, {"workshop": meeting["workshop"]}, None))
    assert getattr(read(app, Workshop, meeting["workshop"]), column) != before
    ok(undo(app, meeting, elena, verb))
    assert getattr(read(app, Workshop, meeting["workshop"]), column) == before


def test_groups_sentences_and_hidden_cards_come_back_as_they_were(app, meeting, phone, elena):
    room, rosa = meeting["rooms"][0], phone()
    ok(rosa.join(meeting["code"], "Rosa"))
    of = activities(app, room)
    cards = [ok(rosa.post(of["ideas"], text))["card"]["id"] for text in ("Una", "Dos")]
    ok(elena.do("group.make", {"activity": of["ideas"], "group": "grupo-uno", "name": "Semilla", "cards": cards}, None))
    ok(elena.do("group.drop", {"id": "grupo-uno"}, None))
    ok(undo(app, meeting, elena, "group.drop"))
    assert {read(app, Contribution, card).group_id for card in cards} == {"grupo-uno"}
    ok(elena.do("contribution.hide", {"id": cards[0], "reason": "duda"}, None))
    assert cards[0] not in shown(phone_of(rosa, meeting), room)
    ok(undo(app, meeting, elena, "contribution.hide"))
    assert cards[0] in shown(rosa, room)
    ok(elena.do("summary.item", {"activity": of["summary"], "id": "frase-uno", "cites": cards,
                                 "body": {"text": "Guardamos semilla", "section": "idea"}}, None))
    ok(elena.do("summary.drop", {"id": "frase-uno"}, None))
    ok(undo(app, meeting, elena, "summary.drop"))
    assert read(app, Contribution, "frase-uno").withdrawn_at is None


def phone_of(rosa, meeting):
    other = cast.Phone(rosa.http.application.test_client())
    ok(other.join(meeting["code"], "Otra"))
    return other


def test_steps_that_were_taken_out_come_back_unless_they_were_changed_since(app, meeting, elena):
    room = meeting["rooms"][0]
    before = read(app, Room, room).steps
    only = [{"key": "ideas", "minutes": 5, "opens": ["ideas"]}]
    ok(elena.do("steps.set", {"room": room, "steps": only, "base": cast.edition(app, room)}, None))
    ok(undo(app, meeting, elena, "steps.set"))
    assert read(app, Room, room).steps == before
    ok(elena.do("steps.set", {"room": room, "steps": only, "base": cast.edition(app, room)}, None))
    first = newest(app, "steps.set")
    ok(elena.do("steps.set", {"room": room, "steps": [only[0] | {"minutes": 9}], "base": cast.edition(app, room)}, None))
    assert elena.do("act.undo", {"workshop": meeting["workshop"], "act": first}, None)["code"] == "undo_over"


def test_the_desk_and_the_pages_of_a_second_facilitator_offer_it_and_the_record_says_that_it_was_taken_back(
        app, meeting, phone, elena, marco):
    where, rosa = f"/w/{meeting['workshop']}", phone()
    seat = ok(rosa.join(meeting["code"], "Rosa Mamani"))["seats"][0]["id"]
    assert marco.http.get(f"{where}/progress").get_json()["acts"] == []
    ok(elena.do("seat.remove", {"workshop": meeting["workshop"], "seats": [seat]}, None))
    [act] = marco.http.get(f"{where}/progress").get_json()["acts"]
    assert (act["who"], act["id"]) == ("Elena Quispe", newest(app, "seat.remove")) and "Rosa Mamani" in act["text"]
    assert app.extensions["house"].live.presence.count(meeting["workshop"])["act"] == act["id"]
    for page in ("people", "team", "history"):
        assert f'name="act" value="{act["id"]}"' in marco.http.get(f"{where}/{page}").get_data(as_text=True), page
    ok(undo(app, meeting, marco, "seat.remove"))
    assert marco.http.get(f"{where}/progress").get_json()["acts"] == []
    record = marco.http.get(f"{where}/history", headers={"Accept-Language": "es"}).get_data(as_text=True)
    assert "deshizo esto: retiró a" in record and "Marco Ccori" in record
