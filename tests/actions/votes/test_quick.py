"""Votes that stand by themselves: in a room or in the plenary, whatever the step; who opens and closes them, and when."""
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.actions.desk.test_two_lead import mariela
from tests.support import cast
from tests.support.everybody import hall
from workshop.actions.performer import Performer
from workshop.store.counts import turnout
from workshop.store.models import Activity, Attended, History, Room, Sitting, Workshop
from workshop.store.walls.blocks import result as result_block
from workshop.store.walls.blocks import vote as vote_block
from workshop.store.walls.kind import HallSight

ok = cast.ok
YES_NO = {"options": [{"key": "yes", "title": {"es": "Sí", "fr": "Oui", "en": "Yes"}}, {"key": "no", "title": "No"}]}


@pytest.fixture
def plenary(app, meeting) -> str:
    """The id of the plenary."""
    with app.extensions["house"].store.read() as session:
        return session.scalars(select(Room.id).where(
            Room.workshop_id == meeting["workshop"], Room.kind == "plenary")).one()


@pytest.fixture
def ask(elena, plenary):
    """Elena opens a vote; its card."""
    return lambda room=None, kind="choice", title="¿Diez minutos más?", settings=YES_NO, **more: ok(elena.do(
        "vote.open", {"room": room or plenary, "kind": kind, "title": title, "settings": settings} | more, None))["card"]


def votes(phone, vote: dict, key: str | None, base: int = 0, seat: int = 0, **more) -> dict:
    """Casts a ballot."""
    choices = {key: 1} if key else {}
    return phone.do("ballot.cast", {"activity": vote["id"], "choices": choices, "base_rev": base}, seat, **more)


def later(app, minutes: float) -> None:
    """The clock goes on."""
    house = app.extensions["house"]
    now = house.clock() + timedelta(minutes=minutes)
    house.clock = house.performer.clock = lambda: now


def row(app, vote: dict) -> Activity:
    with app.extensions["house"].store.read() as session:
        return session.get(Activity, vote["id"])


def could(app, vote: dict) -> turnout.Turnout:
    with app.extensions["house"].store.read() as session:
        return turnout.of_votes(session, [session.get(Activity, vote["id"])])[vote["id"]]


def test_a_vote_of_the_plenary_is_one_vote_of_everybody_whatever_room_they_are_in(app, meeting, ask, elena, phone):
    rosa, luis, out = phone(), phone(), phone()
    rosa.join(meeting["code"], "Rosa", "Julio")
    luis.join(meeting["code"], "Luis", room=2)
    out.join(meeting["code"], "Elvira", room=None)
    vote = ask()
    assert vote["opened"] and "closed" not in vote and vote["settings"]["source"] is None
    for one, key, seat in ((rosa, "yes", 0), (rosa, "no", 1), (luis, "yes", 0), (out, "yes", 0)):
        ok(votes(one, vote, key, seat=seat))
    closed = ok(elena.do("vote.close", {"activity": vote["id"]}, None))["card"]
    assert closed["tally"]["items"] == {"yes": {"seats": 3, "delegations": 0}, "no": {"seats": 1, "delegations": 0}}
    [told] = luis.catch_up(meeting["workshop"])[vote["id"]]["results"]
    assert (told["people"], [line["parts"] for line in told["lines"]]) == (4, [[3], [1]])


def test_a_vote_of_a_room_runs_whatever_its_step_and_through_a_pause(app, meeting, ask, elena, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    cast.to_step(app, meeting["rooms"][0], 2)
    vote = ask(meeting["rooms"][0])
    ok(votes(rosa, vote, "yes"))
    ok(elena.do("room.pause", {"room": meeting["rooms"][0], "on": True}, None))
    ok(votes(rosa, vote, "no", 1))
    assert rosa.post(cast.activities(app, meeting["rooms"][0])["ideas"], "Agua")["code"] == "room_paused"


def test_of_two_who_close_it_the_first_does(app, meeting, ask, elena, phone):
    vote, other = ask(), cast.facilitator(app, meeting)
    first = ok(elena.do("vote.close", {"activity": vote["id"]}, None))["card"]
    second = ok(other.do("vote.close", {"activity": vote["id"]}, None))["card"]
    assert first["closed"] == second["closed"] and first["seq"] == second["seq"]
    with app.extensions["house"].store.read() as session:
        assert len(session.scalars(select(History).where(
            History.target_id == vote["id"], History.verb == "vote.close")).all()) == 1


def test_a_ballot_after_the_close_is_refused_and_the_old_one_stands(app, meeting, ask, elena, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    vote = ask()
    ok(votes(rosa, vote, "yes"))
    later(app, 1)
    ok(elena.do("vote.close", {"activity": vote["id"]}, None))
    later(app, 1)
    refused = votes(rosa, vote, "no", 1)
    assert refused["code"] == "vote_closed" and "tray" not in refused
    offline = votes(rosa, vote, "no", 1, age_ms=90_000)  # chosen while it was open, without a line
    assert offline["code"] == "late_ballot" and "tray" not in offline
    assert row(app, vote).tally["items"]["yes"]["seats"] == 1


def test_the_server_closes_a_vote_at_its_time_and_takes_nothing_after_it(app, meeting, ask, elena, phone):
    rosa, house = phone(), app.extensions["house"]
    rosa.join(meeting["code"], "Rosa")
    vote = ask(minutes=3)
    ok(votes(rosa, vote, "yes"))
    house.performer.count()
    assert not house.performer.is_due and row(app, vote).closed_at is None
    later(app, 4)
    assert votes(rosa, vote, "no", 1)["code"] == "time_over"  # nobody has closed it yet
    assert house.performer.is_due
    house.performer.count()
    after = row(app, vote)
    assert after.closed_at and after.closed_by is None and after.tally["items"]["yes"]["seats"] == 1
    assert votes(rosa, vote, "no", 1)["code"] == "time_over"
    assert "closed" in rosa.catch_up(meeting["workshop"])[vote["id"]]
    house.performer.count()
    assert not house.performer.is_due and row(app, vote).closed_at == after.closed_at
    page = elena.http.get(f"/w/{meeting['workshop']}/history")
    assert page.status_code == 200


def test_turnout_of_the_plenary_counts_who_was_there_when_it_ran(app, meeting, ask, elena, phone):
    house, early, there, late = app.extensions["house"], phone(), phone(), phone()
    early.join(meeting["code"], "Ana, who left in the morning")
    house.performer.days.write()
    later(app, 120)
    there.join(meeting["code"], "Rosa", "Julio")
    vote = ask()
    assert could(app, vote).people == 2
    late.join(meeting["code"], "Elvira", room=2)
    house.performer.days.write()
    ok(votes(there, vote, "yes"))
    later(app, 2)
    ok(elena.do("vote.close", {"activity": vote["id"]}, None))
    known = could(app, vote)
    assert (known.people, len(known.voted)) == (3, 1)
    late.do("seat.enter", {"room": meeting["rooms"][0]})
    phone().join(meeting["code"], "Luis, who came afterwards")
    assert could(app, vote).people == 3
    with house.store.read() as session:
        [held] = [one for one in session.scalars(select(Sitting)) if vote["id"] in one.opens]
        assert held.step == "plenary" and held.ended_at


def test_who_voted_counts_among_those_who_could_even_when_nothing_else_was_heard_of_them(app, meeting, ask, phone):
    quiet = phone()
    quiet.join(meeting["code"], "Ana")
    later(app, 60)
    vote = ask()
    assert could(app, vote).people == 0
    ok(votes(quiet, vote, "yes"))
    assert (could(app, vote).people, len(could(app, vote).voted)) == (1, 1)


def test_closing_a_room_or_the_workshop_closes_its_votes(app, meeting, ask, elena, phone, do):
    here, all_of = ask(meeting["rooms"][0]), ask()
    ok(elena.do("room.close", {"room": meeting["rooms"][0]}, None))
    assert row(app, here).closed_at and row(app, all_of).closed_at is None
    ok(do("workshop.close", on=True))
    assert row(app, all_of).closed_at


@pytest.mark.parametrize(("kind", "settings", "code"), [
    ("choice", {"options": []}, "bad_settings"), ("choice", {"options": YES_NO["options"][:1]}, "few_options"),
    ("choice", {"options": [{"key": "a", "title": "Sí"}, {"key": "b", "title": " sí "}]}, "options_alike"),
    ("choice", {"options": [{"key": "a", "title": "Sí"}, {"key": "a", "title": "No"}]}, "options_alike"),
    ("choice", {"options": [{"key": "a", "title": ""}, {"key": "b", "title": "No"}]}, "options_alike"),
    ("choice", {"options": ["a", "b"]}, "bad_settings"), ("choice", {"options": 7}, "bad_settings"),
    ("choice", {"options": [{"key": f"k{n}", "title": f"n{n}"} for n in range(61)]}, "bad_settings"),
    ("choice", YES_NO | {"reveal": "sometimes"}, "bad_settings"),
    ("choice", YES_NO | {"more": "x" * 9000}, "bad_settings"),
    ("likes", {}, "bad_settings"), ("ideas", {}, "no_such_kind"), ("reactions", {}, "no_such_kind"),
    ("nothing", {}, "no_such_kind")])
def test_what_cannot_be_asked_without_a_board_is_refused(elena, plenary, kind, settings, code):
    assert elena.do("vote.open", {"room": plenary, "kind": kind, "title": "¿?", "settings": settings}, None)["code"] == code


def test_the_question_of_a_scale_is_what_was_asked(ask):
    assert ask(kind="scale", title="¿Qué tan lejos estamos?", settings={})["settings"]["title"] == "¿Qué tan lejos estamos?"


def test_rapporteurs_open_and_close_votes_in_their_room_only_where_the_facilitators_let_them():
    here = hall()
    scribe, room = here.phone("R"), here.at["rooms"][0]
    asked = {"room": room, "kind": "choice", "title": "¿?", "settings": YES_NO}
    assert scribe.do("vote.open", asked, None)["code"] == "not_let"
    ok(here.phone("E").do("room.edit", {"room": room, "lets_vote": True}, None))
    mine = ok(scribe.do("vote.open", asked, None))["card"]
    ok(here.phone("E").do("room.edit", {"room": room, "lets_vote": False}, None))
    ok(scribe.do("vote.close", {"activity": mine["id"]}, None))  # the own one
    theirs = ok(here.phone("E").do("vote.open", asked, None))["card"]
    assert scribe.do("vote.close", {"activity": theirs["id"]}, None)["code"] == "not_let"


def test_walls_hear_nothing_of_a_vote_of_the_plenary_while_people_choose(app, meeting, ask, elena, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    vote = ask()
    ok(votes(rosa, vote, "yes"))
    app.extensions["house"].performer.count()
    assert row(app, vote).tally
    wall = app.test_client().get("/api/changes", query_string={
        "stream": meeting["workshop"], "epoch": "", "since": 0, "screen": meeting["screen"]}).get_json()
    assert next(card for card in wall["cards"] if card["id"] == vote["id"])["tally"] is None
    ok(elena.do("vote.close", {"activity": vote["id"]}, None))
    wall = app.test_client().get("/api/changes", query_string={
        "stream": meeting["workshop"], "epoch": "", "since": 0, "screen": meeting["screen"]}).get_json()
    assert next(card for card in wall["cards"] if card["id"] == vote["id"])["results"][0]["people"] == 1


def test_a_copy_has_no_quick_votes_and_a_cleared_trial_neither_and_they_come_back_with_it(
        app, meeting, ask, elena, phone, do):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    here, plenary = ask(meeting["rooms"][0]), ask()
    for vote in (here, plenary):
        ok(votes(rosa, vote, "yes"))
    ok(elena.do("vote.close", {"activity": plenary["id"]}, None))
    made = ok(do("workshop.duplicate", title="Copia"))["workshop"]
    with app.extensions["house"].store.read() as session:
        of_copy = session.scalars(select(Activity).join(Room, Room.id == Activity.room_id).where(
            Room.workshop_id == made)).all()
        assert of_copy and not [one for one in of_copy if one.opened_at or one.title == plenary["title"]]
    ok(do("workshop.clear"))
    assert row(app, here) is None and row(app, plenary) is None
    assert here["id"] not in elena.catch_up(meeting["rooms"][0])
    ok(do("workshop.recover"))
    assert row(app, here).opened_at and row(app, here).closed_at is None
    assert row(app, plenary).closed_at and row(app, plenary).tally["items"]["yes"]["seats"] == 1
    with app.extensions["house"].store.read() as session:
        assert session.scalars(select(Attended.seat_id)).all()
    ok(votes(rosa, here, "no", 1))


def test_the_record_and_the_walls_tell_of_votes_of_the_plenary_once_they_are_over(app, meeting, ask, elena, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa", "Julio")
    vote = ask(title="¿Diez minutos más?")
    ok(votes(rosa, vote, "yes"))
    assert "¿Diez minutos más?" not in elena.http.get(f"/w/{meeting['workshop']}/report.md").get_data(as_text=True)
    with app.extensions["house"].store.read() as session:
        sight = HallSight(session, session.get(Workshop, meeting["workshop"]), app.extensions["house"].clock())
        [running] = vote_block.KIND.read(sight, {"vote": vote["id"]})
        assert (running["voted"], running["could"], running["running"]) == (1, 2, True)
        assert result_block.KIND.read(sight, {"vote": vote["id"]})[0]["results"] == []
    ok(elena.do("vote.close", {"activity": vote["id"]}, None))
    with app.extensions["house"].store.read() as session:
        sight = HallSight(session, session.get(Workshop, meeting["workshop"]), app.extensions["house"].clock())
        assert vote_block.KIND.read(sight, {"vote": vote["id"]})[0]["over"]
        assert result_block.KIND.read(sight, {"vote": vote["id"]})[0]["results"][0]["people"] == 1
    report = elena.http.get(f"/w/{meeting['workshop']}/report.md", headers={"Accept-Language": "es"}).get_data(as_text=True)
    assert "Diez minutos más?" in report and "Votó 1 persona de 2." in report


def test_a_process_that_begins_anew_closes_what_was_to_close_meanwhile(app, meeting, ask):
    vote, house = ask(minutes=1), app.extensions["house"]
    later(app, 5)
    Performer(house.store, house.clock).count()
    after = row(app, vote)
    assert after.closed_at and after.closes_at <= after.closed_at


def test_who_goes_to_another_room_meanwhile_keeps_the_ballot_that_was_cast_and_votes_with_everybody(
        app, meeting, ask, elena, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    here, all_of = ask(meeting["rooms"][0]), ask()
    ok(votes(rosa, here, "yes"))
    ok(rosa.do("seat.enter", {"room": meeting["rooms"][1]}))
    assert votes(rosa, here, "no", 1)["code"] == "left_room"
    ok(votes(rosa, all_of, "no"))
    assert ok(elena.do("vote.close", {"activity": here["id"]}, None))["card"]["tally"]["items"]["yes"]["seats"] == 1


def test_of_two_tabs_the_second_is_told_what_the_first_chose(app, meeting, ask, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    vote, other = ask(), rosa.tab()
    ok(votes(rosa, vote, "yes"))
    refused = votes(other, vote, "no")
    assert (refused["code"], refused["values"]["choices"]) == ("stale_ballot", {"yes": 1})


def test_the_other_facilitator_is_told_who_closed_which_vote_and_people_are_not(app, meeting, phone, ask, elena):
    rosa, other = phone(), mariela(app, meeting)
    rosa.join(meeting["code"], "Rosa")
    room = meeting["rooms"][0]
    vote = ask(room)
    ok(other.do("vote.close", {"activity": vote["id"]}, None))
    card = elena.catch_up(room)[vote["id"]]
    assert card["closed_by"]["name"] == "Mariela Choque"
    assert "closed_by" not in rosa.catch_up(room)[vote["id"]]
    with app.extensions["house"].store.read() as session:
        row = session.scalars(select(History).where(History.verb == "vote.close")).one()
        assert row.after["title"] == vote["title"], "the record names it"
