"""For tests only: points at which the process can be made to die, as by kill -9 or by the loss of power.

WORKSHOP_FAILPOINT=commit.after:3 ends it when it comes to that point for the third time.  Unset, as everywhere but in
tests/faults/trials/machine/test_t02_points.py, nothing happens here.
"""
import os
import signal

POINTS = ("command", "begin.before", "begin.after", "commit.before", "commit.after", "ack", "emit.before", "emit.after",
          "snapshot.before", "snapshot.after")
_point, _, _times = os.environ.get("WORKSHOP_FAILPOINT", "").partition(":")
_left = int(_times or 1)


def reach(point: str) -> None:
    """The program has come to `point`, one of POINTS."""
    global _left
    if point == _point:
        _left -= 1
        if not _left:
            os.kill(os.getpid(), signal.SIGKILL)
