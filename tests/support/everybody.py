"""A meeting in which there is something of everything that not everybody may see, and everybody who could ask for it.

`build` writes it once; each test works on a copy of its own (`Hall`).
"""
import secrets
import shutil
import tempfile
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image
from sqlalchemy import select

from tests.media.pictures import wav
from tests.support import cast
from workshop.actions import own_methods
from workshop.actions.accounts import accounts, invitations, team, tokens
from workshop.actions.people import sessions
from workshop.actions.programme import videos
from workshop.actions.rooms import workshops
from workshop.actions.rooms.building import add_activity
from workshop.media.folder import Folder
from workshop.store.identity import hashed
from workshop.store.models import (
    Account,
    Activity,
    ExpectedPerson,
    History,
    LateTray,
    Membership,
    Room,
    Seat,
    Workshop,
)
from workshop.store.streams import numbering
from workshop.store.visibility import circles

# Everybody who could come, in the order of the columns of all tables:
ROLES = {
    "N": "nobody, without a cookie", "S": "an account that is in no workshop", "H": "a participant in room 1",
    "T": "a participant in room 2", "X": "a participant who was removed", "R": "the rapporteur of room 1",
    "Q": "the rapporteur of room 2", "O": "an observer", "F": "a facilitator", "E": "the owner",
    "A": "the owner of another workshop", "W": "whoever holds the key of the wall",
    "D": "a facilitator whose account is disabled"}
# What is planted: text -> who may read it, and nobody else on no page, in no file, in no answer.
SECRETS = {
    "texto de la sala uno": "HROFE", "texto de la sala dos": "TQOFE", "a solas en la sala dos": "T",
    "idea que fue escondida": "HRFE", "idea en espera de la sala tres": "FE", "idea tardia de la sala uno": "RFE",
    "Wilma Esperada": "FE", "borrador del resumen": "HROFE", '"room":73519': "H"}
CHOICE = 73519  # what Rosa answers in a vote that is hidden until its end


def steps_of(*steps: dict) -> list[dict]:
    """Steps that end when somebody says so."""
    return [{"minutes": 0, "opens": ["ideas"]} | step for step in steps]


@dataclass
class Hall:
    """A copy of the meeting: `cookies` by role, `at` with every id that an address or a command needs."""

    app: object
    at: dict
    cookies: dict[str, str] = field(default_factory=dict)

    def browser(self, role: str):
        """The browser of somebody."""
        http = self.app.test_client()
        if role in self.cookies:
            http.set_cookie("tinkuy", self.cookies[role])
        return http

    def phone(self, role: str) -> cast.Phone:
        """The same, to send commands from: its seats are `self.at["seats"][role]`."""
        return cast.Phone(self.browser(role), place={"seats": [{"id": seat} for seat in self.at["seats"].get(role, ())]})

    def token(self, role: str) -> str:
        """A form's token for somebody."""
        return self.app.extensions["house"].signer.dumps(hashed(self.cookies.get(role, ""))[:16])

    def close(self) -> None:
        """Give the database back."""
        self.app.extensions["house"].store.close()

    def rows(self) -> dict[str, list]:
        """All that is stored but what every visit may write: to see that nothing was changed."""
        with self.app.extensions["house"].store.read() as session:
            return {table.name: sorted(map(repr, session.execute(table.select()).all()))
                    for table in Account.metadata.sorted_tables if table.name not in ("answer", "device")}


def hall(privacy: str = "named") -> Hall:
    """A fresh copy."""
    source, at, cookies = build(privacy)
    folder = Path(tempfile.mkdtemp(prefix="tinkuy-walk-"))
    shutil.copytree(source, folder, dirs_exist_ok=True)
    return Hall(cast.app(folder, rate=1e6, burst=10**6, tally_every=0), at, cookies)


@cache
def build(privacy: str) -> tuple[Path, dict, dict]:
    """(data folder, ids, cookies) of the meeting."""
    folder = Path(tempfile.mkdtemp(prefix="tinkuy-walk-"))
    app = cast.app(folder, rate=1e6, burst=10**6, tally_every=0)
    meeting, house = cast.found(app), app.extensions["house"]
    elena = cast.facilitator(app, meeting)
    first, second, third = meeting["rooms"]
    at = {"workshop_id": meeting["workshop"], "code": meeting["code"], "screen": meeting["screen"],
          "rooms": meeting["rooms"], "privacy": privacy, "seats": {}, "number": 1, "room": 1, "step": 0, "form": "json",
          "name": "room.js",
          "language": "es", "filename": "build/room.js"}
    with house.store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = privacy
        at["vote"] = _prepare(session, meeting)
    cookies = _accounts(app, meeting, at)
    cookies["E"] = elena.http.get_cookie("tinkuy").value
    people = {}
    for role, name, room in (("H", "Rosa Mamani", 1), ("T", "Julio Quispe", 2), ("X", "Pedro Removido", 1),
                             ("spare", "Sobra", 1), ("third", "Ana Tercera", 3)):
        people[role] = cast.Phone(app.test_client())
        people[role].join(meeting["code"], name, room=room, delegation=cast.delegations(app, meeting)[0])
        at["seats"][role] = [seat["id"] for seat in people[role].place["seats"]]
        at[f"code of {role}"] = people[role].place["seats"][0]["code"]
    _first_room(app, at, elena, people, first, second)
    _second_room(app, at, elena, people["T"], second)
    cast.ok(elena.do("room.moderate", {"room": third}, None))
    for name, verb in (("block", ""), ("running", "block.start"), ("aside", "block.drop")):
        at[name] = cast.ok(elena.do("block.add", {"workshop": meeting["workshop"], "day": "2026-12-01", "title": name,
                                                  "notes": f"nota privada {name}"}, None))["block"]
        if verb:
            cast.ok(elena.do(verb, {"workshop": meeting["workshop"], "block": at[name]}, None))
    at["block_id"] = cast.ok(elena.do("block.add", {"workshop": meeting["workshop"], "day": "2026-12-01", "title": "film",
                                                    "kind": "video"}, None))["block"]
    with house.store.write() as session:  # its file is another matter: tests/pages/programme/test_videos.py
        film = videos.Film("film-of-the-hall", "video/mp4", 4, "ab" * 32, still=True)
        Folder(house.config.data).keep(film.file, film.digest, {"": b"film", ".still": b"still"})
        at["video"] = videos.put(session, house.clock(), elena.http.get_cookie("tinkuy").value, meeting["workshop"],
                                 at["block_id"], film).id
    waiting = people["third"].post(cast.activities(app, third)["ideas"], "idea en espera de la sala tres")
    at["waiting"] = cast.ok(waiting)["card"]["id"]
    cast.ok(elena.do("seat.remove", {"workshop": meeting["workshop"], "seats": at["seats"]["X"]}, None))
    cast.ok(elena.do("roster.add", {"workshop": meeting["workshop"], "people": [{"name": "Wilma Esperada"}]}, None))
    at |= {"removed seat": at["seats"]["X"][0], "seat_id": at["seats"]["third"][0], "answer": "accept"}
    with house.store.write() as session:
        owner, now = session.get(Account, meeting["owner"]), house.clock()
        workshop = session.get(Workshop, meeting["workshop"])
        at["invitation link"] = invitations.invite(session, now, workshop, owner.id, "observer")
        at["invitation_id"] = invitations.find(session, now, at["invitation link"]).it.id
        at["program token"] = tokens.make(session, now, owner, "Un programa", workshop.id, "owner")
        at["program"] = tokens.of_account(session, now, owner.id)[0].it.id
        at["password link"] = accounts.password_link(session, now, owner)
    cookies |= {role: people[role].http.get_cookie("tinkuy").value for role in ("H", "T", "X")}
    with house.store.read() as session:
        at["expected"] = at["person_id"] = session.query(ExpectedPerson).one().id
        at["tray"] = session.query(LateTray).one().id
        at["membership"] = session.query(Membership).join(Account).filter(Account.name == "Sobrante").one().id
        at["act"] = session.scalar(select(History.id).where(History.verb == "contribution.edit"))
        at["inbox"] = session.get(Room, third).inbox
        at["circle"] = next(line for line in _lines(session, second))
        at["hashes"] = [row.password_hash for row in session.query(Account)]
        at["spare seat"] = at["seats"]["spare"][0]
        at["codes"] = {seat.id: seat.reentry_code for seat in session.query(Seat)}
    house.performer.count()
    house.store.close()
    return folder, at, cookies


def _lines(session, room: str) -> set[str]:
    return set().union(*circles.lines_in(session, room).values())


def _prepare(session, meeting) -> str:
    """Room 1 gets a matrix, and a hidden vote with an answer that can be looked for."""
    numbering.lock(session, {meeting["workshop"]})
    first, second = (session.get(Room, room) for room in meeting["rooms"][:2])
    board = session.query(Activity).filter_by(room_id=first.id, kind="ideas").one()
    board.settings = board.settings | {"layout": "matrix", "columns": [{"key": "c1", "title": "Logros"}, {
        "key": "c2", "title": "Trabas"}], "rows": [{"key": "r1", "title": "Semilla"}], "open_rows": False}
    vote = add_activity(session, first, "scale", 30, {"source": board.id, "key": "escala", "from": 73500, "to": 73530,
                                                      "reveal": "close"})
    first.steps = steps_of({"key": "todo", "opens": ["ideas", "escala", "dots"], "may": {"group": "all"}},
                           {"key": "nada", "opens": []}, {"key": "solo", "see": "own"})
    second.steps = steps_of({"key": "todo", "may": {"group": "all"}}, {"key": "solo", "see": "own", "may": {"group": "all"}})
    for room in (first, second):
        numbering.touch(session, room, meeting["workshop"])
    return vote.id


def _accounts(app, meeting, at) -> dict[str, str]:
    """The cookies of those who have an account."""
    house, cookies = app.extensions["house"], {}
    for role, name, what, room in (
            ("S", "Sara", None, None), ("R", "Rita", "rapporteur", 0), ("Q", "Saul", "rapporteur", 1),
            ("O", "Olga", "observer", None), ("F", "Luis", "facilitator", None), ("A", "Fatima", None, None),
            ("D", "Dora", "facilitator", None), ("spare", "Sobrante", "observer", None)):
        with house.store.write() as session:
            account = workshops.create_account(session, house.clock(), f"{name.lower()}@example.org", name,
                                             f"$planted$hash-of-{name}")
            workshop = session.get(Workshop, meeting["workshop"])
            if what:
                of = room if room is None else meeting["rooms"][room]
                team.grant(session, house.clock(), workshop, account, what, of)
            cookies[role] = sessions.sign_in(session, house.clock(), None, account)
            if role == "A":
                at["foreign"] = workshops.create_workshop(session, house.clock(), account, "Otro encuentro").id
            if role == "D":
                account.disabled_at = house.clock()
    with house.store.write() as session:
        at["own method"] = own_methods.copy(session, house.clock(), meeting["owner"], "foda").key
        at["method to drop"] = own_methods.copy(session, house.clock(), meeting["owner"], "foda").key
    del cookies["spare"]
    return cookies


def _first_room(app, at, elena, people, first: str, second: str) -> None:
    rosa, board = people["H"], cast.activities(app, first)
    at |= {"board": board["ideas"], "dots": board["dots"], "summary": board["summary"], "reactions": board["reactions"]}
    cast.ok(elena.do("room.open", {"room": first}, None))
    at["travels"] = cast.ok(people["T"].post(cast.activities(app, second)["ideas"], "una idea que viaja"))["card"]["id"]
    cast.ok(elena.do("contribution.carry", {"activity": at["board"], "rooms": [second]}, None))
    at["card"] = cast.ok(rosa.post(at["board"], "texto de la sala uno", place={"row": "r1", "column": "c1"}))["card"]["id"]
    at["other card"] = cast.ok(rosa.post(at["board"], "otra idea", place={"row": "r1", "column": "c1"}))["card"]["id"]
    cast.ok(rosa.do("contribution.edit", {"id": at["other card"], "body": {"text": "otra idea, cambiada"}, "base_rev": 1}))
    at["hidden"] = cast.ok(rosa.post(at["board"], "idea que fue escondida"))["card"]["id"]
    at["taken back"] = cast.ok(rosa.post(at["board"], "una idea que se retira"))["card"]["id"]
    cast.ok(rosa.do("contribution.withdraw", {"id": at["taken back"]}))
    cast.ok(elena.do("contribution.hide", {"id": at["hidden"], "reason": "hiere"}, None))
    at["card_id"], at["vote_id"] = at["card"], at["vote"]
    at["group"] = secrets.token_urlsafe(9)
    cast.ok(rosa.do("group.make", {"activity": at["board"], "group": at["group"], "name": "Un grupo", "cards": []}))
    at["merged"] = cast.ok(rosa.post(at["board"], "idea que se junta"))["card"]["id"]
    cast.ok(rosa.do("contribution.merge", {"activity": at["board"], "cards": [at["merged"]], "into": at["other card"]}))
    at["item"] = secrets.token_urlsafe(9)
    cast.ok(elena.do("summary.item", {"activity": at["summary"], "id": at["item"], "cites": [at["card"]],
                                      "body": {"text": "borrador del resumen", "section": "idea"}}, None))
    cast.ok(rosa.do("ballot.cast", {"activity": at["vote"], "choices": {"room": CHOICE}, "base_rev": 0}))
    cast.ok(rosa.do("hand.raise", {"room": first}))
    files = [("photo", photo())] + ([("voice", wav(1))] if at["privacy"] != "anonymous" else [])  # a voice tells who
    for name, content in files:
        at[name] = secrets.token_urlsafe(12)
        headers = {"X-Attachment": at[name], "X-Card": at["card"], "X-Kind": name, "X-Seat": at["seats"]["H"][0],
                   "X-Workshop": "1"}
        cast.ok(rosa.http.post("/api/attach", data=content, headers=headers).get_json())
    cast.to_step(app, first, 1)
    assert rosa.post(at["board"], "idea tardia de la sala uno")["tray"]
    cast.to_step(app, first, 0)


def _second_room(app, at, elena, julio, second: str) -> None:
    board = at["second board"] = cast.activities(app, second)["ideas"]
    at["foreign card"] = cast.ok(julio.post(board, "texto de la sala dos"))["card"]["id"]
    cast.ok(elena.do("step.go", {"room": second, "step": 1}, None))
    at["private"] = cast.ok(julio.post(board, "a solas en la sala dos"))["card"]["id"]


def photo() -> bytes:
    """A small photo."""
    out = BytesIO()
    Image.new("RGB", (40, 30), (200, 20, 20)).save(out, "JPEG")
    return out.getvalue()
