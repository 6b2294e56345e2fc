"""The cast: an application, the founding meeting, and `Phone`, one browser in a room."""
import secrets
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from sqlalchemy import select

from tests.support import pairing
from workshop import create_app, hashing
from workshop.actions.people import sessions
from workshop.actions.rooms import building, workshops
from workshop.config import Config
from workshop.domain import steps
from workshop.store.models import Account, Delegation, Room, Site
from workshop.store.session import Store
from workshop.store.streams import numbering

DELEGATIONS = ("Taraco", "Salinas", "Palos Blancos", "Aija-La Merced", "Pamparomás", "Lima")
SOURCES = ("Covid-19 y el programa", "Desafíos de la cooperación", "Lecciones y perspectivas")
PASSWORD = "quinua y papa nativa"


def app(folder, **settings):
    """An application on the data folder, in threading mode (the server modes are tried in tests/live)."""
    config = Config(data=str(folder), async_mode="threading", secret="s" * 32, **{"store": pairing.STORE} | settings)
    file = Path(config.database_url.removeprefix("sqlite:///"))
    if not config.database and not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_schema())
    return create_app(config)


@cache
def _schema() -> bytes:
    """A SQLite file with the schema and nothing in it: to make it anew for each of a thousand tests takes minutes."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Config(data=folder).database_url)
        store.migrate()
        store.close()
        return (Path(folder) / "tinkuy.sqlite").read_bytes()


def found(app) -> dict:
    """The founding meeting in the app's store: {workshop, code, rooms: [ids], owner}."""
    house = app.extensions["house"]
    now = house.clock()
    password_hash = hashing.make(PASSWORD)
    with house.store.write() as session:
        owner = workshops.create_account(session, now, "elena@example.org", "Elena Quispe", password_hash)
        workshop = workshops.create_workshop(session, now, owner, "Segundo encuentro andino Perú-Bolivia",
                                           zones=("America/Lima", "America/La_Paz"), delegations=DELEGATIONS, axes=SOURCES)
        made = [building.build_room(session, workshop, title, votes=("dots", "opinions")) for title in SOURCES]
        for room in made:
            room.opened_at, room.deadline = now, None
        session.flush()
        return {"workshop": workshop.id, "code": workshop.code, "rooms": [r.id for r in made], "owner": owner.id,
                "screen": workshop.screen_key}


def activities(app, room_id: str) -> dict[str, str]:
    """{kind: activity id} of a room."""
    from workshop.store.models import Activity
    with app.extensions["house"].store.read() as session:
        return {a.kind: a.id for a in session.query(Activity).filter_by(room_id=room_id)}


def delegations(app, meeting: dict) -> list[str]:
    """Ids of the delegations, in their order."""
    with app.extensions["house"].store.read() as session:
        return list(session.scalars(select(Delegation.id).where(Delegation.workshop_id == meeting["workshop"])
                                    .order_by(Delegation.position)))


def sites(app, meeting: dict, *names: str) -> list[str]:
    """People meet in several places: their ids."""
    with app.extensions["house"].store.write() as session:
        rows = [Site(workshop_id=meeting["workshop"], name=name, position=i) for i, name in enumerate(names)]
        session.add_all(rows)
        session.flush()
        return [row.id for row in rows]


def ok(answer: dict) -> dict:
    """The answer, which must be a good one."""
    assert answer.get("ok"), answer
    return answer


def shown(phone: "Phone", room: str) -> dict:
    """The ideas that somebody sees in a room, by id."""
    return {key: card for key, card in phone.catch_up(room).items() if card["kind"] == "idea"}


def to_step(app, room_id: str, step: int) -> None:
    """Move a room to a step without asking who does it."""
    with app.extensions["house"].store.write() as session:
        room = session.get(Room, room_id)
        numbering.lock(session, {room.workshop_id})
        room.step = step
        numbering.touch(session, room, room.workshop_id)


def edition(app, room_id: str) -> str:
    """What says which steps of a room somebody has looked at."""
    with app.extensions["house"].store.read() as session:
        return steps.edition(session.get(Room, room_id).steps)


def facilitator(app, meeting: dict) -> "Phone":
    """A laptop on which Elena, who owns the meeting, is signed in."""
    house = app.extensions["house"]
    with house.store.write() as session:
        cookie = sessions.sign_in(session, house.clock(), None, session.get(Account, meeting["owner"]))
    laptop = Phone(app.test_client())
    laptop.http.set_cookie("tinkuy", cookie)
    return laptop


@dataclass
class Phone:
    """One browser over the HTTP door: joins, does, catches up."""

    http: object
    client: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    n: int = 0
    place: dict = field(default_factory=dict)
    cards: dict = field(default_factory=dict)
    cursor: dict = field(default_factory=dict)

    def join(self, code: str, *names: str, room: int | None = 1, delegation: str | None = None,
             channel: str = "hall") -> dict:
        """Join with one seat per name, all of the delegation with this id."""
        seats = [{"name": name, "channel": channel, "delegation": delegation} for name in names]
        self.place = self.http.post("/api/join", headers={"X-Workshop": "1"},
                                    json={"code": code, "seats": seats, "room": room}).get_json()
        return self.place

    def tab(self) -> "Phone":
        """Another tab of the same browser: one cookie, the same seats, an outbox of its own."""
        return Phone(self.http, place=self.place)

    def do(self, verb: str, payload, seat: int | str | None = 0, n: int | None = None, **more) -> dict:
        """Send a command from the seat number (or of the id) `seat` (None: as an account); the next `n` unless given."""
        if n is None:
            self.n += 1
        envelope = {"client": self.client, "n": n or self.n, "verb": verb, "payload": payload,
                    "seat": self.place["seats"][seat]["id"] if isinstance(seat, int) else seat} | more
        return self.http.post("/api/do", headers={"X-Workshop": "1"}, json=envelope).get_json()

    def post(self, activity: str, text: str, seat: int = 0, **more) -> dict:
        """Post an idea."""
        return self.do("contribution.add", {"activity": activity, "id": secrets.token_urlsafe(9), "body": {"text": text}}
                       | more, seat)

    def catch_up(self, stream: str) -> dict:
        """Ask what changed and keep it; returns all cards of the stream by id."""
        epoch, since = self.cursor.get(stream, ("", 0))
        frame = self.http.get("/api/changes", query_string={"stream": stream, "epoch": epoch, "since": since},
                              buffered=True).get_json()
        held = self.cards.setdefault(stream, {})
        for card in frame["cards"]:
            if card.get("gone"):
                if held.get(card["id"], {}).get("seq") != card["seq"]:  # as many as a hidden card of its own
                    held.pop(card["id"], None)
            else:
                held[card["id"]] = card | ({"mine": frame["own"][card["id"]]} if card["id"] in frame["own"] else {})
        self.cursor[stream] = (frame["epoch"], frame["now"])
        return held
