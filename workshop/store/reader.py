"""The reader's connection: what was read for one screen is there for the next, as long as nothing has been written.

When a line comes back to a hall, ninety devices ask the same question within a second.  As the pen (store/pen.py) does, the
reader keeps one SQLite connection and asks it in every transaction whether somebody has written since; PostgreSQL gets a
fresh session each time.
"""
import threading
from contextlib import contextmanager

from sqlalchemy.orm import Session

from workshop.store.patience import patience


class Reader:
    """`with reader.hold() as session`: one moment of the store.  `recall` (store/recall.py) makes each answer once."""

    def __init__(self, store):
        self.store = store
        self._lock = threading.RLock()
        self._connection = None
        self._version = None
        self._recalled: dict = {}
        self._snapshots: dict = {}  # they know by themselves how far they are (store/snapshots.py)

    @contextmanager
    def hold(self):
        """A session to look.  Raises Later."""
        if not self.store.is_sqlite:
            with self.store.read() as session:
                yield session
            return
        with self._lock, patience():
            if self._connection is None:
                self._connection, self._version = self.store.engine.connect(), None
            try:
                with Session(self._connection, expire_on_commit=False) as session:
                    session.connection()
                    # The first question fixes the moment; asked before it, the version could belong to an earlier one.
                    self._connection.exec_driver_sql("SELECT 1 FROM workshop LIMIT 1")
                    version = self._connection.exec_driver_sql("PRAGMA data_version").scalar()
                    if version != self._version:
                        self._version, self._recalled = version, {}
                    session.info |= {"recalled": self._recalled, "snapshots": self._snapshots}
                    yield session
            except Exception:
                self.lay_down()
                raise

    def lay_down(self) -> None:
        """Forget everything and give the connection back."""
        with self._lock:
            connection, self._connection = self._connection, None
            self._recalled, self._snapshots = {}, {}
            if connection is not None:
                connection.close()
