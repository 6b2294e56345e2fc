"""The room in which a recorded conversation is played: founded in the store, through the same door as every command."""
import secrets
from dataclasses import dataclass

from sqlalchemy import select

from workshop.actions import building, doors, opening
from workshop.actions.perform import Performer
from workshop.config import Config
from workshop.house import utc_now
from workshop.replay.recording import Recording
from workshop.store.models import Activity
from workshop.store.session import Store

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


def found(config: Config, recording: Recording) -> Stage:
    """Open a workshop with one room in the data of `config`, the first ideas on its board."""
    store = Store(config.database_url)
    try:
        store.migrate()
        performer = Performer(store, utc_now)
        with store.write() as session:
            now = utc_now()
            owner = opening.create_account(session, now, f"{secrets.token_hex(8)}@replay.invalid", recording.name,
                                           secrets.token_urlsafe(24))
            workshop = opening.create_workshop(session, now, owner, recording.name)
            room = building.build_room(session, workshop, recording.name, votes=("opinions",), process=STEPS)
            room.opened_at = now
            session.flush()
            cookie = doors.sign_in(session, now, None, owner)
            kinds = {a.kind: a.id for a in session.scalars(select(Activity).where(Activity.room_id == room.id))}
            stage = Stage(workshop.code, room.number, room.stream_id, kinds["ideas"], kinds["opinions"],
                          {key: secrets.token_urlsafe(9) for key in recording.texts})
        client = secrets.token_urlsafe(16)
        for n, key in enumerate(recording.seeds, 1):
            answer = performer.perform(cookie, {"client": client, "n": n, "verb": "contribution.add", "seat": None,
                                                "payload": idea(stage, recording, key)})
            if not answer["ok"]:
                raise RuntimeError(f"the idea {key} was refused: {answer['code']}")
        return stage
    finally:
        store.close()


def idea(stage: Stage, recording: Recording, key: str) -> dict:
    """The payload that puts an idea of the recording on the board."""
    return {"activity": stage.board, "id": stage.cards[key], "body": {"text": recording.texts[key]}}
