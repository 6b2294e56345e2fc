"""Sends each audience its view of a changed stream after every commit."""
import logging
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from flask_socketio import SocketIO

from workshop.domain.errors import RetryLater
from workshop.domain.shapes import Json
from workshop.domain.visibility import Viewer
from workshop.live.stream_feed import Feed, Subscription
from workshop.live.wakeups import Wakeups
from workshop.store.models.notices import NUDGE
from workshop.store.streams import viewers
from workshop.store.streams.catch_up import Frame
from workshop.store.streams.epochs import Mark
from workshop.store.transaction import Changes

if TYPE_CHECKING:
    from workshop.live import LiveHouse
    from workshop.transport.sockets.fanout import Fanout
    from workshop.transport.sockets.gateway import Gateway

log = logging.getLogger(__name__)
FORGET_EVERY = 600.0  # seconds between two purges of the addresses that seats came from
IDLE_HEAD = 30.0  # seconds between heads of an idle stream


class Audience:
    """Keeps the audiences of this process and sends them what changed, also what other processes wrote."""

    def __init__(self, house: "LiveHouse", socketio: SocketIO) -> None:
        self.house, self.socketio = house, socketio
        self.fanout: Fanout | None = None  # transport/sockets/fanout.py, where the mode has it
        self.mark: Mark | None = None  # store/streams/epochs.py, where there is a server
        self.feeds: dict[str, Feed] = {}
        self._headed: dict[str, tuple[list[str | int], float]] = {}  # audience -> the last head it was sent, and when
        self._due: set[str] = set()
        self._telling: set[str] = set()
        self._again: set[str] = set()
        self.wakeups = Wakeups(house.config.redis, socketio, self.hear)

    def name(self, stream: str, viewer: Viewer, data_saver: bool = False) -> str:
        """Names the Socket.IO room of an audience; a participant's may be `data_saver`: others' changes come in batches."""
        eyes = "staff" if viewer.is_staff else "screen" if viewer.role == "screen" else ",".join(sorted(viewer.rooms))
        return f"{stream}/{eyes}" + ("~" if data_saver and not viewer.is_staff else "")

    def enter(self, sid: str, viewer: Viewer, frame: Frame, data_saver: bool = False, few: bool = False) -> str:
        """Subscribes a socket, which has `frame`, to the rest of its stream (`few`: a circle's); returns the audience it is
        in."""
        stream, now = frame.stream, frame.now
        shared = Viewer(viewer.workshop, viewer.privacy, viewer.role, frozenset(), viewer.rooms)
        name = self.name(stream, viewer, data_saver)
        self.join(sid, name, few)
        feed = self.feeds.setdefault(stream, Feed(stream, frame.epoch, now))
        subscription = feed.subscriptions.setdefault(name, Subscription(shared, feed.seen, name.endswith("~")))
        subscription.members += 1
        self._headed.setdefault(name, ([frame.epoch, now], time.monotonic()))  # its frame has carried the head
        if subscription.told > now or frame.epoch != feed.epoch:
            # A commit was announced between its question and its subscription; a head that is ahead makes it ask.
            self.socketio.server.emit("head", self._head({stream: [feed.epoch, feed.seen]}), room=sid)
        return name

    def join(self, sid: str, name: str, few: bool = False) -> None:
        """Adds the socket to those that receive what is sent to the audience."""
        if self.fanout:
            self.fanout.enter(sid, name, few)
        else:
            self.socketio.server.enter_room(sid, name)

    def send(self, name: str, event: str, data: object) -> None:
        """Sends an event to everybody in the audience."""
        if self.fanout:
            self.fanout.tell(name, event, data)
        else:
            self.socketio.server.emit(event, data, room=name)

    def leave(self, sid: str, audiences: dict[str, str]) -> None:
        """Removes a disconnected socket from these audiences (stream -> name)."""
        if self.fanout:
            self.fanout.leave(sid)
        self._forget(audiences)

    def part(self, sid: str, audiences: dict[str, str]) -> None:
        """Removes a socket that stays connected from these small audiences."""
        for name in audiences.values():
            if self.fanout:
                self.fanout.part(sid, name)
            else:
                self.socketio.server.leave_room(sid, name)
        self._forget(audiences)

    def _forget(self, audiences: dict[str, str]) -> None:
        for stream, name in audiences.items():
            feed = self.feeds.get(stream)
            subscription = feed.subscriptions.get(name) if feed else None
            if feed and subscription:
                subscription.members -= 1
                if not subscription.members:
                    del feed.subscriptions[name]
                    self._headed.pop(name, None)
                    if not feed.subscriptions:
                        del self.feeds[stream]

    def announce(self, changes: Changes) -> None:
        """Announces a commit: to the streams that changed, ballots to their owners; closes the sockets of those who were
        removed."""
        if self.wakeups.url:
            seats = {f"seat:{seat}" for seat in (*changes.seats_out, *(seat for seat, _ in changes.ballots))}
            self.wakeups.send(
                changes.streams.keys() | seats | {f"circles:{room}" for room in changes.circles | changes.company}
                | {f"hint:{seat}" for seat, _, card in changes.waiting if card["kind"] == NUDGE})
        for room in changes.circles:  # first: whoever now has a circle of their own learns of it before the room goes on
            self._gather(room)
        for room in changes.company - changes.circles:
            with suppress(RetryLater):
                self.house.live.door.tell_company(room)
        for _, ballot in changes.ballots:
            self.house.live.door.tell_ballot(ballot)
        for seat, card, origin in changes.cards:
            self.house.live.door.tell_mine(seat, card, origin)
        for seat, stream, shown in changes.waiting:
            self.house.live.door.tell_waiting(seat, stream, shown)
        for stream, change in changes.streams.items():
            if stream in self.feeds and self.feeds[stream].take(change, changes.authors):
                self._soon(self.feeds[stream])
        if changes.count_in is not None:
            self.house.live.counts.soon(changes.count_in)
        for vote in changes.alike:
            self.house.live.groups.soon(vote)
        for seat in changes.seats_out:
            self.house.live.door.close_seat(seat)

    def hear(self, topic: str) -> None:
        """Takes a wake-up: another process has changed a stream or a seat."""
        if topic.startswith("circles:"):
            self._gather(topic.removeprefix("circles:"))
        elif topic in self.feeds:
            self.feeds[topic].gap = True
            self._soon(self.feeds[topic])
        elif topic.startswith("here:"):
            self.house.live.door.health.moved(topic.removeprefix("here:"))
        elif topic.startswith("hint:"):
            with suppress(RetryLater):
                self.house.live.door.hints.find(topic.removeprefix("hint:"))
        elif topic.startswith("seat:"):
            with suppress(RetryLater):
                self.house.live.door.look_again(topic.removeprefix("seat:"))

    def _gather(self, room: str) -> None:
        with suppress(RetryLater):  # then the next reauthorisation finds it
            self.house.live.door.gather(room)

    def _soon(self, feed: Feed) -> None:
        """Schedules a send: at once for a quiet stream that has something to send, else at most every `batch_ms`."""
        if feed.stream in self._due:
            return
        wait = feed.sent + self.house.config.batch_ms / 1000 - time.monotonic()
        if wait <= 0:
            self.tell(feed)
        else:
            self._due.add(feed.stream)
            self.socketio.start_background_task(self._tell_later, feed, wait)

    def _tell_later(self, feed: Feed, wait: float) -> None:
        self.socketio.sleep(wait)
        self._due.discard(feed.stream)
        self.tell(feed)

    def tell(self, feed: Feed) -> None:
        """Sends each audience of the stream what it has not been sent.

        Reading may yield: whoever wants to send the same stream meanwhile leaves it to the one who is at it.
        """
        self._again.add(feed.stream)
        if feed.stream in self._telling:
            return
        self._telling.add(feed.stream)
        try:
            while feed.stream in self._again:
                self._again.discard(feed.stream)
                self._tell(feed)
        except RetryLater:
            pass  # the check of every second finds what was not sent
        finally:
            self._telling.discard(feed.stream)

    def _tell(self, feed: Feed) -> None:
        if feed.gap:
            feed.gap = False  # a gap that opens while the table is read makes it be read again
            try:
                with self.house.store.reader.glance() as session:
                    told = feed.glance(session)
                if not told:
                    with self.house.store.reader.hold() as session:
                        feed.read(session)
            except BaseException:
                feed.gap = True
                raise
            if feed.gap:
                self._again.add(feed.stream)
        feed.sent = time.monotonic()
        for name, subscription in feed.due():
            self.send(name, "cards", subscription.frame(feed))
        if feed.due():  # more is held than one frame takes: the rest follows
            self._soon(feed)

    def start(self) -> None:
        """Starts the periodic work: stream heads and sockets are checked each second, head frames sent every few seconds."""
        self.wakeups.start()
        self.socketio.start_background_task(self._beat)
        if self.house.live.guard:
            self.socketio.start_background_task(self._ping, self.house.live.guard)

    def _ping(self, guard: "Gateway") -> None:
        while True:
            self.socketio.sleep(1)
            guard.ping()

    def _beat(self) -> None:
        config, last, others, forgot = self.house.config, 0.0, None, time.monotonic()
        while True:
            self.socketio.sleep(config.check_every)
            try:
                before, others = others, self.house.store.pen.others()
                if moved := others is None or others != before:
                    self.check()
                if moved or self.house.performer.is_due:
                    self.house.performer.count()
                self.house.live.door.call_roll_if_needed()
                if self.house.live.guard:
                    self.house.live.guard.sweep()
                if moved and not self.wakeups.healthy and not self.house.store.is_sqlite:
                    self.house.live.door.find_ballots()
                    self.house.live.door.hints.find()
                self.house.live.presence.tell()
                self.send_heads()
                if time.monotonic() - last >= config.head_every:
                    last, others = time.monotonic(), None  # now and then check in any case
                    if self.mark:
                        self.mark.set()
                if time.monotonic() - forgot >= FORGET_EVERY:
                    forgot = time.monotonic()
                    self.house.performer.arrivals.forget()
            except RetryLater:
                pass  # the store has logged it
            except Exception:
                log.exception("the tailer could not look; it tries again")

    def check(self) -> None:
        """Sends streams that another process wrote, or whose wake-up was lost."""
        if self.feeds:
            with self.house.store.reader.glance() as session:
                now = viewers.heads(session, list(self.feeds))
            for stream, head in now.items():
                feed = self.feeds.get(stream)
                if feed and head != [feed.epoch, feed.seen]:
                    feed.gap = True
                    self.tell(feed)

    def send_heads(self) -> None:
        """Tells every audience within `head_every` how far its stream has come: by a frame if some changes were held back,
        else by head {streams: {id: [epoch, seq]}, now} once the stream is quiet (while it moves, its frames say so). Idle
        streams get heads seldom: the transport's own ping shows that the connection lives, and an idle phone pays for every
        byte."""
        at, config = time.monotonic(), self.house.config
        for feed in list(self.feeds.values()):
            head: list[str | int] = [feed.epoch, feed.seen]
            quiet = at - feed.sent >= config.head_every - config.check_every
            for name, subscription in list(feed.subscriptions.items()):
                told, when = self._headed[name]
                if subscription.told < feed.seen and at - when >= config.head_every:
                    self.send(name, "cards", subscription.frame(feed))
                elif subscription.told == feed.seen and ((told != head and quiet) or at - when >= IDLE_HEAD):
                    self.send(name, "head", self._head({feed.stream: head}))
                else:
                    continue
                self._headed[name] = (head, at)

    def _head(self, streams: Json) -> Json:
        return {"streams": streams, "now": self.house.clock().timestamp()}
