"""Runs a server's periodic maintenance: removes rows that nobody can use any more, keeps a demo going."""
import logging
from contextlib import suppress
from typing import TYPE_CHECKING

from flask_socketio import SocketIO

from workshop.actions.lives.clearing import forget
from workshop.actions.lives.removing import sweep
from workshop.actions.people.purging import purge
from workshop.actions.programme import videos
from workshop.actions.rooms import demo_upkeep
from workshop.domain.errors import RetryLater
from workshop.media.folder import Folder
from workshop.store.secrecy import scrubbing

if TYPE_CHECKING:
    from workshop.live import LiveHouse

log = logging.getLogger(__name__)
EVERY = 6 * 3600.0  # seconds
SAMPLE_EVERY = 10.0
NOTE_EVERY = 10.0
AFTER = 60.0  # seconds after the start, when everybody reconnects


class Upkeep:
    """Runs maintenance in the background: `start()` begins, `work()` does it once."""

    def __init__(self, house: "LiveHouse", socketio: SocketIO) -> None:
        self.house, self.socketio = house, socketio

    def start(self) -> None:
        """Starts the background work."""
        self.socketio.start_background_task(self._for_ever)
        self.socketio.start_background_task(self._note_days)
        with suppress(RetryLater), self.house.store.read() as session:
            if demo_upkeep.has_sample(session):
                self.socketio.start_background_task(self._keep_going)

    def _keep_going(self) -> None:
        while True:
            with suppress(RetryLater):
                demo_upkeep.keep_going(self.house.performer)
            self.socketio.sleep(SAMPLE_EVERY)

    def _note_days(self) -> None:
        while True:
            self.socketio.sleep(NOTE_EVERY)
            with suppress(RetryLater):
                self.house.live.door.still_here()
                self.house.performer.days.write()
                self.house.performer.scrub()

    def _for_ever(self) -> None:
        self.socketio.sleep(AFTER)
        while True:
            self.work()
            self.socketio.sleep(EVERY)

    def work(self) -> None:
        """Removes what has ended; when the store cannot now, the next round will."""
        try:
            removed = purge(self.house.store, self.house.clock(), lambda: self.socketio.sleep(0))
            if any(removed.values()):
                log.info("removed: %s devices, %s links", removed["devices"], removed["links"])
            folder = Folder(self.house.config.data)
            if n := sweep(self.house.store, self.house.clock(), folder, lambda: self.socketio.sleep(0)):
                log.info("removed: %s workshops", n)
            videos.sweep(self.house.store, self.house.clock(), folder)
            scrubbing.sweep(self.house.store)
            forget(self.house.store, self.house.clock(), folder, lambda: self.socketio.sleep(0))
        except RetryLater:
            pass  # the store has logged it
        except Exception:
            log.exception("what has ended could not be removed; it is tried again")
