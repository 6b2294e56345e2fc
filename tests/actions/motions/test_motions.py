"""Formal motions: quorum, majority, weights, proxies, calls, hands; numbers alone."""
import pytest

from tests.actions.hands.test_hands import NAMES, rapporteur
from tests.support import cast
from workshop.actions import importing
from workshop.domain.kinds import kinds
from workshop.store.files import dump
from workshop.store.models import Account, Activity, Delegation, Proxy, Room, Seat
from workshop.words import speaking

MOTION = kinds()["motion"]
WAYS = {"+": "for", "-": "against", "0": "abstain"}


class Assembly:
    """The plenary, with eight people, in which one may hold two voices of others."""

    def __init__(self, app, meeting, phone, elena, proxies=2):
        self.app, self.meeting, self.elena, self.phones, self.ids = app, meeting, elena, {}, {}
        for name in NAMES:
            self.phones[name] = phone()
            self.ids[name] = self.phones[name].join(meeting["code"], name)["seats"][0]["id"]
        with app.extensions["house"].store.read() as session:
            self.room = session.query(Room.id).filter_by(workshop_id=meeting["workshop"], kind="plenary").scalar()
        if proxies:
            cast.ok(elena.do("proxy.limit", {"room": self.room, "most": proxies}, None))
        self.revs = {}

    def open(self, rules=None, **settings):
        given = {"reveal": "live", "majority": "more"} | settings | ({"rules": rules} if rules else {})
        asked = {"room": self.room, "kind": "motion", "title": "Se aprueba el acta", "settings": given}
        self.id = cast.ok(self.elena.do("vote.open", asked, None))["card"]["id"]
        self.revs = {}
        return self

    def cast(self, name, way):
        choices = {"motion": WAYS[way]} if way else {}
        answer = self.phones[name].do("ballot.cast", {
            "activity": self.id, "choices": choices, "base_rev": self.revs.get(name, 0)})
        self.revs[name] = self.revs.get(name, 0) + bool(answer.get("ok"))
        return answer

    def give(self, giver, holder, by_team=False):
        payload = {"room": self.room, "holder": self.ids[holder]}
        if by_team:
            return self.elena.do("proxy.give", payload | {"giver": self.ids[giver]}, None)
        return self.phones[giver].do("proxy.give", payload)

    def end(self, proxy, who=None):
        payload = {"room": self.room, "proxy": proxy}
        return self.phones[who].do("proxy.end", payload) if who else self.elena.do("proxy.end", payload, None)

    def hands(self, *lines, count="hands", **more):
        said = [{"choices": {"motion": WAYS[way]}, "n": n, "seats": [self.ids[one] for one in who]}
                for way, n, *who in lines]
        return self.elena.do("vote.count", {
            "activity": self.id, "count": count, "how": "hands", "base_rev": 0, "lines": said} | more, None)

    def close(self):
        return cast.ok(self.elena.do("vote.close", {"activity": self.id}, None))

    def tally(self):
        with self.app.extensions["house"].store.read() as session:
            return session.get(Activity, self.id).tally

    def counts(self):
        given = self.tally()["items"].get("motion", {}).get("counts", {})
        return tuple(given.get(way, 0) for way in WAYS.values())

    def said(self, language="en"):
        with self.app.extensions["house"].store.read() as session, speaking(language):
            vote = session.get(Activity, self.id)
            return MOTION.report.result(vote.settings, vote.tally).said


@pytest.fixture
def hall(app, meeting, phone, elena):
    return Assembly(app, meeting, phone, elena)


def code(answer):
    return "ok" if answer.get("ok") else answer["code"]


def test_the_holder_of_a_voice_counts_for_both_and_is_told_apart_in_numbers(hall):
    assert code(hall.give("Rosa", "Luis")) == "ok"
    assert code(hall.give("Ana", "Luis", by_team=True)) == "ok"
    hall.open(quorum=5)
    cast.ok(hall.cast("Luis", "+"))
    cast.ok(hall.cast("Pedro", "-"))
    hall.close()
    tally = hall.tally()
    assert hall.counts() == (3, 1, 0)
    assert (tally["ballots"], tally["votes"], tally["proxies"]) == (2, 4, 2)
    assert (tally["needed"], tally["carried"], tally["met"]) == (2, 1, 1)
    assert "2 votes of these were given by proxy" in hall.said()
    with hall.app.extensions["house"].store.read() as session:
        assert {(row.giver_id, bool(row.account_id)) for row in session.query(Proxy)} == {
            (hall.ids["Rosa"], False), (hall.ids["Ana"], True)}


def test_an_own_ballot_comes_before_the_proxy_and_gives_way_to_it_again(hall):
    cast.ok(hall.give("Rosa", "Luis"))
    hall.open()
    cast.ok(hall.cast("Luis", "+"))
    assert hall.counts() == (2, 0, 0)
    cast.ok(hall.cast("Rosa", "-"))
    assert hall.counts() == (1, 1, 0)
    cast.ok(hall.cast("Rosa", ""))
    assert hall.counts() == (2, 0, 0), "taken back: her voice is held again"


@pytest.mark.parametrize("by_team", [False, True])
def test_refused_proxies_say_why_and_leave_the_ballots(hall, by_team):
    cast.ok(hall.give("Rosa", "Luis", by_team))
    before = {("Rosa", "Luis"): "proxy_given", ("Ana", "Rosa"): "proxy_of_proxy", ("Luis", "Ana"): "proxy_of_proxy",
              ("Ana", "Ana"): "proxy_self", ("Rosa", "Ana"): "proxy_given"}
    for (giver, holder), refused in before.items():
        assert code(hall.give(giver, holder, by_team)) == refused, (giver, holder)
    cast.ok(hall.give("Ana", "Luis", by_team))
    limit = hall.give("Pedro", "Luis", by_team)
    assert (limit["code"], limit["values"]) == ("proxy_limit", {"name": "Luis", "limit": 2})
    hall.open()
    cast.ok(hall.cast("Pedro", "-"))
    voted = hall.give("Pedro", "Elvira", by_team)
    assert (voted["code"], voted["values"]) == ("proxy_voted", {"name": "Pedro"})
    assert code(hall.give("Elvira", "Pedro", by_team)) == "proxy_late"
    assert hall.counts() == (0, 1, 0)
    cast.ok(hall.hands(("+", 1, "Julia")))
    assert code(hall.give("Julia", "Marco", by_team)) == "proxy_voted", "a hand that was ticked is a ballot too"
    assert hall.counts() == (1, 1, 0)


def test_a_room_takes_no_proxies_unless_its_limit_says_so(app, meeting, phone, elena):
    hall = Assembly(app, meeting, phone, elena, proxies=0)
    assert code(hall.give("Rosa", "Luis")) == "no_proxies"
    assert code(elena.do("proxy.limit", {"room": hall.room, "most": 51}, None)) == "bad_payload"


def test_only_oneself_or_the_team_gives_and_takes_back(hall):
    stolen = hall.phones["Luis"].do("proxy.give", {
        "room": hall.room, "giver": hall.ids["Rosa"], "holder": hall.ids["Luis"]})
    assert code(stolen) == "forbidden"
    proxy = cast.ok(hall.give("Rosa", "Luis"))["proxy"]
    assert code(hall.end(proxy, "Luis")) == "forbidden"
    assert code(hall.end("nothing")) == "not_here"
    hall.open()
    cast.ok(hall.cast("Luis", "+"))
    assert hall.counts() == (2, 0, 0)
    cast.ok(hall.end(proxy, "Rosa"))
    assert hall.counts() == (1, 0, 0)
    assert code(hall.end(proxy)) == "ok", "twice is once"


def test_when_the_holder_leaves_the_voice_is_its_giver_s_again(hall, meeting):
    cast.ok(hall.give("Rosa", "Luis"))
    hall.open()
    cast.ok(hall.cast("Luis", "+"))
    cast.ok(hall.cast("Ana", "-"))
    assert hall.counts() == (2, 1, 0)
    cast.ok(hall.elena.do("seat.remove", {"workshop": meeting["workshop"], "seats": [hall.ids["Luis"]]}, None))
    assert hall.counts() == (1, 1, 0), "what Luis gave for himself stands, for Rosa it does not"
    gone = hall.give("Pedro", "Luis", by_team=True)
    assert (gone["code"], gone["values"]) == ("proxy_gone", {"name": "Luis"})
    assert code(hall.give("Rosa", "Ana", by_team=True)) == "proxy_late"
    cast.ok(hall.cast("Rosa", "-"))
    assert hall.counts() == (1, 2, 0)


@pytest.mark.parametrize("rules", [{"named": "secret"}, {"one_per": "delegation"}])
def test_no_proxy_counts_where_nobody_may_know_or_delegations_vote(hall, rules, app):
    with app.extensions["house"].store.write() as session:
        home = session.query(Delegation.id).order_by(Delegation.position).first()[0]
        for name in ("Luis", "Rosa"):
            session.get(Seat, hall.ids[name]).delegation_id = home
    cast.ok(hall.give("Rosa", "Luis"))
    hall.open(rules=rules, **({"reveal": "close"} if "named" in rules else {}))
    cast.ok(hall.cast("Luis", "+"))
    hall.close()
    assert hall.counts() == (1, 0, 0) and "proxies" not in hall.tally() and hall.tally()["represented"] == 0


def test_the_voice_weighs_what_its_giver_s_delegation_weighs(hall, app):
    with app.extensions["house"].store.write() as session:
        one, other = [row[0] for row in session.query(Delegation.id).order_by(Delegation.position).limit(2)]
        session.get(Seat, hall.ids["Luis"]).delegation_id = one
        session.get(Seat, hall.ids["Rosa"]).delegation_id = other
    cast.ok(hall.give("Rosa", "Luis"))
    hall.open(rules={"weights": {other: 3}, "weights_for": "Tres comunidades"})
    cast.ok(hall.cast("Luis", "+"))
    assert hall.counts() == (4, 0, 0) and hall.tally()["proxies"] == 3


def test_hands_find_no_seat_of_whom_somebody_has_voted_for(hall):
    cast.ok(hall.give("Rosa", "Luis"))
    hall.open()
    cast.ok(hall.cast("Luis", "+"))
    refused = hall.hands(("+", 5), ("-", 2))
    assert (refused["code"], refused["values"]["left"]) == ("too_many_hands", 6)
    cast.ok(hall.hands(("+", 4), ("-", 2)))
    assert hall.counts() == (6, 2, 0)


def test_a_ticked_holder_counts_for_both(hall):
    cast.ok(hall.give("Rosa", "Luis"))
    hall.open()
    cast.ok(hall.hands(("+", 1, "Luis"), ("-", 3)))
    assert hall.counts() == (2, 3, 0) and hall.tally()["proxies"] == 1
    refused = hall.hands(("-", 4), count="more")
    assert (refused["code"], refused["values"]["left"]) == ("too_many_hands", 3)


def test_thirteen_hands_find_no_room_on_eight_seats(hall):
    hall.open()
    cast.ok(hall.cast("Luis", "-"))
    refused = hall.hands(("+", 13))
    assert (refused["code"], refused["values"]) == ("too_many_hands", {"n": 13, "left": 7, "all": 8})
    assert hall.counts() == (0, 1, 0)


def test_without_a_quorum_nothing_is_decided_and_the_second_call_has_its_own(hall):
    hall.open(quorum=9, quorum_second=2, present=5)
    cast.ok(hall.cast("Luis", "+"))
    hall.close()
    first = hall.tally()
    assert (first["call"], first["quorum"], first["met"], first["carried"]) == (1, 9, 0, 0)
    assert "Quorum 9: not reached with 5. " in hall.said() and "nothing is decided" in hall.said()
    hall.id, hall.revs = cast.ok(hall.elena.do("vote.again", {"activity": hall.id}, None))["card"]["id"], {}
    cast.ok(hall.cast("Luis", "+"))
    hall.close()
    second = hall.tally()
    assert (second["call"], second["quorum"], second["met"], second["carried"]) == (2, 2, 1, 1)
    page = hall.elena.http.get(f"/w/{hall.meeting['workshop']}/votes/{hall.id}").get_data(as_text=True)
    for said in ("9", "2"):
        assert said in page
    said = {language: hall.said(language) for language in ("es", "fr", "en")}
    assert not any(word in text.lower() for text in said.values() for word in (
        "unanim", "unánim", "ampli", "large ", "broad"))


@pytest.mark.parametrize(("settings", "asked"), [
    ({"majority": "most"}, "bad_settings"), ({"majority": 3}, "bad_settings"), ({"quorum": "5"}, "bad_settings"),
    ({"quorum": 5001}, "bad_settings"), ({"quorum_share": 101}, "bad_settings"), ({"text": 5}, "bad_settings"),
    ({"text": "x" * 4001}, "bad_settings"), ({"quorum": 3, "quorum_share": 50}, "bad_settings"),
    ({"criteria": []}, "bad_settings"), ({"text": "Se aprueba el acta de la sesión anterior."}, "ok")])
def test_settings_that_cannot_be_are_refused(hall, settings, asked):
    answer = hall.elena.do("vote.open", {"room": hall.room, "kind": "motion", "title": "Acta", "settings": {
        "majority": "more"} | settings}, None)
    assert code(answer) == asked


def test_a_rapporteur_enters_no_proxies(hall, app, meeting):
    rita = rapporteur(app, meeting, meeting["rooms"][0])
    assert code(rita.do("proxy.give", {"room": hall.room, "giver": hall.ids["Rosa"], "holder": hall.ids["Luis"]}, None)
                ) == "not_here"


def test_a_file_brings_proxies_and_a_report_none(hall, app, meeting):
    cast.ok(hall.elena.do("workshop.edit", {"workshop": meeting["workshop"], "privacy": "named"}, None))
    cast.ok(hall.give("Rosa", "Luis"))
    hall.open(text="Se aprueba el acta.")
    cast.ok(hall.cast("Luis", "+"))
    hall.close()
    public = hall.elena.http.get(f"/w/{meeting['workshop']}/report.json").get_json()
    assert public["tables"]["proxy"] == [], "a report does not tell who voted how, nor for whom"
    house = app.extensions["house"]
    with house.store.write() as session:
        file = {"format": importing.FORMAT, "tables": dump.rows(session, meeting["workshop"])}
        importing.import_workshop(session, house.clock(), file, session.get(Account, meeting["owner"]))
        session.flush()
        rows = session.query(Proxy).filter(Proxy.room_id != hall.room).all()
        assert len(rows) == 1 and rows[0].giver_id not in hall.ids.values()
        made = session.query(Activity).filter(Activity.kind == "motion", Activity.id != hall.id).one()
        assert made.tally == hall.tally()


def test_quorum_and_majority_are_set_before_the_first_ballot_and_the_door_s_count_later_too(hall):
    hall.open()
    rule = {"activity": hall.id, "rules": {}}
    made = {"quorum": 3, "majority": "thirds_all", "quorum_share_second": 50}
    cast.ok(hall.elena.do("vote.rule", rule | {"set": made}, None))
    for odd in ({"quorum": 0}, {"quorum": "3"}, {"majority": "most"}, {"source": "x"}, {"quorum_share": 5},
                {"quorum": True}):
        assert code(hall.elena.do("vote.rule", rule | {"set": odd}, None)) == "bad_settings", odd
    cast.ok(hall.cast("Luis", "+"))
    assert (hall.tally()["quorum"], hall.tally()["met"], hall.tally()["needed"]) == (3, 1, 6)
    cast.ok(hall.elena.do("vote.rule", rule | {"set": {"present": 2}}, None))
    assert (hall.tally()["present"], hall.tally()["met"]) == (2, 0)
    refused = hall.elena.do("vote.rule", rule | {"set": {"quorum": None}}, None)
    assert code(refused) == "votes_cast"
    assert hall.counts() == (1, 0, 0)


def test_the_page_of_rules_sets_them(hall):
    hall.open()
    page = f"/w/{hall.meeting['workshop']}/votes/{hall.id}/rules"
    text = hall.elena.http.get(page).get_data(as_text=True)
    assert 'name="motion.quorum"' in text and 'name="motion.majority"' in text
