"""A token may what its account may and no more than it says, at each command anew; on both kinds of store."""
import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.pages.programs.program import NAME, Program, joins, rows, token_of
from tests.support import cast
from workshop.actions.accounts import accounts, team, tokens
from workshop.actions.rooms import building, workshops
from workshop.domain.errors import Refusal
from workshop.domain.people.tokens import MOST, is_token
from workshop.store.identity import hashed
from workshop.store.models import Account, History, Membership, ProgramToken, Workshop


@pytest.fixture
def board(app, meeting) -> str:
    return cast.activities(app, meeting["rooms"][0])["ideas"]


@pytest.fixture
def program(app, meeting) -> Program:
    """Elena's, a facilitator."""
    return Program(app, token_of(app, meeting["owner"], meeting["workshop"], "facilitator"))


@pytest.mark.parametrize("role", ["rapporteur", "observer"])
def test_it_may_no_more_than_its_token_says(app, meeting, role, board):
    weak = Program(app, token_of(app, meeting["owner"], meeting["workshop"], role))
    pause = weak.do("room.pause", {"room": meeting["rooms"][0]})
    assert pause["code"] == {"rapporteur": "forbidden", "observer": "not_here"}[role]
    assert weak.idea(board).get("code") == {"rapporteur": None, "observer": "not_here"}[role]
    assert weak.get("/api/changes", query_string={"stream": meeting["rooms"][0]}).status_code == 200
    report = weak.get(f"/w/{meeting['workshop']}/report.json")
    assert (report.status_code, report.get_json()["code"]) == (403, "forbidden")


def test_a_token_that_looks_on_for_the_rapporteur_of_one_room_sees_that_room_and_no_other(app, meeting, board):
    rita = joins(app, meeting, "Rita", "rapporteur", meeting["rooms"][0])
    eyes = Program(app, token_of(app, rita, meeting["workshop"], "observer"))
    got = [eyes.get("/api/changes", query_string={"stream": room}).status_code for room in meeting["rooms"]]
    assert got == [200, 404, 404]
    assert eyes.idea(board)["code"] == "not_here"


def test_of_another_workshop_it_knows_nothing(app, meeting, program):
    house = app.extensions["house"]
    with house.store.write() as session:
        other = workshops.create_workshop(session, house.clock(), session.get(Account, meeting["owner"]), "Otro encuentro")
        room = building.build_room(session, other, "Sala", votes=())
        session.flush()
        other, room = other.id, room.id
    assert cast.facilitator(app, meeting).catch_up(room), "the account itself sees it"
    assert program.get("/api/changes", query_string={"stream": room}).status_code == 404
    assert program.get(f"/w/{other}/report.md").status_code == 404
    assert program.do("room.open", {"room": room})["code"] == "not_here"


def test_a_role_that_is_lowered_and_taken_lowers_and_takes_the_token_with_the_next_command(app, meeting, board):
    house, luis = app.extensions["house"], joins(app, meeting, "Luis", "facilitator")
    with house.store.write() as session:
        team.grant(session, house.clock(), session.get(Workshop, meeting["workshop"]), session.get(Account, luis),
                   "rapporteur", meeting["rooms"][0])
    program = Program(app, token_of(app, luis, meeting["workshop"], "facilitator"))
    assert cast.ok(program.do("room.pause", {"room": meeting["rooms"][0], "on": False}))

    def withdraw(role: str) -> None:
        with house.store.write() as session:
            held = session.scalar(select(Membership.id).where(Membership.account_id == luis, Membership.role == role))
            team.withdraw(session, house.clock(), session.get(Workshop, meeting["workshop"]), held, meeting["owner"])
    withdraw("facilitator")
    assert program.do("room.pause", {"room": meeting["rooms"][0]})["code"] == "forbidden"
    assert cast.ok(program.idea(board))
    withdraw("rapporteur")
    assert program.get("/api/me").status_code == 401
    with house.store.write() as session:
        team.grant(session, house.clock(), session.get(Workshop, meeting["workshop"]), session.get(Account, luis),
                   "facilitator")
    assert program.get("/api/me").status_code == 401, "a role that comes back wakes no token"


def test_a_role_that_is_put_back_within_ten_seconds_brings_its_token_back(app, meeting, board):
    house, luis = app.extensions["house"], joins(app, meeting, "Luis", "facilitator")
    program, elena = Program(app, token_of(app, luis, meeting["workshop"], "rapporteur")), cast.facilitator(app, meeting)
    cast.ok(program.idea(board))
    with house.store.write() as session:
        held = session.scalar(select(Membership.id).where(Membership.account_id == luis))
        team.withdraw(session, house.clock(), session.get(Workshop, meeting["workshop"]), held, meeting["owner"])
    assert program.idea(board)["code"] == "bad_token"
    act = max(one.id for one in rows(app, History) if one.verb == "role.take")
    cast.ok(elena.do("act.undo", {"workshop": meeting["workshop"], "act": act}, None))
    assert program.get("/api/me").status_code == 200


@pytest.mark.parametrize("how", ["ended", "disabled", "link", "password"])
def test_it_ends_with_what_ends_it(app, meeting, program, board, how):
    house = app.extensions["house"]
    cast.ok(program.idea(board))
    with house.store.write() as session:
        account, now = session.get(Account, meeting["owner"]), house.clock()
        if how == "ended":
            tokens.end(session, now, account.id, session.scalar(select(ProgramToken.id)))
        elif how == "disabled":
            accounts.disable(session, now, account)
        elif how == "link":
            accounts.use_link(session, now, accounts.password_link(session, now, account), "$another$hash")
        else:
            accounts.change_password(session, now, account.id, account.password_hash, "$another$hash", "none", False, True)
    answer = program.get("/api/me")
    assert (answer.status_code, answer.get_json()["code"]) == (401, "bad_token")
    if how == "disabled":
        with house.store.write() as session:
            accounts.enable(session.get(Account, meeting["owner"]))
        assert program.get("/api/me").status_code == 401


def test_a_new_password_alone_leaves_it(app, meeting, program):
    house = app.extensions["house"]
    with house.store.write() as session:
        account = session.get(Account, meeting["owner"])
        accounts.change_password(session, house.clock(), account.id, account.password_hash, "$another$hash", "none", True)
    assert program.get("/api/me").status_code == 200


def test_it_is_over_when_its_time_is(app, meeting, board):
    house, now = app.extensions["house"], app.extensions["house"].clock()
    program = Program(app, token_of(app, meeting["owner"], meeting["workshop"], "owner", days=7))
    assert cast.ok(program.idea(board))
    later = now + timedelta(days=7, seconds=1)
    house.clock = house.performer.clock = lambda: later
    assert program.get("/api/me").get_json()["code"] == "bad_token"
    said = house.performer.perform(program.token, {
        "client": program.client, "n": 2, "verb": "room.pause", "seat": None, "payload": {"room": meeting["rooms"][0]}})
    assert said["code"] == "who_are_you", "the writer, who knows it from the command before, looks at the clock too"


def test_when_it_was_used_is_noted_every_five_minutes(app, meeting, program, board):
    house, now = app.extensions["house"], app.extensions["house"].clock()
    for minutes, noted in ((0, 0), (4, 0), (6, 6)):
        house.clock = house.performer.clock = lambda minutes=minutes: now + timedelta(minutes=minutes)
        program.get("/api/me")
        assert rows(app, ProgramToken)[0].used_at == now + timedelta(minutes=noted)
    house.clock = house.performer.clock = lambda: now + timedelta(minutes=20)
    house.performer.perform(program.token, {"client": program.client, "n": 1, "verb": "room.pause", "seat": None,
                                            "payload": {"room": meeting["rooms"][0]}})
    assert rows(app, ProgramToken)[0].used_at == now + timedelta(minutes=20), "a command over a socket"


def test_two_tokens_know_nothing_of_each_other(app, meeting, program, board):
    other = Program(app, token_of(app, meeting["owner"], meeting["workshop"], "rapporteur", "Otro programa"))
    cast.ok(program.idea(board))
    other.client = program.client
    assert other.idea(board)["code"] == "id_reused", "an outbox is of one token"
    with app.extensions["house"].store.write() as session:
        tokens.end(session, app.extensions["house"].clock(), meeting["owner"],
                   session.scalar(select(ProgramToken.id).where(ProgramToken.name == NAME)))
    assert (program.get("/api/me").status_code, other.get("/api/me").status_code) == (401, 200)


def test_a_weak_token_takes_back_no_act_that_its_account_did_as_more(app, meeting):
    elena = cast.facilitator(app, meeting)
    weak = Program(app, token_of(app, meeting["owner"], meeting["workshop"], "rapporteur"))
    cast.ok(elena.do("room.close", {"room": meeting["rooms"][0]}, None))
    act = max(one.id for one in rows(app, History) if one.verb == "room.close")
    assert weak.do("act.undo", {"workshop": meeting["workshop"], "act": act})["code"] == "not_yours"


@pytest.mark.parametrize(("code", "said"), [
    ("name_missing", {"name": " \u200b "}), ("bad_role", {"role": "owner"}), ("bad_role", {"role": "participant"}),
    ("not_on_team", {"workshop": "no-such-workshop"}), ("bad_days", {"days": 8}), ("bad_days", {"days": 0})])
def test_what_cannot_be_made_says_why(app, meeting, code, said):
    house, luis = app.extensions["house"], joins(app, meeting, "Luis", "facilitator")
    right = {"name": NAME, "workshop": meeting["workshop"], "role": "facilitator", "days": None} | said
    with house.store.write() as session, pytest.raises(Refusal) as refused:
        tokens.make(session, house.clock(), session.get(Account, luis), right["name"], right["workshop"], right["role"],
                    right["days"])
    assert refused.value.code == code
    assert rows(app, ProgramToken) == []


def test_who_only_looks_on_makes_none_and_nobody_makes_more_than_twenty(app, meeting):
    olga = joins(app, meeting, "Olga", "observer")
    with pytest.raises(Refusal, match="not_on_team"):
        token_of(app, olga, meeting["workshop"], "observer")
    made = {token_of(app, meeting["owner"], meeting["workshop"], "observer", f"Programa {n}") for n in range(MOST)}
    assert len(made) == MOST and all(map(is_token, made))
    with pytest.raises(Refusal) as refused:
        token_of(app, meeting["owner"], meeting["workshop"], "observer")
    assert (refused.value.code, refused.value.values) == ("too_many_tokens", {"limit": MOST})


def test_only_its_hash_is_stored(app, meeting, program, board):
    cast.ok(program.idea(board))
    with app.extensions["house"].store.read() as session:
        stored = json.dumps([[str(value) for value in row] for table in Account.metadata.sorted_tables
                             for row in session.execute(table.select())])
    assert hashed(program.token) in stored and program.token not in stored
