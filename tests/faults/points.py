"""A server that dies at a point: `python -m tests.faults.points commit.after:3` serves as `workshop.server`, and ends as by
kill -9 or by the loss of power when it comes to that point for the third time.

What the points stand around is wrapped from outside: the program knows nothing of them.
"""
import os
import signal
import sys
from contextlib import contextmanager

if __name__ == "__main__":  # first: it settles the async mode, for this process and not for one that only asks for names
    from workshop import server

from workshop.live.audience import Audience
from workshop.live.door import Door
from workshop.store.session import WriterSession

POINTS = ("command", "begin.before", "begin.after", "commit.before", "commit.after", "ack", "emit.before", "emit.after",
          "snapshot.before", "snapshot.after")


def plant(reach) -> None:
    """From here on `reach(point)` is called at each of POINTS."""
    def around(owner, name: str, before: str, after: str) -> None:
        real = getattr(owner, name)

        def call(*args, **named):
            reach(before)
            answer = real(*args, **named)
            reach(after)
            return answer
        setattr(owner, name, call)

    @contextmanager
    def hold(self):
        reach("begin.before")
        with transaction(self) as session:
            reach("begin.after")
            yield session
            reach("commit.before")
        reach("commit.after")
    around(Door, "do", "command", "ack")
    around(Door, "_let_hear", "snapshot.before", "snapshot.after")
    around(Audience, "send", "emit.before", "emit.after")
    transaction, WriterSession.hold = WriterSession.hold, hold


def die_at(point: str, times: int):
    """What ends this process when it is called with the point for so many times."""
    left = times

    def reach(at: str) -> None:
        nonlocal left
        left -= at == point
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
    return reach


if __name__ == "__main__":
    where, _colon, often = sys.argv[1].partition(":")
    plant(die_at(where, int(often)))
    server.main()
