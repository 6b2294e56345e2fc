"""What a secret vote keeps, tells and forgets: searched for in bytes, on both kinds of store."""
import json
import logging
import re
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select, text

from tests.support.cast import Phone, activities, facilitator, ok
from tests.support.cast import app as anew
from workshop.actions.core.registry import fingerprint
from workshop.live import reauthorize
from workshop.store.files import backup, dump
from workshop.store.models import Activity, Answer, Ballot
from workshop.store.secrecy import ballots, scrubbing

SECRET = {"rules": {"named": "secret"}}


@pytest.fixture
def lead(app, meeting):
    """The laptop of Elena, who leads."""
    return facilitator(app, meeting)


@pytest.fixture
def cards(app, meeting, phone):
    """Two ideas of the first room."""
    luis = phone()
    luis.join(meeting["code"], "Luis")
    board = activities(app, meeting["rooms"][0])["ideas"]
    return [luis.post(board, one)["card"]["id"] for one in ("Firmar", "No firmar")]


@pytest.fixture
def begin(app, meeting, lead):
    """A function that opens a vote in the first room: its id."""
    def begin(kind="dots", **settings):
        answer = lead.do("vote.open", {"room": meeting["rooms"][0], "kind": kind, "title": "¿Firmamos?",
                                       "settings": settings or SECRET}, None)
        assert answer["ok"], answer
        return answer["card"]["id"]
    return begin


@pytest.fixture
def voters(meeting, phone):
    """Eight people with a device each."""
    people = [phone() for _ in range(8)]
    for i, one in enumerate(people):
        one.join(meeting["code"], f"Persona {i}")
    return people


def store(app):
    return app.extensions["house"].store


def row(app, vote):
    with store(app).read() as session:
        return session.get_one(Activity, vote)


def held(app, vote):
    with store(app).read() as session:
        return session.scalars(select(Ballot).where(Ballot.activity_id == vote)).all()


def cast(one, vote, card, points=3, rev=0, **more):
    return one.do("ballot.cast", {"activity": vote, "choices": {card: points}, "base_rev": rev}, **more)


def close(lead, vote):
    answer = lead.do("vote.close", {"activity": vote}, None)
    assert answer["ok"], answer
    return answer["card"]


def chosen(cards) -> re.Pattern[bytes]:
    """What a choice of one of these cards looks like in JSON, and inside of JSON."""
    return re.compile(b"|".join(card.encode() + rb'[\\"]*: *\d' for card in cards))


def found(app, folder: Path, cards, request) -> list[str]:
    """Where on disk a choice stands: in the files of the data folder and of the server of the database."""
    folders = [folder]
    if not store(app).is_sqlite:
        server = request.getfixturevalue("postgres")
        server.run("CHECKPOINT")
        folders.append(server.folder)
    files = [path for top in folders for path in top.rglob("*") if path.is_file()]
    assert len(files) > 1
    return [str(path) for path in files if chosen(cards).search(path.read_bytes())]


def test_of_a_secret_ballot_nothing_is_on_disk_while_it_runs_nor_after(app, meeting, lead, cards, begin, voters, tmp_path,
                                                                      request):
    vote = begin()
    for i, one in enumerate(voters):
        assert cast(one, vote, cards[i % 2])["ok"]
    texts = [one.choices[ballots.SEAL] for one in held(app, vote)]
    assert cast(voters[0], vote, cards[1], rev=1)["rev"] == 2
    assert found(app, tmp_path, cards, request) == []
    assert close(lead, vote)["tally"]["items"] == {
        cards[0]: {"points": 9, "seats": 3, "delegations": 0}, cards[1]: {"points": 15, "seats": 5, "delegations": 0}}
    assert found(app, tmp_path, cards, request) == []
    assert [(one.choices, one.rev) for one in held(app, vote)] == [({}, ballots.LAST)] * 8
    assert row(app, vote).seal == ballots.GONE and not any((tmp_path / "ballot-keys").iterdir())
    if store(app).is_sqlite:  # elsewhere the log keeps them: noise, now that the key is gone
        assert (tmp_path / "tinkuy.sqlite-wal").stat().st_size < 40_000
        files = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
        assert not any(one.encode() in file for one in texts for file in files)


def test_the_search_finds_what_is_not_secret(app, cards, begin, voters, tmp_path, request):
    vote = begin(reveal="close")
    assert cast(voters[0], vote, cards[0])["ok"]
    assert found(app, tmp_path, cards, request)


def test_nothing_of_it_is_in_what_was_answered_nor_can_be_tried(app, meeting, lead, cards, begin, voters):
    vote = begin()
    one = voters[0]
    mine = {"activity": vote, "choices": {cards[0]: 3}, "base_rev": 0}
    assert one.do("ballot.cast", mine)["ok"]
    stale = one.do("ballot.cast", mine)
    assert (stale["code"], stale["values"]["choices"]) == ("stale_ballot", {cards[0]: 3})
    assert one.do("ballot.cast", mine | {"choices": {cards[0]: 4}, "base_rev": 1})["code"] == "over_item"
    assert one.do("ballot.cast", {"activity": vote, "choices": [cards[0]], "base_rev": 1})["code"] == "bad_payload"
    assert lead.do("room.pause", {"room": meeting["rooms"][0]}, None)["ok"]
    assert one.do("ballot.cast", mine)["code"] == "stale_ballot", "a vote by itself goes on in a pause"
    assert lead.do("room.pause", {"room": meeting["rooms"][0], "on": False}, None)["ok"]
    with store(app).read() as session:
        answers = session.scalars(select(Answer).where(Answer.client == one.client)).all()
    kept = json.dumps([answer.answer for answer in answers])
    assert len(answers) == 5 and not any(card in kept for card in cards)
    seat = one.place["seats"][0]["id"]
    tried = {fingerprint(["ballot.cast", seat, mine | {"choices": choices, "base_rev": rev}])
             for rev in (0, 1) for choices in ({cards[0]: 3}, {cards[0]: 4}, [cards[0]])}
    assert tried.isdisjoint(answer.digest for answer in answers)
    assert one.do("ballot.cast", mine, n=1)["rev"] == 1, "said again, it is answered again"
    assert one.do("ballot.cast", mine, n=2)["values"] == {"rev": 1, "choices": {}}


def test_who_votes_sees_the_own_ballot_while_it_runs_and_the_device_is_told_to_forget(app, lead, cards, begin, voters):
    vote, told = begin(), []
    performer = app.extensions["house"].performer
    announce, performer.announce = performer.announce, lambda changes: (told.extend(changes.ballots), announce(changes))
    one, other = voters[:2]
    answer = cast(one, vote, cards[0])
    assert answer["forget"] is True
    seat = one.place["seats"][0]["id"]
    assert told == [(seat, {"activity": vote, "seat": seat, "choices": {cards[0]: 3}, "rev": 1})]
    def mine(of):
        return [b for b in of.http.get("/api/me").get_json()["ballots"] if b["activity"] == vote]
    assert [b["choices"] for b in mine(one)] == [{cards[0]: 3}] and mine(other) == []
    page = one.http.get(f"/w/{row(app, vote).room_id}").status_code
    assert page in (200, 302, 404)
    told.clear()
    close(lead, vote)
    assert told == [(seat, {"activity": vote, "seat": seat, "choices": {}, "rev": ballots.LAST})]
    assert [(b["choices"], b["rev"]) for b in mine(one)] == [({}, ballots.LAST)]
    assert cast(one, vote, cards[0], rev=ballots.LAST)["code"] == "vote_closed"


def test_no_frame_tells_more_than_that_it_runs(app, meeting, lead, cards, begin, voters):
    vote = begin()
    for one in voters[:3]:
        cast(one, vote, cards[0])
    for eyes in (voters[0], voters[5], lead):
        card = eyes.catch_up(meeting["rooms"][0])[vote]
        assert card["tally"] is None and "seal" not in card
    close(lead, vote)
    assert voters[5].catch_up(meeting["rooms"][0])[vote]["tally"]["items"][cards[0]]["seats"] == 3


def test_it_is_counted_once_and_nothing_opens_it_again(app, meeting, lead, cards, begin, voters):
    vote = begin()
    cast(voters[0], vote, cards[0])
    first = close(lead, vote)["tally"]
    room = meeting["rooms"][0]
    for verb, payload in (("step.go", {"room": room, "step": 1}), ("step.go", {"room": room, "step": 0}),
                          ("room.close", {"room": room})):
        assert lead.do(verb, payload, None)["ok"], verb
    assert close(lead, vote)["tally"] == first == row(app, vote).tally
    assert [one.rev for one in held(app, vote)] == [ballots.LAST]


def step_vote(app, meeting, settings=None):
    """The vote of the first room's step «vote» is secret: its id."""
    key = activities(app, meeting["rooms"][0])["dots"]
    with store(app).write() as session:
        vote = session.get_one(Activity, key)
        vote.settings = vote.settings | {"reveal": "close"} | SECRET
    return key


@pytest.mark.parametrize("how", ["step", "room", "workshop"])
def test_the_end_of_a_step_of_the_room_or_of_the_workshop_ends_it(app, meeting, lead, cards, voters, how):
    vote, room = step_vote(app, meeting), meeting["rooms"][0]
    assert lead.do("step.go", {"room": room, "step": 1}, None)["ok"]
    assert cast(voters[0], vote, cards[0])["ok"]
    verb, payload = {"step": ("step.go", {"room": room, "step": 2}), "room": ("room.close", {"room": room}),
                     "workshop": ("workshop.close", {"workshop": meeting["workshop"]})}[how]
    assert lead.do(verb, payload, None)["ok"]
    ended = row(app, vote)
    assert ended.tally["items"][cards[0]]["points"] == 3 and ended.closed_at and ended.seal == ballots.GONE
    assert [one.choices for one in held(app, vote)] == [{}]
    if how == "step":
        assert lead.do("step.go", {"room": room, "step": 1}, None)["ok"]
        assert cast(voters[1], vote, cards[0])["code"] == "vote_closed"


def test_without_a_ballot_a_step_may_come_again(app, meeting, lead, cards, voters):
    vote, room = step_vote(app, meeting), meeting["rooms"][0]
    for step in (1, 2, 1):
        assert lead.do("step.go", {"room": room, "step": step}, None)["ok"]
    assert cast(voters[0], vote, cards[0])["ok"]


def test_what_a_crash_left_is_finished_at_the_next_start(app, lead, cards, begin, voters, monkeypatch, tmp_path, database):
    vote = begin()
    cast(voters[0], vote, cards[0])
    performer = app.extensions["house"].performer
    monkeypatch.setattr(performer, "scrub", lambda: None)  # it dies between the commit and this
    close(lead, vote)
    assert row(app, vote).seal == ballots.OVER and store(app).keys.find(vote)
    assert [one.choices for one in held(app, vote)] == [{}], "no ballot is there any more"
    anew(tmp_path, database=database).extensions["house"].store.close()
    assert row(app, vote).seal == ballots.GONE and store(app).keys.find(vote) is None


def test_where_somebody_reads_the_log_it_is_emptied_later(app, lead, cards, begin, voters, tmp_path, caplog):
    if not store(app).is_sqlite:
        return  # it is never emptied there: the key is what goes
    vote = begin()
    cast(voters[0], vote, cards[0])
    with store(app).read() as session:
        session.execute(text("SELECT count(*) FROM ballot"))
        close(lead, vote)
        assert row(app, vote).seal == ballots.OVER and store(app).keys.find(vote) is None
        assert "tried again" in caplog.text
    assert scrubbing.finish(store(app)) and row(app, vote).seal == ballots.GONE
    assert (tmp_path / "tinkuy.sqlite-wal").stat().st_size <= 40_000


def test_a_copy_or_a_dump_of_it_running_holds_no_choice_and_one_of_after_only_who_voted(
        app, meeting, lead, cards, begin, voters, tmp_path):
    vote = begin()
    for one in voters[:6]:
        cast(one, vote, cards[0])
    with store(app).read() as session:
        running = dump.rows(session, meeting["workshop"])
    assert [one for one in running["ballot"] if one["activity_id"] == vote] == []
    if store(app).is_sqlite:
        copy = backup.pack(tmp_path, tmp_path / "copy.tar.gz")
        listed = subprocess.run(["tar", "tzf", copy], capture_output=True, text=True, check=True).stdout
        assert "ballot-keys" not in listed and "tinkuy.sqlite" in listed
        whole = subprocess.run(["tar", "xzOf", copy], capture_output=True, check=True).stdout
        assert cards[0].encode() in whole and not chosen(cards).search(whole)
    close(lead, vote)
    with store(app).read() as session:
        after = dump.rows(session, meeting["workshop"])
    marks = [one for one in after["ballot"] if one["activity_id"] == vote]
    assert len(marks) == 6 and all((one["choices"], one["rev"]) == ({}, ballots.LAST) for one in marks)
    assert "seal" not in after["activity"][0]


def test_nothing_of_it_is_in_the_log(app, lead, cards, begin, voters, caplog):
    caplog.set_level(logging.DEBUG)
    vote = begin()
    cast(voters[0], vote, cards[0])
    cast(voters[0], vote, cards[0])
    cast(voters[1], vote, cards[0], points=float("1e308"))
    close(lead, vote)
    assert not any(card in caplog.text for card in cards)


@pytest.mark.parametrize(("more", "code"), [
    ({"reveal": "live"}, "secret_live"), ({"reveal": "voted"}, "secret_live"),
    ({"rules": {"weights": {"d": 2}}}, "secret_weights"), ({"rules": {"mandates": {"d": 2}}}, "secret_mandates"),
    ({"rules": {"one_per": "delegation"}}, "secret_mandates"), ({"budget_of": "delegation"}, "secret_shared")])
def test_what_would_tell_is_refused(meeting, lead, more, code):
    settings = more | {"rules": SECRET["rules"] | more.get("rules", {})}
    answer = lead.do("vote.open", {"room": meeting["rooms"][0], "kind": "dots", "title": "?", "settings": settings}, None)
    assert answer["code"] == code


def test_several_processes_share_the_keys_and_none_keeps_one(app, meeting, lead, cards, begin, voters, tmp_path, database):
    vote, other = begin(), anew(tmp_path, database=database, rate=1e6, burst=10**6, tally_every=0)
    assert cast(voters[0], vote, cards[0])["ok"]
    there = Phone(other.test_client())
    there.join(meeting["code"], "De otro proceso")
    seat = there.place["seats"][0]["id"]
    assert cast(there, vote, cards[1])["ok"]
    close(lead, vote)
    assert row(app, vote).tally["ballots"] == 2
    told = reauthorize.new_ballots(other.extensions["house"], [seat], {(vote, seat): 1})
    assert [(one["choices"], one["rev"]) for one in told] == [({}, ballots.LAST)], "its devices there forget, too"
    assert cast(there, vote, cards[1], rev=1)["code"] == "vote_closed"
    other.extensions["house"].store.close()


def test_a_process_with_another_folder_takes_no_ballot_that_could_not_be_read(
        app, meeting, lead, cards, begin, voters, tmp_path, request):
    if store(app).is_sqlite:
        return  # the database and its keys are in one folder
    vote = begin()
    assert cast(voters[0], vote, cards[0])["ok"]
    other = anew(tmp_path / "elsewhere", database=store(app).url, rate=1e6, burst=10**6)
    there = Phone(other.test_client())
    there.join(meeting["code"], "De otro servidor")
    assert cast(there, vote, cards[1])["code"] == "secret_lost"
    other.extensions["house"].store.close()
    assert close(lead, vote)["tally"]["ballots"] == 1


def test_a_page_without_script_says_it_takes_the_ballot_and_shows_the_own_one(app, meeting, lead, begin, voters):
    vote, one = begin("scale", **SECRET), voters[0]
    there = f"/w/{meeting['workshop']}/r/1"
    page = one.http.get(there).get_data(as_text=True)
    assert "Voto secreto: nadie puede ver" in page
    form = {"token": re.search(r'name="token" value="([^"]+)"', page)[1], "cast": f"{vote}:room:4", "client": "c" * 22,
            "seat": one.place["seats"][0]["id"]}
    assert one.http.post(f"{there}/say", data=form).status_code == 303
    chosen = re.compile(f'value="{vote}:room:4"\\s+aria-pressed="true"')
    assert chosen.search(one.http.get(there).get_data(as_text=True))
    assert not chosen.search(voters[1].http.get(there).get_data(as_text=True))
    assert close(lead, vote)["tally"]["histogram"] == {"4": 1}
    assert "Voto secreto" not in one.http.get(there).get_data(as_text=True)


def test_without_its_key_no_ballot_is_taken_and_what_was_cast_is_counted_as_lost(app, lead, cards, begin, voters):
    vote = begin()
    cast(voters[0], vote, cards[0])
    store(app).keys.destroy(vote)
    assert cast(voters[1], vote, cards[0])["code"] == "secret_lost"
    assert cast(voters[0], vote, cards[0], rev=1)["code"] == "secret_lost"
    tally = close(lead, vote)["tally"]
    assert (tally["ballots"], tally["lost"]) == (0, 1)


def test_another_key_opens_nothing(app, lead, cards, begin, voters):
    vote = begin()
    cast(voters[0], vote, cards[0])
    store(app).keys.destroy(vote)
    store(app).keys.make(vote)
    assert cast(voters[1], vote, cards[0])["code"] == "secret_lost"


def test_keys_of_votes_that_are_no_more_are_destroyed(app, cards, begin, voters, monkeypatch):
    vote = begin()
    cast(voters[0], vote, cards[0])
    store(app).keys.make("of nothing")
    assert scrubbing.sweep(store(app)) == 0, "it may belong to a vote whose first ballot is not on disk yet"
    monkeypatch.setattr("workshop.store.secrecy.keys.YOUNG", -1.0)
    assert scrubbing.sweep(store(app)) == 1
    assert store(app).keys.find(vote) and store(app).keys.find("of nothing") is None


def test_two_who_were_one_person_have_one_secret_ballot(app, meeting, lead, cards, begin, voters):
    vote = begin()
    first, second = (one.place["seats"][0]["id"] for one in voters[:2])
    cast(voters[0], vote, cards[0]), cast(voters[1], vote, cards[1])
    join = {"workshop": meeting["workshop"], "seat": first, "into": second, "keep": "seat"}
    assert lead.do("seat.join", join, None)["ok"]
    tally = close(lead, vote)["tally"]
    assert (tally["ballots"], tally["items"]) == (1, {cards[0]: {"points": 3, "seats": 1, "delegations": 0}})


def test_a_trial_that_is_cleared_and_brought_back_goes_on(app, meeting, lead, cards, begin, voters, monkeypatch):
    vote = begin()
    cast(voters[0], vote, cards[0])
    assert lead.do("workshop.clear", {"workshop": meeting["workshop"]}, None)["ok"]
    monkeypatch.setattr("workshop.store.secrecy.keys.YOUNG", -1.0)
    assert scrubbing.sweep(store(app)) == 0
    assert lead.do("workshop.recover", {"workshop": meeting["workshop"]}, None)["ok"]
    assert close(lead, vote)["tally"]["items"][cards[0]]["points"] == 3


def test_a_sealed_ballot_is_of_one_length_whatever_was_chosen(app, cards, begin, voters):
    vote = begin("choice", **SECRET)
    for one, card in zip(voters, [cards[0], cards[1], cards[0]], strict=False):
        cast(one, vote, card, points=1)
    assert voters[3].do("ballot.cast", {"activity": vote, "choices": {}, "base_rev": 0})["ok"]
    texts = [one.choices[ballots.SEAL] for one in held(app, vote)]
    assert len(set(map(len, texts))) == 1 and len(set(texts)) == 4




def test_a_vote_becomes_secret_before_its_first_ballot_only_with_what_a_secret_one_may_have(app, meeting):
    elena = facilitator(app, meeting)
    vote = ok(elena.do("vote.open", {"room": meeting["rooms"][0], "kind": "scale", "title": "¿Seguimos?"}, None))["card"]
    rule = {"activity": vote["id"], "rules": {"named": "secret"}}
    assert elena.do("vote.rule", rule, None)["code"] == "secret_live", "a scale is usually seen at once"
    assert ok(elena.do("vote.rule", rule | {"reveal": "close"}, None))["card"]["settings"]["rules"] == {"named": "secret"}
    more = {"named": "secret", "one_per": "delegation"}
    assert elena.do("vote.rule", rule | {"reveal": "close", "rules": more}, None)["code"] == "secret_mandates"
