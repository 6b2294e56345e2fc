"""Typed codes: a right one is always taken; wrong ones count by address, and are slowed down."""
import time

from flask import request

from workshop.domain.errors import Refusal
from workshop.domain.limits import CODE_PAUSE
from workshop.house import house


def knock(run):
    """Run a look-up of a typed code.  A hall has one address, and one prankster in it must not lock the others out: so the
    code is looked up first.  Who guesses beyond the limit waits for each answer."""
    try:
        return run()
    except Refusal as refusal:
        if refusal.code == "wrong_code" and house().failures.take(request.remote_addr or "", time.monotonic()):
            house().live.socketio.sleep(CODE_PAUSE)
            raise Refusal("slow_down") from None
        raise
