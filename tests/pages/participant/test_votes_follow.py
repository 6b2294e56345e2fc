"""Whatever becomes of a card, what people gave to it counts until they take it back: the store's ballots, the tally on
everybody's screen, the page without script, what each voter has given and can take back, and the report say the same."""
import json
import re
from collections import Counter
from html import unescape
from urllib.parse import unquote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.pages.facilitator.people import Browser
from tests.support import cast
from tests.support.needs import some
from workshop.actions.rooms.building import add_activity, build_room
from workshop.actions.votes.ballots import candidates
from workshop.domain.ids import new_id
from workshop.domain.kinds import kinds, votes
from workshop.domain.roles import OWNER
from workshop.domain.visibility import Viewer
from workshop.exports.reader import read
from workshop.store.models import Activity, Ballot, Contribution, History, Room, Workshop
from workshop.store.streams import numbering
from workshop.words import speak

KINDS = sorted(name for name, kind in kinds().items() if kind.votes and kind.stands)
CARDS, PEOPLE = 5, ("Rosa", "Julio", "Ana")
ACTS = ("vote", "vote", "vote", "take", "merge", "split", "hide", "show", "withdraw", "restore", "move", "send", "back",
        "carry", "make", "put", "out", "drop", "name", "remove")
ACT = st.tuples(st.sampled_from(ACTS), st.integers(0, 2), st.integers(0, CARDS - 1), st.integers(0, CARDS - 1))


class Room1:
    """A room with cards, three people and one vote of a kind; one after the other in the same meeting."""

    def __init__(self, app, meeting, elena, kind: str, per: str):
        self.app, self.house, self.elena, self.kind = app, app.extensions["house"], elena, kind
        self.workshop = meeting["workshop"]
        with self.house.store.write() as session:
            numbering.lock(session, {self.workshop})
            room, other = (build_room(session, session.get(Workshop, self.workshop), title, votes=(), columns=("A", "B"))
                           for title in ("Aquí", "Allá"))
            room.opened_at = other.opened_at = self.house.clock()
            room.steps = [{"key": "all", "minutes": 0, "opens": ["ideas", kind], "may": {"group": "all"}}]
            session.flush()
            board = session.query(Activity).filter_by(room_id=room.id, kind="ideas").one().id
            if kind == "reactions":
                self.vote = session.query(Activity).filter_by(room_id=room.id, kind=kind).one().id
            else:
                self.vote = add_activity(session, room, kind, 10, {"source": board, "budget": 4, "per_item": 4}
                                         | ({"per": per} if per != kinds()[kind].per else {})).id
            self.room, self.number, self.other, self.board = room.id, room.number, other.id, board
            self.far = session.query(Activity).filter_by(room_id=other.id, kind="ideas").one().id
        self.people = [cast.Phone(app.test_client()) for _ in PEOPLE]
        self.seats = []
        for phone, name in zip(self.people, PEOPLE, strict=True):
            self.seats.append(phone.join(meeting["code"], name, room=self.number)["seats"][0]["id"])
        self.cards = [cast.ok(self.people[i % 3].post(self.board, f"Idea {i} {new_id()}"))["card"]["id"]
                      for i in range(CARDS)]
        self.groups: list[str] = []

    def ballot(self, who: int) -> tuple[dict, int]:
        with self.house.store.read() as session:
            held = session.get(Ballot, (self.vote, self.seats[who]))
            return (dict(held.choices), held.rev) if held else ({}, 0)

    def cast(self, who: int, choices: dict, rev: int) -> dict:
        return self.people[who].do("ballot.cast", {"activity": self.vote, "choices": choices, "base_rev": rev})

    def act(self, act: str, who: int, one: int, two: int) -> None:
        """One act, as far as it is possible now; what is refused changes nothing."""
        card, other, lead = self.cards[one], self.cards[two], self.elena.do
        group = self.groups[one % len(self.groups)] if self.groups else "no-such-group"
        if act == "vote":
            choices, rev = self.ballot(who)
            wanted = group if two % 2 else card
            kind = kinds()[self.kind]
            [value] = kind.sample["ballot.cast"]["choices"].values()
            value = choices.get(wanted, 0) + 1 if "budget" in kind.settings else value
            one_only = max(len(ballot) for ballot, _of in kind.example.ballots) == 1
            self.cast(who, {wanted: value} if one_only else choices | {wanted: value}, rev)
        elif act == "take":
            choices, rev = self.ballot(who)
            if choices:
                choices.pop(sorted(choices)[one % len(choices)])
                assert self.cast(who, choices, rev).get("ok") or self.gone(who)
        elif act == "merge":
            lead("contribution.merge", {"activity": self.board, "cards": [card], "into": other}, None)
        elif act == "make":
            answer = lead("group.make", {"activity": self.board, "group": new_id(), "name": f"G {one}",
                                         "cards": [card]}, None)
            self.groups += [answer["card"]["id"]] if answer.get("ok") else []
        elif act in ("put", "out"):
            lead("group.put", {"activity": self.board, "group": group if act == "put" else None, "cards": [card]}, None)
        elif act == "move":
            lead("contribution.move", {"activity": self.board, "cards": [card], "place": {"column": "c1"}}, None)
        elif act == "carry":
            lead("contribution.carry", {"activity": self.far, "rooms": [self.room], "which": "votes"}, None)
        elif act == "remove":
            lead("seat.remove", {"workshop": self.workshop, "seats": [self.seats[who]]}, None)
        else:
            verb, payload = {
                "split": ("contribution.split", {"id": card}), "hide": ("contribution.hide", {"id": card, "reason": "x"}),
                "show": ("contribution.hide", {"id": card, "reason": None}), "drop": ("group.drop", {"id": group}),
                "withdraw": ("contribution.withdraw", {"id": card}), "restore": ("contribution.restore", {"id": card}),
                "send": ("contribution.send", {"id": card, "to": self.other}),
                "back": ("contribution.send", {"id": card, "to": self.room}),
                "name": ("group.name", {"id": group, "name": f"Otro {two}"})}[act]
            lead(verb, payload, None)

    def gone(self, who: int) -> bool:
        return not self.people[who].http.get("/api/me").get_json().get("seats")

    def holds(self) -> int:
        """All that ought to say the same does; returns how much was given."""
        self.house.performer.count()
        with self.house.store.read() as session:
            vote, room = session.get(Activity, self.vote), session.get(Room, self.room)
            ballots = session.query(Ballot).filter_by(activity_id=self.vote).all()
            rules = kinds()[self.kind]
            counted = rules.settle(vote.settings, rules.rules.summarise([(one.choices, None) for one in ballots]))["items"]
            assert (vote.tally or {"items": {}})["items"] == counted
            speak("es")
            eyes = Viewer(self.workshop, "named", OWNER)
            report = read(session, session.get(Workshop, self.workshop), eyes, self.house.clock())
            part = next(one for one in report.rooms if one.number == room.number)
            lines = [line for one in part.votes for line in one.lines]
            result = kinds()[self.kind].report.result(vote.settings, {"items": counted})
            assert sorted(line.figures for line in lines) == sorted(list(row.figures) for row in result.rows)
            told = sorted(n for row in result.rows for n in row.figures[:result.bars] if n)
            named = {f"«{row.body['text']}»" for row in session.query(Contribution).filter(Contribution.id.in_(counted))
                     if row.kind == "group"}
            assert named <= {line.text for line in lines}, "a group stands in the results with its name, dissolved or not"
            held = {one.seat_id: dict(one.choices) for one in ballots}
        for who, phone in enumerate(self.people):
            if self.gone(who):
                continue
            sent = browser(phone.http).open(f"/w/{self.workshop}/r/{self.number}?all=1")
            facts, text = json.loads(re.search(r'id="facts">(.*?)</script>', sent)[1]), unescape(sent)
            cards = [card for frame in facts["frames"] for card in frame["cards"]]
            assert next(one for one in cards if one["id"] == self.vote)["tally"] == vote.tally
            assert said(text, result.bars) == told, text
            assert all(name.strip("«»") in shown(text) for name in named), "and on everybody's page"
            mine = held.get(self.seats[who], {})
            for key in mine:  # they see that they gave it, and can take it back
                ways = re.findall(rf'name="cast" value="{self.vote}:{re.escape(key)}:([^"]*)"', text)
                assert ways or self.kind == "reactions", (key, mine)
            if self.kind == "dots":
                assert mine_on(text) == sum(mine.values()), text
            cast_ = {unquote(key) for key in re.findall(rf'name="cast" value="{self.vote}:([^":]*):', text)}
            with self.house.store.read() as session:
                may = candidates(session, session.get(Room, self.room), session.get(Activity, self.vote),
                                 self.seats[who], None)
            assert cast_ <= may | mine.keys(), "what has a button is taken"
            assert self.kind in ("reactions", "positions") or may <= cast_, "what may be chosen has a button"
        return sum(told)


def browser(http) -> Browser:
    """A page without script on this phone."""
    page = Browser.__new__(Browser)
    page.http, page.headers, page.page = http, {"Accept-Language": "es"}, ""
    return page


def shown(page: str) -> str:
    """The page without labels, and without what is only the reader's own."""
    board = page.split('<div id="board">')[1].split('<p id="digest"')[0]
    page = re.sub(r'<p class="left">.*?</p>|Lo suyo: [^<]*|aria-label="[^"]*"', "", board)
    return re.sub(r'<span class="unseen">\d+ mío[^<]*</span>', "", page)


def said(page: str, bars: int) -> list[float]:
    """The numbers other than 0 that the page tells of results: of what is told in words (class `sum`) those that the report
    draws, and all that stand on a button."""
    board = page.split('<div id="board">')[1].split('<p id="digest"')[0]
    # Of a group and a column: how many cards it has.
    board = re.sub(r'<h3>.*?</h3>|<h2[^>]*>[^<]*<b>\d+</b></h2>|<nav class="tabs".*?</nav>', "", board, flags=re.S)
    absent = [line.rpartition(": ")[2] for part in re.findall(r'<section class="result absent">.*?</section>', board, re.S)
              for line in re.findall(r"<li>(.*?)</li>", part, re.S)]
    summed = re.findall(r'<(span|p) class="sum">(.*?)</\1>', board, re.S)
    rest = re.sub(r'<(span|p) class="sum">.*?</\1>', "", board, flags=re.S)
    told = [re.findall(r"\d+(?:,\d+)?", re.sub(r"<[^>]*>", "", words))[:bars]
            for words in (*absent, *(words for _tag, words in summed))]
    numbers = [*(n for line in told for n in line), *re.findall(r"<b>(\d+)</b>", rest)]
    return sorted(float(n.replace(",", ".")) for n in numbers if n != "0")


def mine_on(page: str) -> int:
    given = re.findall(r'<span class="unseen">(\d+) mío', page)
    return sum(int(n) for n in given + re.findall(r"Lo suyo: (\d+) punto", page))


# What comes with a layout, and what reacts, stands on cards alone.
@pytest.mark.parametrize("kind, per", [
    *((kind, "card") for kind in some(KINDS)), *((kind, "group") for kind in some(KINDS[1:]) if kind in votes())])
def test_what_was_given_is_on_every_screen_until_it_is_taken_back(app, meeting, kind, per):
    elena, seen = cast.facilitator(app, meeting), Counter()

    @settings(max_examples=4, phases=(Phase.generate,), suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(ACT, min_size=8, max_size=14))
    def follow(acts):
        room = Room1(app, meeting, elena, kind, per)
        for who in range(3):
            room.act("vote", who, who, 0)
        for n, act in enumerate(acts, 1):
            room.act(*act)
            seen["acts"] += 1
            if n % 5 == 0 or n == len(acts):
                seen["given"] += room.holds()
    follow()
    assert seen["acts"] > 25 and seen["given"] > 15, "hardly anything happened"


def test_a_group_that_was_dissolved_keeps_its_name_where_it_has_votes(app, meeting):
    room = Room1(app, meeting, elena := cast.facilitator(app, meeting), "dots", "group")
    room.act("make", 0, 0, 0)
    cast.ok(room.cast(0, {room.groups[0]: 2}, 0))
    room.house.performer.count()
    cast.ok(elena.do("group.drop", {"id": room.groups[0]}, None))
    told = json.loads(re.search(r'id="facts">(.*?)</script>', browser(
        room.people[1].http).open(f"/w/{room.workshop}/r/{room.number}?all=1"))[1])
    vote = next(card for frame in told["frames"] for card in frame["cards"] if card["id"] == room.vote)
    assert vote["tally"]["names"] == {room.groups[0]: "G 0"}
    assert room.holds() == 2
    with room.house.store.read() as session:
        dropped = session.query(History).filter_by(verb="group.drop", target_id=room.groups[0]).one().id
    cast.ok(elena.do("act.undo", {"workshop": room.workshop, "act": dropped}, None))
    with room.house.store.read() as session:
        assert "names" not in session.get(Activity, room.vote).tally
    assert room.holds() == 2
