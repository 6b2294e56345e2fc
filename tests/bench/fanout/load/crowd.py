"""The load: many lines in one loop, light enough to leave the other processor to the server."""
import gc
import secrets
import select
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from tests.bench.fanout.load.ideas import texts
from tests.bench.fanout.load.line import Line
from workshop.replay.figures import cpu_seconds

SENDERS = 5
TOGETHER = 12  # people who are on their way in at the same time
QUIET, IDLE = 1.5, 0.25  # a server is done when nothing came for so long and it used less than so much of a processor
PATIENCE = 180.0  # seconds for everybody to be seated, and for everything to arrive


@dataclass
class Sent:
    """An idea that was posted."""

    text: str
    sender: int  # number of the line
    ack: int  # number of its acknowledgement
    at: float  # monotonic seconds


class Crowd:
    """The lines to one server."""

    def __init__(self, pid: int):
        self.pid, self.lines, self.poller, self.by_fd = pid, [], select.epoll(), {}
        self.sent: dict[str, Sent] = {}

    def seat(self, enter, count: int) -> float:
        """So many people more come in, each by `enter(i) -> Line`, a few at a time.  Returns when the last was seated, once
        it is quiet.  Raises TimeoutError."""
        wanted, until, coming, standing = len(self.lines) + count, time.monotonic() + PATIENCE, [], []
        with ThreadPoolExecutor(TOGETHER) as door:
            while len(self.lines) < wanted or standing:
                while len(self.lines) + len(coming) < wanted and len(standing) + len(coming) < TOGETHER:
                    coming.append(door.submit(enter, len(self.lines) + len(coming)))
                for ready in [one for one in coming if one.done()]:
                    coming.remove(ready)
                    standing.append(self.take_in(ready.result()))
                self.turn(0.002)
                standing = [line for line in standing if not line.seated]
                if time.monotonic() > until or any(line.over for line in standing):
                    raise TimeoutError(f"{len(self.lines) - len(standing)} of {wanted} were seated")
        seated = time.monotonic()
        while self.turn(0.3) and time.monotonic() < until:
            pass
        return seated

    def take_in(self, line: Line) -> Line:
        """Read the line from now on."""
        self.lines.append(line)
        self.by_fd[line.socket.fileno()] = line
        self.poller.register(line.socket, select.EPOLLIN)
        return line

    def turn(self, timeout: float) -> bool:
        """Wait so many seconds at most and take what has come; whether anything had
        but heartbeats, of which a full room is never without."""
        came = False
        for fd, _ in self.poller.poll(max(0.0, timeout), 4096):
            line = self.by_fd[fd]
            came = line.receive() or came
            if line.over:
                self.poller.unregister(fd)
        return came

    def storm(self, rate: float, seconds: float) -> tuple[float, float]:
        """Post at the rate, by turns, and wait until nothing comes any more; returns (server's CPU seconds, wall seconds),
        both until the last bytes came."""
        ideas = texts(int(rate * seconds))
        for line in self.lines:
            line.keep()
        gc.collect()
        gc.disable()
        try:
            cpu, began = cpu_seconds(self.pid), time.monotonic()
            for i, text in enumerate(ideas):
                while (left := began + i / rate - time.monotonic()) > 0:
                    self.turn(left)
                self.post(i % SENDERS, text)
            done, ended = self.listen()
        finally:
            gc.enable()
        return done - cpu, ended - began

    def post(self, sender: int, text: str) -> None:
        """One idea."""
        line, key = self.lines[sender], secrets.token_urlsafe(9)
        packet = line.dialect.idea(key, text)
        self.sent[key] = Sent(text, sender, line.dialect.sent, time.monotonic())
        line.say(packet)

    def listen(self) -> tuple[float, float]:
        """Take in what still comes; returns the server's CPU reading and the time when the last of it had come."""
        until, cpu, last = time.monotonic() + PATIENCE, cpu_seconds(self.pid), time.monotonic()
        while time.monotonic() < until:
            if self.turn(0.05):
                last = time.monotonic()
                while self.turn(0.05):
                    last = time.monotonic()
                cpu = cpu_seconds(self.pid)
            elif (still := time.monotonic() - last) > QUIET and cpu_seconds(self.pid) - cpu < IDLE * still:
                break
        return cpu, last

    def rest(self) -> None:
        """Wait until the server has done what it begins with, such as compiling its templates: it is no part of a seat.
        Raises TimeoutError."""
        until, mark, cpu = time.monotonic() + PATIENCE, time.monotonic(), cpu_seconds(self.pid)
        while time.monotonic() < until:
            self.turn(0.05)
            if (still := time.monotonic() - mark) > QUIET:
                used = cpu_seconds(self.pid) - cpu
                if used < IDLE / 10 * still:
                    return
                mark, cpu = time.monotonic(), cpu_seconds(self.pid)
        raise TimeoutError("the server never rests")

    def close(self) -> None:
        """Everybody leaves."""
        for line in self.lines:
            line.close()
        self.poller.close()
