"""Builds the meeting that the pictures are taken of: the demo, and beside its rooms one without cards, one with 150 of
people with long names, one for each layout and each kind of vote, one whose names are as long as can be, and one for
what is said of cards (states.py)."""
import random
import secrets
from pathlib import Path

from sqlalchemy import select

from tests.browser.boards import AXES, LAYOUTS
from tests.support import cast
from workshop import hashing
from workshop.actions import own_methods
from workshop.actions.rooms.building import build_room
from workshop.demo import build as demo
from workshop.domain.kinds import kinds as known
from workshop.domain.kinds import votes
from workshop.house import utc_now
from workshop.store.models import Account, Activity, Delegation, Room, Workshop
from workshop.store.streams import numbering

FULL = 150  # cards of the room that is full
PASSWORD = "quinua y papa nativa"
NAMES = ("María de los Ángeles Quispe Huamán de la Cruz", "Ana", "Julio César Choquehuanca Mamani", "Wara")
WORDS = ("guardar", "semilla", "propia", "en", "cada", "casa", "aunque", "la", "cosecha", "sea", "poca", "feria", "de",
         "los", "sábados", "entre", "comunidades", "sostuvo", "precio", "quinua", "agua", "riego", "turnos", "escritos",
         "jóvenes",
         "que", "volvieron", "enseñaron", "a", "vender", "por", "teléfono")
LONG = "Las lecciones de las comunidades que sostuvieron su alimentación en la pandemia…"  # 80 letters
LONG_QUESTION = ("¿Qué hicieron las comunidades para sostener la alimentación de las familias durante la pandemia, qué de "
                 "eso sigue vivo hoy y qué tendría que pasar para que no se pierda cuando cambien las autoridades?…")
STEPS = [{"key": "ideas", "minutes": 15, "opens": ["ideas"]}, {"key": "vote", "minutes": 5, "opens": ["dots"]}]


def build(data: Path, demo_only: bool = False) -> dict:
    """Builds the meeting in a data folder: {workshop, code, screen, method, email, password, rooms: {name: number},
    states: {room, card}}.
    `demo_only`: without the rooms that show one thing each.  The demo's own tour is over: it would stand on every page."""
    app = cast.app(data, rate=1e6, burst=10**6)
    house = app.extensions["house"]
    workshop_id = demo.build(house.store, house.performer, house.clock, hashing.make(PASSWORD))
    demo.revive(house.store, house.performer, house.clock, workshop_id)
    rooms = {"summing up": 1, "voting": 2, "writing": 3}
    with house.store.write() as session:
        numbering.lock(session, {workshop_id})
        workshop = session.get_one(Workshop, workshop_id)
        workshop.sample_at = None
        rooms |= {} if demo_only else _samples(session, workshop)
        owner = session.scalars(select(Account).where(Account.email == "elena@demo.invalid")).one()
        method = own_methods.copy(session, house.clock(), owner.id, "mapa_actores").key
        code, screen = workshop.code, workshop.screen_key
        delegations = list(session.scalars(select(Delegation.id).where(Delegation.workshop_id == workshop_id)))
        boards = dict(session.execute(select(Room.number, Activity.id).join(Activity, Activity.room_id == Room.id).where(
            Room.workshop_id == workshop_id, Activity.kind == "ideas")).all())
        keys = dict(session.execute(select(Room.number, Room.id).where(Room.workshop_id == workshop_id)).all())
        settings = dict(session.execute(select(Activity.id, Activity.settings)).all())
        votes_of = {(number, kind): id for number, kind, id in session.execute(select(
            Room.number, Activity.kind, Activity.id).join(Activity, Activity.room_id == Room.id).where(
            Room.workshop_id == workshop_id))}
    chance, states = random.Random(7), {}
    for name, number in rooms.items():
        cards = FULL if name == "full" else 0 if name == "empty" else 9 if number > 3 else 0
        people, ids = _write(app, code, number, boards[number], settings[boards[number]], delegations, cards, chance)
        if name == "states":
            states = {"card": ids[0], "room": keys[number]}
        if name.startswith("vote ") or name == "plane":
            kind = name.removeprefix("vote ") if name != "plane" else "positions"
            _vote(people, ids, votes_of[number, kind], known()[kind])
    house.performer.count()
    house.store.close()
    return {"workshop": workshop_id, "code": code, "screen": screen, "method": method, "email": "elena@demo.invalid",
            "password": PASSWORD, "rooms": rooms, "states": states}


def _samples(session, workshop) -> dict[str, int]:
    """The rooms that show one thing each: {name: number}."""
    rooms = {name: _room(session, workshop, name, settings, ["dots"], [])
             for name, settings in (("empty", {}), ("full", LAYOUTS["columns"]))}
    rooms["long"] = _room(session, workshop, "long", {"columns": [
        one | {"title": {"es": LONG[:40 + n]}} for n, one in enumerate(LAYOUTS["columns"]["columns"])]}, ["dots"], [],
        title=LONG, question=LONG_QUESTION, steps=[one | {"title": {"es": LONG[:60]}} for one in STEPS])
    rooms["states"] = _room(session, workshop, "states", LAYOUTS["columns"], ["dots"], [], steps=STEPS)
    for layout, settings in LAYOUTS.items():
        kinds = ["positions"] if layout == "plane" else []
        rooms[layout] = _room(session, workshop, layout, settings, kinds, kinds)
    for kind in sorted(set(votes()) - {"positions"}):
        rooms[f"vote {kind}"] = _room(session, workshop, f"vote {kind}", {}, [kind], [kind])
    return rooms


def _room(session, workshop, name: str, settings: dict, kinds: list[str], opens: list[str], title: str = "", steps=(),
          question: str = "¿Qué hicieron las comunidades para sostener la alimentación?") -> int:
    room = build_room(session, workshop, title or name.capitalize(), votes=kinds or ["dots"], question=question)
    room.opened_at = utc_now()
    board = session.scalars(select(Activity).where(Activity.room_id == room.id, Activity.kind == "ideas")).one()
    if settings:
        board.settings = {"columns": []} | settings
    if steps:
        room.steps = list(steps)
    if opens:
        room.steps = [{"key": "all", "minutes": 0, "opens": ["ideas", *opens]}]
    if "positions" in opens:
        placing = session.scalars(select(Activity).where(Activity.room_id == room.id, Activity.kind == "positions")).one()
        placing.settings = placing.settings | {"axes": AXES}
    session.flush()
    return room.number


def _write(app, code: str, number: int, board: str, settings: dict, delegations: list[str], many: int, chance
           ) -> tuple[list[cast.Phone], list[str]]:
    """So many cards of four people in a room, spread over its columns: (the people, the ids of the cards)."""
    people, ids = [], []
    for n, name in enumerate(NAMES if many else ()):
        phone = cast.Phone(app.test_client())
        phone.join(code, name, room=number, delegation=delegations[n % len(delegations)])
        people.append(phone)
    layout = settings.get("layout", "columns")
    for n in range(many):
        text = " ".join(chance.choices(WORDS, k=chance.randint(3, 16))).capitalize() + "."
        place = {}
        if settings.get("columns"):
            place["column"] = settings["columns"][n % len(settings["columns"])]["key"]
        if layout == "matrix":
            place["row"] = settings["rows"][0]["key"]
        if layout == "timeline":
            place = {"lane": settings["lanes"][n % len(settings["lanes"])]["key"], "at": str(2015 + n % 7)}
        body = {"text": text}
        if layout == "list":
            body = {"text": text, "fields": {"que_hay": text, "clase": "acta", "quien": "El comité de agua"}}
        cast.ok(people[n % len(people)].do("contribution.add", {
            "activity": board, "id": (card := secrets.token_urlsafe(12)), "body": body} | (
                {"place": place} if place else {})))
        ids.append(card)
    return people, ids


def _vote(people: list[cast.Phone], ids: list[str], vote: str, kind) -> None:
    """The ballots of a kind's example, about these cards; the last one has not voted."""
    cards = dict(zip("abcd", ids, strict=False))
    for phone, (choices, _delegation) in zip(people, kind.example.ballots, strict=False):
        named = {cards.get(key, key): value for key, value in choices.items()}
        phone.do("ballot.cast", {"activity": vote, "choices": named, "base_rev": 0})
