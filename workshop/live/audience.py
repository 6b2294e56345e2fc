"""Who is told: a commit is a poke, the table is read, and every audience gets its own view of what changed."""
import logging
import time
from dataclasses import dataclass

from workshop.actions.perform import heads
from workshop.domain.sight import Viewer
from workshop.store import sight
from workshop.store.models import Stream

log = logging.getLogger(__name__)


@dataclass
class Watch:
    """One audience: everybody here who sees stream `stream` through the same eyes."""

    stream: str
    viewer: Viewer
    members: int = 0


class Audience:
    """The watches of this process and the tailer that serves them."""

    def __init__(self, house, socketio):
        self.house, self.socketio = house, socketio
        self.watches: dict[str, Watch] = {}
        self.told: dict[str, int] = {}  # stream -> number up to which everybody here was told
        self._sent: dict[str, float] = {}  # stream -> when its last frame left
        self._due: set[str] = set()

    def name(self, stream: str, viewer: Viewer) -> str:
        """The Socket.IO room of an audience."""
        eyes = "staff" if viewer.is_staff else "screen" if viewer.role == "screen" else ",".join(sorted(viewer.rooms))
        return f"{stream}/{eyes}"

    def enter(self, sid: str, stream: str, viewer: Viewer, head: int) -> None:
        """The socket hears `stream` from number `head` on."""
        shared = Viewer(viewer.workshop, viewer.privacy, viewer.role, frozenset(), viewer.rooms)
        name = self.name(stream, viewer)
        self.socketio.server.enter_room(sid, name)
        self.watches.setdefault(name, Watch(stream, shared)).members += 1
        self.told.setdefault(stream, head)

    def leave(self, names) -> None:
        """A socket that was in these audiences is gone."""
        for name in names:
            watch = self.watches.get(name)
            if watch:
                watch.members -= 1
                if not watch.members:
                    del self.watches[name]
                    if not any(w.stream == watch.stream for w in self.watches.values()):
                        self.told.pop(watch.stream, None)

    def announce(self, news) -> None:
        """After a commit: tell about the streams that changed, ballots to their owners, and close who was removed."""
        for seat, ballot in news.ballots:
            self.socketio.server.emit("my_ballot", ballot, room=f"seat:{seat}")
        self.poke(news.streams)
        self.house.live.counts.soon(news.count_in)
        for seat in news.seats_out:
            self.house.live.door.close_seat(seat)

    def poke(self, streams) -> None:
        """Leading edge: a quiet stream is told at once, a busy one at most every `batch_ms`."""
        now = time.monotonic()
        pause = self.house.config.batch_ms / 1000
        for stream in streams:
            if stream not in self.told or stream in self._due:
                continue
            wait = self._sent.get(stream, 0) + pause - now
            if wait <= 0:
                self.tell(stream)
            else:
                self._due.add(stream)
                self.socketio.start_background_task(self._tell_later, stream, wait)

    def _tell_later(self, stream: str, wait: float) -> None:
        self.socketio.sleep(wait)
        self._due.discard(stream)
        self.tell(stream)

    def tell(self, stream: str) -> None:
        """Read what is new in the stream and send each audience its frame."""
        was = self.told.get(stream)
        if was is None:
            return
        with self.house.store.read() as session:
            line = session.get(Stream, stream)
            if line is None or line.seq <= was:
                return
            rows = sight.changed(session, stream, was)
            watches = [(name, watch) for name, watch in self.watches.items() if watch.stream == stream]
            look = sight.Look(session, None, rows)
            frames = []
            for name, watch in watches:
                eyes = look.through(watch.viewer)
                frames.append((name, {"stream": stream, "epoch": line.epoch, "was": was, "now": line.seq,
                                      "cards": [eyes.card(row) for row in rows]}))
        self.told[stream] = line.seq
        self._sent[stream] = time.monotonic()
        for name, frame in frames:
            self.socketio.server.emit("cards", frame, room=name)

    def start(self) -> None:
        """The beats: a look at the heads each second, a head frame every few seconds."""
        self.socketio.start_background_task(self._beat)

    def _beat(self) -> None:
        config, last = self.house.config, 0.0
        while True:
            self.socketio.sleep(config.check_every)
            try:
                self.check()
                self.house.performer.count()
                self.house.live.presence.tell()
                if time.monotonic() - last >= config.head_every:
                    last = time.monotonic()
                    self.send_heads()
            except Exception:
                log.exception("the tailer could not look; it tries again")

    def check(self) -> None:
        """Tell about streams that another process wrote, or whose poke was lost."""
        if self.told:
            with self.house.store.read() as session:
                now = heads(session, list(self.told))
            for stream, (_epoch, seq) in now.items():
                if seq > self.told.get(stream, seq):
                    self.tell(stream)

    def send_heads(self) -> None:
        """head {streams: {id: [epoch, seq]}, now} to every audience."""
        if self.told:
            with self.house.store.read() as session:
                now = heads(session, list(self.told))
            at = self.house.clock().timestamp()
            for name, watch in list(self.watches.items()):
                if watch.stream in now:
                    self.socketio.server.emit("head", {"streams": {watch.stream: now[watch.stream]}, "now": at}, room=name)
