"""The tellers of this process: they count what waits when its turn comes."""
from contextlib import suppress

from flask_socketio import SocketIO

from workshop.domain.errors import RetryLater
from workshop.house import House


class TallyTimer:
    """At most one count is on its way; the look of each second finds what a dead process or a full disk left."""

    def __init__(self, house: House, socketio: SocketIO) -> None:
        self.house, self.socketio = house, socketio
        self._due = False

    def soon(self, seconds: float) -> None:
        """Count in `seconds`, unless somebody is already about to."""
        if not self._due:
            self._due = True
            self.socketio.start_background_task(self._later, seconds)

    def _later(self, seconds: float) -> None:
        self.socketio.sleep(seconds)
        self._due = False
        with suppress(RetryLater):
            self.house.performer.count()
