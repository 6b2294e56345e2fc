"""Sends wake-ups between processes over Redis.

A message says where to look and carries nothing else: one that is lost, doubled or forged can neither lose nor leak
anything, because whoever receives it reads the table.
"""
import logging
import secrets
from collections.abc import Callable, Iterable

from flask_socketio import SocketIO

from workshop.config import ConfigError

log = logging.getLogger(__name__)
PREFIX = "tinkuy:"
PATIENCE = 1.0  # seconds that Redis gets to answer
PAUSES = (0.2, 0.5, 1.0, 2.0)  # seconds between attempts to reach it again


class Wakeups:
    """Wakes the other processes: `send(topics)` for ours, `hear(topic)` is called here for theirs. Without a URL it does
    nothing.

    A topic is a stream's id, or "seat:", "here:" or "hint:" and the id of a seat. `healthy`: the other processes can be
    heard.
    """

    def __init__(self, url: str, socketio: SocketIO, hear: Callable[[str], None]) -> None:
        self.url, self.socketio, self.hear = url, socketio, hear
        self.healthy = False
        self._me = secrets.token_hex(4)  # tells our own wake-ups, which come back to us
        self._waiting: set[str] = set()
        self._some = socketio.server.eio.create_event()
        if url:
            try:
                import redis
                from redis.backoff import NoBackoff
                from redis.retry import Retry
            except ImportError:
                raise ConfigError("WORKSHOP_REDIS needs the package redis: pip install 'tinkuy[redis]'") from None
            self._lost = redis.RedisError
            self._client = redis.Redis.from_url(url, socket_timeout=PATIENCE, socket_connect_timeout=PATIENCE,
                                                retry=Retry(NoBackoff(), 0), health_check_interval=2)

    def start(self) -> None:
        """Starts sending and listening; a Redis that does not answer holds up nobody but these two threads."""
        if self.url:
            self.socketio.start_background_task(self._for_ever, self._speak)
            self.socketio.start_background_task(self._for_ever, self._listen)

    def send(self, topics: Iterable[str]) -> None:
        """Wakes the others; returns at once and never fails. What cannot be sent is found by their check of every second."""
        if self.url:
            self._waiting.update(topics)
            self._some.set()

    def _for_ever(self, work: Callable[[], None]) -> None:
        failures = 0
        while True:
            try:
                work()
                failures = 0
            except self._lost as error:
                if not failures:
                    log.warning("Redis does not answer (%s); changes of other processes come with the look each second",
                                type(error).__name__)
                self.socketio.sleep(PAUSES[min(failures, len(PAUSES) - 1)])
                failures += 1
            except Exception:
                log.exception("a wake-up could not be handled")
                self.socketio.sleep(PAUSES[-1])

    def _speak(self) -> None:
        self._some.wait()
        self._some.clear()
        topics, self._waiting = self._waiting, set()
        pipeline = self._client.pipeline(transaction=False)
        for topic in sorted(topics):
            pipeline.publish(PREFIX + topic, self._me)
        pipeline.execute()

    def _listen(self) -> None:
        ears = self._client.pubsub(ignore_subscribe_messages=True)
        try:
            ears.psubscribe(PREFIX + "*")
            while True:
                message = ears.get_message(timeout=PATIENCE)  # also sends the health checks that notice a hung Redis
                if not self.healthy:
                    self.healthy = True
                    log.info("Redis answers")
                if message and message["data"] != self._me.encode():
                    self.hear(message["channel"].decode("utf-8", "replace").removeprefix(PREFIX))
        finally:
            self.healthy = False
            ears.close()
