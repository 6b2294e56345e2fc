"""A workshop for trials: every room takes ideas and votes from the beginning, so that anything may be done at any time."""
import threading
from dataclasses import dataclass
from pathlib import Path

from tests.support import cast
from workshop import hashing
from workshop.actions.people import sessions
from workshop.actions.rooms import building, workshops
from workshop.config import Config
from workshop.store.models import Activity

PASSWORD = "quinua y papa nativa"
COLUMNS = ("c1", "c2", "c3")  # as build_room names them
MIGRATING = threading.Lock()  # Alembic's context is one for the process, and trials may begin at the same time
EVERYTHING = [{"key": "all", "minutes": 0, "opens": ["ideas", "dots"]}, {"key": "over", "minutes": 0, "opens": []}]


@dataclass
class Place:
    """Where a trial happens.  `boards` and `votes` are activity ids by room; `staff` is the facilitator's cookie."""

    folder: Path
    workshop: str
    code: str
    rooms: list[str]
    boards: list[str]
    votes: list[str]
    staff: str
    account: str

    @property
    def url(self) -> str:
        """The database."""
        return Config(data=str(self.folder)).database_url


def found(folder, count: int = 2, privacy: str = "named", reveal: str = "live", spare: int = 0) -> Place:
    """A workshop with so many open rooms in the data folder, before any server has opened it; after them come `spare`
    rooms that are no part of the place."""
    with MIGRATING:
        app = cast.app(folder)
    house = app.extensions["house"]
    now = house.clock()
    password_hash = hashing.make(PASSWORD)
    with house.store.write() as session:
        owner = workshops.create_account(session, now, "elena@example.org", "Elena Quispe", password_hash)
        workshop = workshops.create_workshop(session, now, owner, "Encuentro", privacy=privacy, delegations=cast.DELEGATIONS)
        made = [building.build_room(session, workshop, f"Grupo {i + 1}", votes=("dots",), process=EVERYTHING,
                                 columns=("Avances", "Desafíos", "Propuestas")) for i in range(count + spare)]
        for room in made:
            room.opened_at = now
        session.flush()
        for vote in session.query(Activity).filter_by(kind="dots"):
            vote.settings = vote.settings | {"reveal": reveal}
        staff = sessions.sign_in(session, now, None, owner)
        ids, code, account = [room.id for room in made[:count]], workshop.code, owner.id
    held = [cast.activities(app, room) for room in ids]
    house.store.close()
    return Place(Path(folder), workshop.id, code, ids, [one["ideas"] for one in held], [one["dots"] for one in held], staff,
                 account)
