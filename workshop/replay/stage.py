"""Sets up the rooms in which recorded conversations are played: in the store, through the same door as every command."""
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, select

from workshop.actions.lives import removing
from workshop.actions.people import sessions
from workshop.actions.performer import Performer
from workshop.actions.rooms import building, workshops
from workshop.config import Config
from workshop.domain.methods.shape import Method
from workshop.domain.shapes import Json
from workshop.house import utc_now
from workshop.media.folder import Folder
from workshop.replay.recording import Recording
from workshop.store.models import Account, Activity, Device, Membership, Room, Workshop
from workshop.store.session import Store
from workshop.store.streams import numbering
from workshop.store.transaction import Session

# One step without an end, open for ideas and opinions at once, as the recorded platform was.
STEPS = [{"key": "ideas", "minutes": 0, "opens": ["ideas", "opinions"]}]


@dataclass
class Stage:
    """How to get in, where to write, and the card of each idea (made on the devices, so known before)."""

    code: str
    room: int
    stream: str
    board: str
    vote: str
    cards: dict[str, str]  # idea of the recording -> card id


@dataclass
class ChatRoom:
    """Holds a room of a recorded talk: its number and the board that takes its messages."""

    number: int
    board: str


def found(config: Config, recording: Recording) -> Stage:
    """Opens a workshop with one room in the data of `config`, the first ideas on its board."""
    with opened(config) as store:
        with store.write() as session:
            made, cookie = workshop(session, recording.name)
            one, kinds = room(session, made, recording.name, ("opinions",))
            stage = Stage(made.code, one.number, one.stream_id, kinds["ideas"], kinds["opinions"],
                          {key: secrets.token_urlsafe(9) for key in recording.texts})
        performer, client = Performer(store, utc_now), secrets.token_urlsafe(16)
        for n, key in enumerate(recording.seeds, 1):
            answer = performer.perform(cookie, {"client": client, "n": n, "verb": "contribution.add", "seat": None,
                                                "payload": idea(stage, recording, key)})
            if not answer["ok"]:
                raise RuntimeError(f"the idea {key} was refused: {answer['code']}")
        return stage


def found_rooms(config: Config, title: str, rooms: Iterable[str]) -> tuple[str, dict[str, ChatRoom]]:
    """Opens a workshop with a room of each name: (its code, {name: room})."""
    with opened(config) as store, store.write() as session:
        made, _ = workshop(session, title)
        built = {name: room(session, made, name, ()) for name in rooms}
        return made.code, {name: ChatRoom(one.number, kinds["ideas"]) for name, (one, kinds) in built.items()}


@contextmanager
def opened(config: Config) -> Iterator[Store]:
    """Opens the store of these settings, up to date."""
    store = Store(config.database_url, data=Path(config.data))
    try:
        store.migrate()
        yield store
    finally:
        store.close()


def workshop(session: Session, title: str) -> tuple[Workshop, str]:
    """Returns a workshop with an owner of its own, who has no password: (workshop, the owner's cookie)."""
    now = utc_now()
    owner = workshops.create_account(session, now, f"{secrets.token_hex(8)}@replay.invalid", title, "")
    return workshops.create_workshop(session, now, owner, title), sessions.sign_in(session, now, None, owner)


def clear(config: Config, workshop_id: str) -> None:
    """Takes a workshop that was made here away again, with all that came of it and the owner of its own."""
    with opened(config) as store:
        with store.write() as session:
            numbering.lock(session, {workshop_id})
            session.get_one(Workshop, workshop_id).deleted_at = utc_now()
            owners = list(session.scalars(select(Membership.account_id).where(Membership.workshop_id == workshop_id)))
        removing.remove(store, Folder(config.data), workshop_id)
        with store.write() as session:
            session.execute(delete(Device).where(Device.account_id.in_(owners)))
            session.execute(delete(Account).where(Account.id.in_(owners)))


def room(session: Session, within: Workshop, title: str, votes: tuple[str, ...], process: list[Json] = STEPS,
         method: Method | None = None) -> tuple[Room, dict[str, str]]:
    """Returns an open room: (room, {kind: activity id}); a `method` brings its own steps and votes."""
    made = building.build_room(session, within, title, votes=votes, process=process, method=method)
    made.opened_at = utc_now()
    session.flush()
    return made, {row.kind: row.id for row in session.scalars(select(Activity).where(Activity.room_id == made.id))}


def idea(stage: Stage, recording: Recording, key: str) -> Json:
    """Returns the payload that puts an idea of the recording on the board."""
    return {"activity": stage.board, "id": stage.cards[key], "body": {"text": recording.texts[key]}}
