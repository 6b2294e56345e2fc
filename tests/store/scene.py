"""A workshop in which anybody does anything, for the tests that try what comes of it."""
import secrets

from tests.support.cast import Phone, facilitator
from tests.support.screens import Hall, Screen
from workshop.actions.rooms import building, workshops
from workshop.store.identity import identify
from workshop.store.models import Account, Activity
from workshop.store.streams.viewers import viewer_for

PEOPLE = ("rosa", "julio", "luis", "elena")
LEADS = ("step", "step", "extend", "close", "open", "open", "item", "item", "drop", "publish", "unpublish", "admit",
         "create", "word", "word", "queue", "let_out", "answer")
VERBS = ("add", "add", "comment", "edit", "withdraw", "dots", "dots", "opinions", "opinions", "raise", "lower", "enter",
         "speak", "speak", "hush", "ask", "ask", "want",
         *LEADS)


class Scene:
    """A workshop with two rooms, three participants (Luis in the second room), the facilitator and the wall."""

    def __init__(self, app, owner: str, privacy: str, reveal: str):
        self.app, self.house = app, app.extensions["house"]
        now = self.house.clock()
        with self.house.store.write() as session:
            workshop = workshops.create_workshop(session, now, session.get(Account, owner), "Encuentro", privacy=privacy,
                                               delegations=("Taraco", "Salinas"))
            made = [building.build_room(session, workshop, f"Sala {i}", votes=("dots", "opinions")) for i in (1, 2)]
            for room in made:
                room.opened_at = now
            session.flush()
            for activity in session.query(Activity).filter(Activity.kind.in_(("dots", "opinions"))):
                activity.settings = activity.settings | {"reveal": reveal}
            self.workshop, self.rooms = workshop.id, [room.id for room in made]
            self.key, code = workshop.screen_key, workshop.code
            self.kinds = [{a.kind: a.id for a in session.query(Activity).filter_by(room_id=room)} for room in self.rooms]
        self.phones = {name: Phone(app.test_client()) for name in PEOPLE[:3]}
        for name, phone in self.phones.items():
            phone.join(code, name.title(), room=2 if name == "luis" else 1)
        self.phones["elena"] = facilitator(app, {"owner": owner})
        self.where = {"rosa": 0, "julio": 0, "luis": 1}
        self.cards: dict[int, list[str]] = {0: [], 1: []}
        self.items: list[str] = []
        self.late: list[str] = []
        self.hands: list[str] = []
        self.asked: list[str] = []
        self.revs: dict[tuple[str, str], int] = {}
        for name in ("rosa", "luis"):
            self.act(name, "add", 0, 0)

    def screen(self, hall: Hall, name: str) -> Screen:
        """The page that somebody has just opened; the one before hears nothing more."""
        with self.house.store.read() as session:
            who = None if name == "wall" else identify(session, self.phones[name].http.get_cookie("tinkuy").value)
            eyes = {s: viewer_for(session, who, None if who else self.key, s) for s in (self.workshop, *self.rooms)}
        return hall.seat(name, {stream: viewer for stream, viewer in eyes.items() if viewer})

    def actor(self, name: str, verb: str, pick: int) -> str:
        """Who does it: what is the facilitator's is mostly done by her."""
        return "elena" if verb in LEADS and pick else name

    def act(self, name: str, verb: str, room: int, pick: int) -> dict:
        """Somebody does something; most of it is possible, some is refused."""
        if verb != "enter" and pick < 5:
            room = self.where.get(name, room)
        sent = self.command(name, verb, room, pick)
        answer = self.phones[name].do(*sent, seat=None if name == "elena" else 0)
        if answer.get("ok"):
            self.remember(name, room, sent, answer)
        if answer.get("tray"):
            self.late.append(answer["tray"])
        return answer

    def remember(self, name: str, room: int, sent: tuple[str, dict], answer: dict) -> None:
        """What later commands build on."""
        if "rev" in answer:
            self.revs[name, sent[1]["activity"]] = answer["rev"]
        if sent[0] == "seat.enter":
            self.where[name] = room
        card = answer.get("card", {})
        kept = {"idea": self.cards[room], "item": self.items, "speech": self.hands, "question": self.asked}.get(
            card.get("kind"), [])
        if card and card["id"] not in kept:
            kept.append(card["id"])

    def command(self, name: str, verb: str, room: int, pick: int) -> tuple[str, dict]:
        """The verb and the payload."""
        here, kinds, fresh = {"room": self.rooms[room]}, self.kinds[room], secrets.token_urlsafe(9)
        hall, seats = {"workshop": self.workshop}, self.phones[name].place.get("seats")
        seat = {} if seats else {"seat": self.phones["rosa"].place["seats"][0]["id"]}  # the team does it for somebody
        hand, asked, card, item, late = (some[pick % len(some)] if some else "nothing-yet"
                            for some in (self.hands[-3:], self.asked, self.cards[room], self.items, self.late))
        sentence = {"activity": kinds["summary"], "id": item if pick % 2 and self.items else fresh, "base_rev": pick % 2,
                    "body": {"section": "idea", "text": f"Frase {pick}"}, "cites": [card] if self.cards[room] else []}
        idea = {"activity": kinds["ideas"], "id": fresh, "body": {"text": f"Idea {pick}"}}
        return {
            "add": ("contribution.add", idea), "comment": ("contribution.add", idea | {"parent": card}),
            "edit": ("contribution.edit", {"id": card, "body": {"text": f"Otra {pick}"}}),
            "withdraw": ("contribution.withdraw", {"id": card}),
            "dots": ("ballot.cast", self.ballot(name, kinds["dots"], {card: pick % 4})),
            "opinions": ("ballot.cast", self.ballot(name, kinds["opinions"], {card: pick % 3 - 1})),
            "raise": ("hand.raise", here), "lower": ("hand.lower", here), "enter": ("seat.enter", here),
            "step": ("step.go", here | {"step": (0, 1, 1, 2, 1, 0)[pick]}), "extend": ("step.extend", here | {"minutes": 5}),
            "close": ("room.close", here), "open": ("room.open", here), "item": ("summary.item", sentence),
            "drop": ("summary.drop", {"id": item}), "publish": ("summary.publish", {"activity": kinds["summary"]}),
            "unpublish": ("summary.publish", {"activity": kinds["summary"], "on": False}),
            "speak": ("speaker.raise", hall | seat), "hush": ("speaker.lower", hall | {"speech": hand}),
            "word": ("speaker.next", hall), "ask": ("question.ask", hall | seat | {"text": "?", "nameless": pick == 1}),
            "want": ("question.support", hall | {"question": asked, "on": pick > 0}),
            "queue": ("question.rule", hall | {"queue": pick > 2, "nameless": True}),
            "let_out": ("question.let_out", hall | {"questions": [asked]}),
            "answer": ("question.answer", hall | {"question": asked, "on": pick > 1}),
            "admit": ("tray.admit", here | {"tray": late}),
            "create": ("room.create", {"workshop": self.workshop, "title": f"Sala {pick}"}),
        }[verb]

    def ballot(self, name: str, activity: str, choices: dict) -> dict:
        """The payload of a ballot upon the last one."""
        return {"activity": activity, "choices": choices, "base_rev": self.revs.get((name, activity), 0)}
