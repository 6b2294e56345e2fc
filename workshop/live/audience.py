"""Who is told: a commit is a poke, the table is read, and every audience gets its own view of what changed."""
import logging
import time
from contextlib import suppress
from dataclasses import dataclass

from workshop.actions.perform import heads
from workshop.domain.errors import Later
from workshop.domain.sight import Viewer
from workshop.live.poke import Pokes
from workshop.store import sight
from workshop.store.models import Stream

log = logging.getLogger(__name__)
IDLE_HEAD = 30.0  # seconds between heads of a stream where nothing happens


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
        self.fanout = None  # live/fanout.py, where the mode has it
        self.watches: dict[str, Watch] = {}
        self._headed: dict[str, tuple[list, float]] = {}  # audience -> the last head it was sent, and when
        self.told: dict[str, int] = {}  # stream -> number up to which everybody here was told
        self._sent: dict[str, float] = {}  # stream -> when its last frame left
        self._due: set[str] = set()
        self._telling: set[str] = set()
        self._again: set[str] = set()
        self.pokes = Pokes(house.config.redis, socketio, self.hear)

    def name(self, stream: str, viewer: Viewer) -> str:
        """The Socket.IO room of an audience."""
        eyes = "staff" if viewer.is_staff else "screen" if viewer.role == "screen" else ",".join(sorted(viewer.rooms))
        return f"{stream}/{eyes}"

    def enter(self, sid: str, viewer: Viewer, frame: dict) -> str:
        """The socket, which has `frame`, hears the rest of its stream; returns the audience in which it is."""
        stream, head = frame["stream"], frame["now"]
        shared = Viewer(viewer.workshop, viewer.privacy, viewer.role, frozenset(), viewer.rooms)
        name = self.name(stream, viewer)
        self.join(sid, name)
        self.watches.setdefault(name, Watch(stream, shared)).members += 1
        told = self.told.setdefault(stream, head)
        if told > head:  # a commit was told between its question and its entry; a head that is ahead makes it ask
            self.socketio.server.emit("head", self._head({stream: [frame["epoch"], told]}), room=sid)
        return name

    def join(self, sid: str, name: str) -> None:
        """The socket hears what is sent to the audience."""
        if self.fanout:
            self.fanout.enter(sid, name)
        else:
            self.socketio.server.enter_room(sid, name)

    def send(self, name: str, event: str, data) -> None:
        """An event for everybody in the audience."""
        if self.fanout:
            self.fanout.tell(name, event, data)
        else:
            self.socketio.server.emit(event, data, room=name)

    def leave(self, sid: str, names) -> None:
        """A socket that was in these audiences is gone."""
        if self.fanout:
            self.fanout.leave(sid)
        for name in names:
            watch = self.watches.get(name)
            if watch:
                watch.members -= 1
                if not watch.members:
                    del self.watches[name]
                    self._headed.pop(name, None)
                    if not any(w.stream == watch.stream for w in self.watches.values()):
                        self.told.pop(watch.stream, None)

    def announce(self, news) -> None:
        """After a commit: tell about the streams that changed, ballots to their owners, and close who was removed."""
        seats = {f"seat:{seat}" for seat in (*news.seats_out, *(seat for seat, _ in news.ballots))}
        self.pokes.send(news.streams | seats)
        for _, ballot in news.ballots:
            self.house.live.door.tell_ballot(ballot)
        for seat, card in news.cards:
            self.socketio.server.emit("mine", {"seat": seat, "card": card}, room=f"seat:{seat}")
        self.poke(news.streams)
        self.house.live.counts.soon(news.count_in)
        for seat in news.seats_out:
            self.house.live.door.close_seat(seat)

    def hear(self, topic: str) -> None:
        """Another process was busy with a stream or a seat."""
        if not topic.startswith("seat:"):
            self.poke([topic])
            return
        with suppress(Later):
            self.house.live.door.look_again(topic.removeprefix("seat:"))

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
        """Read what is new in the stream and send each audience its frame.

        Reading may yield: whoever wants to tell the same stream meanwhile leaves it to the one who is at it.
        """
        self._again.add(stream)
        if stream in self._telling:
            return
        self._telling.add(stream)
        try:
            while stream in self._again:
                self._again.discard(stream)
                self._tell(stream)
        except Later:
            pass  # the look each second finds what was not told
        finally:
            self._telling.discard(stream)

    def _tell(self, stream: str) -> None:
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
            self.send(name, "cards", frame)

    def start(self) -> None:
        """The beats: a look at the heads and the sockets each second, a head frame every few seconds."""
        self.pokes.start()
        self.socketio.start_background_task(self._beat)

    def _beat(self) -> None:
        config, last = self.house.config, 0.0
        while True:
            self.socketio.sleep(config.check_every)
            try:
                self.check()
                self.house.live.door.call_roll()
                if self.house.live.guard:
                    self.house.live.guard.sweep()
                if not self.pokes.healthy and not self.house.store.is_sqlite:
                    self.house.live.door.find_ballots()
                self.house.performer.count()
                self.house.live.presence.tell()
                if time.monotonic() - last >= config.head_every:
                    last = time.monotonic()
                    self.send_heads()
            except Later:
                pass  # the store has said so in the log
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
        """head {streams: {id: [epoch, seq]}, now} to every audience whose stream has moved on since its last one; to the
        others seldom: the transport's own ping shows that the line lives, and an idle phone pays for every byte."""
        if self.told:
            at = time.monotonic()
            with self.house.store.read() as session:
                now = heads(session, list(self.told))
            for name, watch in list(self.watches.items()):
                head, last = now.get(watch.stream), self._headed.get(name)
                if head and (last is None or last[0] != head or at - last[1] >= IDLE_HEAD):
                    self._headed[name] = (head, at)
                    self.send(name, "head", self._head({watch.stream: head}))

    def _head(self, streams: dict) -> dict:
        return {"streams": streams, "now": self.house.clock().timestamp()}
