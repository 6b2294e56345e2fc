"""Votes that the team enters: raised hands, paper, telephone. A seat counts once, whatever the channel."""
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support import cast
from workshop.actions.people import sessions
from workshop.store.models import Account, Activity, Attended, HandCount, Membership, Room, Seat, Workshop

OPTIONS = [{"key": key, "title": {"es": title}} for key, title in (
    ("si", "A favor"), ("no", "En contra"), ("abs", "Abstención"))]
NAMES = ("Rosa", "Luis", "Ana", "Pedro", "Elvira", "Tomás", "Julia", "Marco")


class Vote:
    """A vote between three options in room 1, in which eight people are."""

    def __init__(self, app, meeting, phone, elena, room=None, kind="choice", options=OPTIONS, **more):
        self.app, self.meeting, self.elena, self.phones = app, meeting, elena, {}
        self.room = meeting["rooms"][0] if room is None else room
        self.ids = {}
        for name in NAMES:
            self.phones[name] = phone()
            self.ids[name] = self.phones[name].join(meeting["code"], name)["seats"][0]["id"]
        self.open(kind, options, **more)

    def open(self, kind="choice", options=OPTIONS, **more):
        given = {"reveal": "live"} | ({"options": options} if options else {}) | more
        asked = {"room": self.room, "kind": kind, "title": "¿Seguimos?", "settings": given}
        self.id = cast.ok(self.elena.do("vote.open", asked, None))["card"]["id"]
        self.n = 0
        return self

    def count(self, *lines, who=None, **more):
        """Enter (choice, how many, *names) lines; the answer."""
        self.n += 1
        said = [{"choices": {line[0]: 1} if isinstance(line[0], str) else line[0], "n": line[1],
                 "seats": [self.ids[name] for name in line[2:]]} for line in lines]
        payload = {"activity": self.id, "count": f"count-{self.n}", "how": "hands", "lines": said, "base_rev": 0} | more
        return (who or self.elena).do("vote.count", payload, None)

    def back(self, n, rev=1, **more):
        return self.elena.do("vote.uncount", {"activity": self.id, "count": f"count-{n}", "base_rev": rev} | more, None)

    def cast(self, name, choice, rev=0):
        return self.phones[name].do("ballot.cast", {"activity": self.id, "choices": {choice: 1}, "base_rev": rev})

    def card(self):
        return self.elena.catch_up(self.room if self.room in self.meeting["rooms"] else self.meeting["workshop"])[self.id]

    def stored(self):
        """What the card says, out of the store: asking for it thousands of times is refused."""
        with self.app.extensions["house"].store.read() as session:
            it = session.get(Activity, self.id)
            return {"tally": it.tally or {"items": {}, "ballots": 0}, "hands": it.hands or []}

    def result(self):
        """({option: people}, people in all)."""
        tally = self.card()["tally"]
        return {key: one["seats"] for key, one in tally["items"].items()}, tally["ballots"]

    def told(self):
        hands = self.card().get("hands", ())
        return [{key: value for key, value in one.items() if key not in ("at", "id")} for one in hands]


@pytest.fixture
def vote(app, meeting, phone, elena):
    return Vote(app, meeting, phone, elena)


def rapporteur(app, meeting, room, email="rita@example.org", role="rapporteur"):
    house = app.extensions["house"]
    with house.store.write() as session:
        account = Account(email=email, name="Rita", password_hash="x", created_at=house.clock())
        session.add(account)
        session.flush()
        session.add(Membership(workshop_id=meeting["workshop"], account_id=account.id, role=role, room_id=room))
        session.flush()
        cookie = sessions.sign_in(session, house.clock(), None, account)
    laptop = cast.Phone(app.test_client())
    laptop.http.set_cookie("tinkuy", cookie)
    return laptop


def test_hands_count_beside_ballots_and_say_who_counted_them_where(vote):
    cast.ok(vote.cast("Rosa", "si"))
    answer = cast.ok(vote.count(("si", 5), ("no", 1)))
    assert answer["count"] == {"id": "count-1", "rev": 1}
    assert vote.result() == ({"si": 6, "no": 1}, 7)
    assert vote.told() == [{"how": "hands", "n": 6, "by": "Elena Quispe"}]
    assert vote.card()["hands"][0]["at"]
    card = vote.phones["Rosa"].catch_up(vote.room)[vote.id]
    assert "count-1" not in str(card), "of a count that stands nobody needs the id"


def test_more_hands_than_seats_are_refused_with_the_numbers(vote):
    cast.ok(vote.cast("Rosa", "si"))
    refused = vote.count(("si", 8), ("no", 1))
    assert (refused["code"], refused["values"]) == ("too_many_hands", {"n": 9, "left": 7, "all": 8})
    assert vote.card().get("hands") is None and vote.result() == ({"si": 1}, 1)
    cast.ok(vote.count(("si", 7)))
    again = vote.count(("no", 1))
    assert (again["code"], again["values"]["left"]) == ("too_many_hands", 0)


def test_an_own_ballot_takes_the_place_of_a_ticked_hand(vote):
    cast.ok(vote.count(("si", 3, "Rosa", "Luis"), ("no", 2)))
    assert vote.result() == ({"si": 3, "no": 2}, 5)
    cast.ok(vote.cast("Rosa", "no"))
    assert vote.result() == ({"si": 2, "no": 3}, 5)
    assert vote.told() == [{"how": "hands", "n": 4, "by": "Elena Quispe"}]
    refused = vote.count(("si", 1, "Rosa"))
    assert (refused["code"], refused["values"]) == ("has_voted", {"name": "Rosa"})


def test_a_count_that_has_become_too_large_goes_back_marked_and_is_not_made_smaller(vote):
    cast.ok(vote.count(("si", 6), ("no", 1)))
    cast.ok(vote.cast("Rosa", "no"))
    assert vote.result() == ({"si": 6, "no": 2}, 8)
    cast.ok(vote.cast("Luis", "no"))
    assert vote.result() == ({"no": 2}, 2), "none of it counts"
    assert vote.told() == [{"how": "hands", "n": 7, "by": "Elena Quispe", "over": 6}]
    assert vote.card()["hands"][0]["id"] == "count-1"
    vote.n = 0
    cast.ok(vote.count(("si", 5), ("no", 1), base_rev=1))
    assert vote.result() == ({"si": 5, "no": 3}, 8) and "over" not in vote.card()["hands"][0]


def test_a_count_comes_back_when_there_are_seats_again(vote):
    cast.ok(vote.count(("no", 2)))
    cast.ok(vote.count(("si", 6)))
    cast.ok(vote.cast("Rosa", "no"))
    assert vote.result() == ({"no": 3}, 3), "the later one went back"
    cast.ok(vote.back(1))
    assert vote.result() == ({"si": 6, "no": 1}, 7)


def test_a_count_is_corrected_and_taken_back_by_who_has_seen_it_last(vote):
    cast.ok(vote.count(("si", 4)))
    vote.n = 0
    refused = vote.count(("si", 5))
    assert (refused["code"], refused["values"]) == ("stale_count", {"rev": 1})
    vote.n = 0
    assert cast.ok(vote.count(("si", 5), base_rev=1))["count"]["rev"] == 2
    assert vote.back(1, 1)["code"] == "stale_count"
    assert vote.back(2, 1)["code"] == "not_here"
    cast.ok(vote.back(1, 2))
    assert vote.result()[1] == 0 and not vote.card().get("hands")
    cast.ok(vote.back(1, 2))  # a second time does nothing
    vote.n = 0
    assert vote.count(("si", 5), base_rev=3)["code"] == "not_here"
    vote.n = 5
    assert vote.count(("si", 5), base_rev=3)["code"] == "stale_count"


def test_a_sheet_is_entered_once(vote):
    cast.ok(vote.count(("si", 1), how="paper", sheet=17))
    cast.ok(vote.count(("no", 1), how="paper", sheet=18))
    assert vote.told() == [{"how": "paper", "n": 2, "by": "Elena Quispe", "sheets": 2}]
    refused = vote.count(("no", 1), how="paper", sheet=17)
    assert (refused["code"], refused["values"]) == ("already_entered", {"sheet": "0017", "who": "Elena Quispe"})
    cast.ok(vote.back(1))
    cast.ok(vote.count(("no", 1), how="paper", sheet=17))
    assert vote.result() == ({"no": 2}, 2)
    assert vote.count(("no", 2), how="paper", sheet=19)["code"] == "one_sheet"
    assert vote.count(("no", 1), ("si", 1), how="paper", sheet=19)["code"] == "one_sheet"
    assert vote.count(("no", 1), sheet=19)["code"] == "one_sheet", "hands have no sheets"


def test_somebody_who_telephones_is_ticked_and_counts_as_by_telephone(vote):
    cast.ok(vote.count(("si", 1, "Ana"), how="telephone"))
    assert vote.told() == [{"how": "telephone", "n": 1, "by": "Elena Quispe"}]
    refused = vote.count(("no", 2, "Ana"))
    assert (refused["code"], refused["values"]) == ("counted_already", {"name": "Ana", "who": "Elena Quispe"})
    assert vote.count(("si", 1), how="telephone")["code"] == "too_many_hands", "nobody else is far away"
    cast.ok(vote.cast("Ana", "no"))
    assert vote.result() == ({"no": 1}, 1)


def test_what_is_ticked_wrongly_is_refused(vote):
    assert vote.count(("si", 2, "Ana"), ("no", 1, "Ana"))["code"] == "ticked_twice"
    assert vote.count(("si", 1, "Ana", "Rosa"))["code"] == "ticked_more"
    vote.ids["?"] = "nobody"
    assert vote.count(("si", 1, "?"))["code"] == "not_at_place"
    assert vote.count(("tal vez", 1))["code"] == "bad_choice"
    assert vote.count(({}, 1))["code"] == "bad_payload"
    assert vote.count(("si", 0))["code"] == "bad_payload"
    assert vote.count(("si", 1.5))["code"] == "bad_payload"
    assert vote.count(("si", 10**9))["code"] == "bad_payload"
    assert not vote.card().get("hands")


def test_places_are_sites_and_each_has_its_own_seats(app, meeting, phone, elena):
    oruro, puno = cast.sites(app, meeting, "Oruro", "Puno")
    vote = Vote(app, meeting, phone, elena)
    with app.extensions["house"].store.write() as session:
        for i, name in enumerate(NAMES):
            session.get(Seat, vote.ids[name]).site_id = oruro if i < 5 else puno
    cast.ok(vote.count(("si", 4), site=oruro))
    assert vote.told() == [{"how": "hands", "n": 4, "by": "Elena Quispe", "site": "Oruro"}]
    refused = vote.count(("si", 2), site=oruro)
    assert (refused["code"], refused["values"]) == ("too_many_hands", {"n": 2, "left": 1, "all": 5})
    assert vote.count(("si", 1, "Marco"), site=oruro)["code"] == "not_at_place"
    assert vote.count(("si", 5))["values"]["left"] == 4, "those who are left of the hall: one of Oruro, three of Puno"
    cast.ok(vote.count(("no", 4)))
    assert vote.count(("si", 1), site=puno)["code"] == "too_many_hands"
    assert vote.count(("si", 1), site="nowhere")["code"] == "no_such_place"
    assert vote.count(("si", 1), table=meeting["rooms"][1])["code"] == "no_such_place", "a room's vote has no tables"


def test_tables_of_the_plenary_are_counted_by_their_rapporteurs(app, meeting, phone, elena):
    with app.extensions["house"].store.read() as session:
        plenary = session.query(Room).filter_by(workshop_id=meeting["workshop"], kind="plenary").one().id
    vote = Vote(app, meeting, phone, elena, room=plenary)
    rita, room = rapporteur(app, meeting, meeting["rooms"][0]), meeting["rooms"][0]
    assert vote.count(("si", 2), who=rita)["code"] == "forbidden", "not of everybody"
    assert vote.count(("si", 2), who=rita, table=meeting["rooms"][1])["code"] == "forbidden"
    cast.ok(vote.count(("si", 7), who=rita, table=room))
    assert vote.told() == [{"how": "hands", "n": 7, "by": "Rita", "room": 1}]
    refused = vote.count(("si", 2), who=rita, table=room)
    assert (refused["code"], refused["values"]) == ("too_many_hands", {"n": 2, "left": 1, "all": 8})
    watcher = rapporteur(app, meeting, meeting["rooms"][1], "olga@example.org", "observer")
    assert watcher.do("vote.uncount", {"activity": vote.id, "count": "count-3", "base_rev": 1}, None)["code"] == "forbidden"
    assert cast.ok(rita.do("vote.uncount", {"activity": vote.id, "count": "count-3", "base_rev": 1}, None))


def test_hands_are_raised_for_each_card_by_the_same_people(app, meeting, phone, elena):
    vote = Vote(app, meeting, phone, elena, kind="opinions", options=())
    board = cast.activities(app, vote.room)["ideas"]
    one, other = (vote.phones["Rosa"].post(board, text)["card"]["id"] for text in ("Semillas", "Agua"))
    cast.ok(vote.count(({one: 1}, 5, "Rosa"), ({one: -1}, 2), ({other: 1}, 8, "Rosa", "Luis")))
    assert vote.card()["tally"] == {"items": {one: {"agree": 5, "disagree": 2, "pass": 0},
                                              other: {"agree": 8, "disagree": 0, "pass": 0}}, "ballots": 8}
    cast.ok(vote.phones["Rosa"].do("ballot.cast", {"activity": vote.id, "choices": {one: 0}, "base_rev": 0}))
    assert vote.card()["tally"] == {"items": {one: {"agree": 4, "disagree": 2, "pass": 1},
                                              other: {"agree": 7, "disagree": 0, "pass": 0}}, "ballots": 8}
    assert vote.count(({"nowhere": 1}, 1))["code"] == "no_such_card"


def test_single_sheets_of_dots_keep_their_budget(app, meeting, phone, elena):
    vote = Vote(app, meeting, phone, elena, kind="dots", options=(), budget=5, per_item=3)
    card = vote.phones["Rosa"].post(cast.activities(app, vote.room)["ideas"], "Semillas")["card"]["id"]
    assert vote.count(({card: 4}, 1), how="paper", sheet=1)["code"] == "over_item"
    cast.ok(vote.count(({card: 3}, 1), how="paper", sheet=1))
    assert vote.card()["tally"]["items"] == {card: {"points": 3, "seats": 1, "delegations": 0}}


def test_what_takes_no_hands_and_what_is_over_refuses(vote):
    board = cast.activities(vote.app, vote.room)
    assert vote.count(("si", 1), activity=board["ideas"])["code"] == "not_for_this"
    assert vote.count(("si", 1), activity=board["dots"])["code"] == "step_closed"
    cast.ok(vote.count(("si", 2)))
    cast.ok(vote.elena.do("vote.close", {"activity": vote.id}, None))
    assert vote.count(("si", 1))["code"] == "vote_closed"
    assert vote.back(3)["code"] == "vote_closed"
    assert vote.result() == ({"si": 2}, 2)


@pytest.mark.parametrize(("rules", "lines", "more", "code"), [
    ({"one_per": "delegation"}, [("si", 1)], {}, "one_per_delegation"),
    ({"weights": {"x": 2}, "weights_for": "tamaño"}, [("si", 2, "Ana")], {}, "tick_each"),
    ({"named": "secret"}, [("si", 2)], {}, "secret_counts_only"),
    ({"named": "secret"}, [("si", 2, "Ana")], {"how": "paper"}, "secret_counts_only"),
    ({"named": "secret"}, [("si", 1)], {"how": "paper", "sheet": 3}, "secret_counts_only")])
def test_the_rules_of_the_vote_hold_for_hands(vote, rules, lines, more, code):
    with vote.app.extensions["house"].store.write() as session:
        it = session.get(Activity, vote.id)
        it.settings = it.settings | {"rules": rules}
    assert vote.count(*lines, **more)["code"] == code
    if rules.get("named") == "secret":
        cast.ok(vote.count(("si", 2), how="paper"))


def test_only_those_who_may_vote_have_seats(vote):
    with vote.app.extensions["house"].store.write() as session:
        it = session.get(Activity, vote.id)
        it.settings = it.settings | {"rules": {"who": {"channels": ["remote"]}}}
        session.get(Seat, vote.ids["Ana"]).channel = "remote"
        for row in session.query(Attended).filter_by(seat_id=vote.ids["Ana"]):  # as a correction does
            row.channel = "remote"
    assert vote.count(("si", 1))["values"]["all"] == 0
    cast.ok(vote.count(("si", 1), how="telephone"))


def test_of_a_hidden_vote_only_how_many_were_entered_is_told(app, meeting, phone, elena):
    vote = Vote(app, meeting, phone, elena, reveal="close")
    cast.ok(vote.count(("si", 5), ("no", 1)))
    card = vote.phones["Rosa"].catch_up(vote.room)[vote.id]
    assert card["tally"] is None and card["hands"][0]["n"] == 6 and '"si"' not in str(card["hands"])
    cast.ok(vote.elena.do("vote.close", {"activity": vote.id}, None))
    assert vote.result() == ({"si": 5, "no": 1}, 6)


def test_two_seats_that_are_one_person_count_once(vote, do):
    cast.ok(vote.count(("si", 2, "Rosa", "Luis")))
    cast.ok(vote.cast("Ana", "no"))
    cast.ok(do("seat.join", seat=vote.ids["Rosa"], into=vote.ids["Ana"], keep="into"))
    cast.ok(vote.cast("Pedro", "no"))
    assert vote.result() == ({"si": 1, "no": 2}, 3)


def test_the_history_tells_what_was_entered_by_whom(vote):
    cast.ok(vote.count(("si", 5)))
    cast.ok(vote.count(("si", 1), how="paper", sheet=4))
    cast.ok(vote.back(1))
    vote.n = 1
    cast.ok(vote.count(("no", 1), how="paper", sheet=4, base_rev=1))
    page = vote.elena.http.get(f"/w/{vote.meeting['workshop']}/history").get_data(as_text=True)
    for said in ("anotó 5 votos a mano alzada", "anotó la papeleta 0004", "quitó lo anotado: 5 votos a mano alzada",
                 "corrigió lo anotado: la papeleta 0004"):
        assert said in page, said


def test_names_that_were_ticked_leave_no_anonymous_workshop(vote):
    cast.ok(vote.count(("si", 2, "Rosa"), ("no", 1)))
    with vote.app.extensions["house"].store.write() as session:
        session.get(Workshop, vote.meeting["workshop"]).privacy = "anonymous"
    file = vote.elena.http.get(f"/w/{vote.meeting['workshop']}/report.json").get_json()
    [row] = file["tables"]["hand_count"]
    assert [(line["choices"], line["n"], line["seats"]) for line in row["lines"]] == [({"si": 1}, 2, []), ({"no": 1}, 1, [])]


OPS = st.lists(st.one_of(
    st.tuples(st.just("cast"), st.sampled_from(NAMES), st.sampled_from(["si", "no"])),
    st.tuples(st.just("count"), st.integers(1, 6), st.lists(st.sampled_from(NAMES), unique=True, max_size=3)),
    st.tuples(st.just("fix"), st.integers(1, 4), st.integers(1, 6)),
    st.tuples(st.just("back"), st.integers(1, 4), st.just(0))), min_size=1, max_size=14)


def test_however_ballots_and_counts_come_a_seat_counts_once(vote):
    @settings(max_examples=40, suppress_health_check=list(HealthCheck))
    @given(OPS)
    def holds(ops):
        vote.open()
        own, counts = {}, {}
        for what, a, b in ops:
            if what == "cast":
                cast.ok(vote.cast(a, b, own.get(a, (0,))[0]))
                own[a] = own.get(a, (0,))[0] + 1, b
            elif what == "count" and vote.count(("abs", max(a, len(b)), *b)).get("ok"):
                counts[vote.n] = 1
            elif what == "fix" and a in counts:
                last, vote.n = vote.n, a - 1
                counts[a] += bool(vote.count(("abs", b), base_rev=counts[a]).get("ok"))
                vote.n = last
            elif what == "back" and a in counts:
                cast.ok(vote.back(a, counts.pop(a)))
            card = vote.stored()
            result, people = {key: one["seats"] for key, one in card["tally"]["items"].items()}, card["tally"]["ballots"]
            assert people == sum(result.values()) <= len(NAMES), "more votes than seats"
            for choice in ("si", "no"):
                assert result.get(choice, 0) == sum(one == choice for _rev, one in own.values())
            counted = [one for one in card["hands"] if "over" not in one]
            assert result.get("abs", 0) == sum(one["n"] for one in counted)
        with vote.app.extensions["house"].store.read() as session:
            rows = session.query(HandCount).filter_by(activity_id=vote.id, withdrawn_at=None).all()
            standing = [row for row in rows if row.returned_at is None]
            assert sum(line["n"] - sum(seat in {vote.ids[name] for name in own} for seat in line["seats"])
                       for row in standing for line in row.lines) + len(own) <= len(NAMES)
    holds()
