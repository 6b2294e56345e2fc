"""Starts the counting of live votes in this process when their next count is due."""
from contextlib import suppress

from flask_socketio import SocketIO

from workshop.domain.errors import RetryLater
from workshop.house import House


class TallyTimer:
    """Schedules at most one count at a time; the check of every second finds what a dead process or a full disk left."""

    def __init__(self, house: House, socketio: SocketIO) -> None:
        self.house, self.socketio = house, socketio
        self._due = False

    def soon(self, seconds: float) -> None:
        """Schedules a count in `seconds`, unless one is already scheduled."""
        if not self._due:
            self._due = True
            self.socketio.start_background_task(self._later, seconds)

    def _later(self, seconds: float) -> None:
        self.socketio.sleep(seconds)
        self._due = False
        with suppress(RetryLater):
            self.house.performer.count()
