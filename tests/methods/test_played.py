"""Every method of the library, played from its first step to its last by three people of two delegations, and printed."""
import secrets

import pytest

from tests.support import cast
from workshop.domain import steps
from workshop.domain.kinds import kinds
from workshop.domain.methods.library import library
from workshop.store.models import Activity, Room

PLAYABLE = sorted(key for key, method in library().items() if method.steps)
CHOICES = {"light": lambda vote, cards: dict.fromkeys(cards, vote.settings["options"][1]["key"]),
           "consent": lambda vote, cards: dict.fromkeys(cards, vote.settings["options"][0]["key"]),
           "choice": lambda vote, cards: {(vote.settings.get("options") or [{"key": cards[0]}])[0]["key"]: 1},
           "positions": lambda vote, cards: {card: [20, 80] for card in cards},
           "opinions": lambda vote, cards: dict.fromkeys(cards, 1),
           "dots": lambda vote, cards: {cards[0]: 1}, "likes": lambda vote, cards: {cards[0]: 1}}


def chosen(vote, cards: list[str]) -> dict:
    """A ballot of the vote: of most kinds their sample, on the first card."""
    sample = kinds()[vote.kind].sample["ballot.cast"]["choices"]
    return CHOICES[vote.kind](vote, cards) if vote.kind in CHOICES else {
        cards[0] if key == "*" else key: choice for key, choice in sample.items()}


class Table:
    """Three people of two delegations and the facilitator at a room that works by one method."""

    def __init__(self, app, meeting, phone, key: str):
        self.app, self.meeting, self.store = app, meeting, app.extensions["house"].store
        self.elena = cast.facilitator(app, meeting)
        made = self.elena.do("room.create", {"workshop": meeting["workshop"], "title": "Mesa", "method": key}, seat=None)
        assert made["ok"], made
        self.room, self.number = made["card"]["id"], made["card"]["number"]
        assert self.elena.do("room.open", {"room": self.room}, seat=None)["ok"]
        self.people = [phone() for _ in range(3)]
        delegations = self.delegations()
        for i, person in enumerate(self.people):
            person.place = person.http.post("/api/join", headers={"X-Workshop": "1"}, json={
                "code": meeting["code"], "room": self.number,
                "seats": [{"name": f"Persona {i}", "channel": "hall", "delegation": delegations[i % 2]}]}).get_json()
        self.texts: list[str] = []
        self.revs: dict[tuple, int] = {}  # (vote, outbox) -> revision of its ballot

    def delegations(self) -> list[str]:
        """Ids of the delegations of the meeting."""
        from workshop.store.models import Delegation
        with self.store.read() as session:
            return [d.id for d in session.query(Delegation).filter_by(workshop_id=self.meeting["workshop"])]

    def look(self):
        """(the room, its activities by what a step may call them)."""
        with self.store.read() as session:
            room = session.get(Room, self.room)
            found = session.query(Activity).filter_by(room_id=self.room).order_by(Activity.position).all()
            return room, found

    def play(self, number: int) -> None:
        """One step: go there, write what may be written, vote what may be voted."""
        assert self.elena.do("step.go", {"room": self.room, "step": number}, seat=None)["ok"]
        room, activities = self.look()
        step = steps.now(room)
        for activity in activities:
            if activity.kind == "ideas" and steps.opens(step, activity):
                self.write(room, step, activity)
        for activity in activities:
            if kinds()[activity.kind].decides and steps.opens(step, activity):
                for i, person in enumerate(self.people):
                    cards = [card["place"].get("row") if activity.settings.get("per") == "row" else key
                             for key, card in self.sees(person).items() if card["kind"] == "idea"]
                    cards = list(dict.fromkeys(filter(None, cards)))
                    cards = cards[i:] + cards[:i]  # two of a delegation that shares its dots cannot give them to one card
                    if cards or not kinds()[activity.kind].on_cards(activity.settings):
                        answer = person.do("ballot.cast", {
                            "activity": activity.id, "base_rev": self.revs.get((activity.id, person.client), 0),
                            "choices": chosen(activity, cards)})
                        assert answer["ok"], (step["key"], activity.kind, answer)
                        self.revs[activity.id, person.client] = answer["rev"]

    def write(self, room, step: dict, board) -> None:
        """An idea of everybody who may add one in this step."""
        staff = step.get("may", {}).get("add") in ("staff", "nobody")
        for i, person in enumerate([self.elena] if staff else self.people):
            if step.get("may", {}).get("add") == "nobody":
                continue
            text = f"{step['key']}: lo que dice la persona {i}"
            answer = person.do("contribution.add", {
                "activity": board.id, "id": secrets.token_urlsafe(9),
                "body": {"text": text, "fields": fields(board.settings)}, "place": place(board.settings, step)},
                seat=None if staff else 0)
            assert answer["ok"], (step["key"], answer)
            self.texts.append(text)

    def sees(self, person) -> dict:
        """All cards that somebody has before them, of the room and of their circles."""
        found = dict(person.catch_up(self.room))
        frame = person.http.get("/api/changes", query_string={"stream": self.room, "epoch": "", "since": 0},
                              buffered=True).get_json()
        for line in frame.get("circles", ()):
            found |= person.catch_up(line)
        return found


def fields(settings: dict) -> dict:
    """Something for each field that a card must have."""
    return {one["key"]: {"text": "Algo", "date": "2021-10-12", "link": "https://example.org"}.get(one["type"])
            or one["options"][0]["key"] for one in settings.get("fields", ()) if one["required"]}


def place(settings: dict, step: dict) -> dict:
    """A place that the layout and the step take."""
    first = {"columns": "column", "lanes": "lane", "rows": "row"}
    found = {name: settings[part][0]["key"] for part, name in first.items() if settings.get(part)}
    if step.get("columns"):
        found["column"] = step["columns"][0]
    if settings.get("open_rows"):
        found["row"] = "Un tema"
    if settings.get("layout") == "timeline":
        found["at"] = "2021-10-12"
    return found


@pytest.mark.parametrize("key", PLAYABLE)
def test_a_room_is_made_of_the_method_every_step_is_played_and_it_is_printed(app, meeting, phone, key):
    table = Table(app, meeting, phone, key)
    assert len(table.look()[0].steps) == len(library()[key].steps)
    for number in range(len(library()[key].steps)):
        table.play(number)
    assert table.texts or key == "mesa_sintesis"
    assert table.elena.do("room.close", {"room": table.room}, seat=None)["ok"]
    seen = {card["body"]["text"] for card in table.sees(table.people[0]).values() if card["kind"] == "idea"}
    assert seen == set(table.texts), "after the end everything is before everybody"
    _room, activities = table.look()
    assert all(a.tally["ballots"] == 3 for a in activities if a.kind in CHOICES and a.tally)
    paper = table.people[0].http.get(f"/w/{meeting['workshop']}/r/{table.number}?all=1").get_data(as_text=True)
    report = table.elena.http.get(f"/w/{meeting['workshop']}/report.md").get_data(as_text=True)
    for text in table.texts:
        assert text in paper and text in report.replace("\\", "")


@pytest.mark.parametrize("key", [key for key in PLAYABLE if any(step.see == "own" for step in library()[key].steps)])
def test_who_works_alone_is_alone(app, meeting, phone, key):
    table = Table(app, meeting, phone, key)
    number = next(i for i, step in enumerate(library()[key].steps) if step.see == "own" and "board" in step.opens)
    table.play(number)
    for i, person in enumerate(table.people):
        assert [card["body"]["text"][-1] for card in table.sees(person).values() if card["kind"] == "idea"] == [str(i)]
    assert not [card for card in table.elena.catch_up(table.room).values() if card["kind"] == "idea"]


def test_a_process_is_refused_with_a_word_and_so_is_what_the_library_does_not_have(app, meeting):
    elena = cast.facilitator(app, meeting)
    for key, code in (("sistematizacion", "method_is_process"), ("nada", "not_here")):
        answer = elena.do("room.create", {"workshop": meeting["workshop"], "title": "Mesa", "method": key}, seat=None)
        assert answer["code"] == code
