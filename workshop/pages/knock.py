"""Typed codes: only wrong ones count, and they count by address."""
import time

from flask import request

from workshop.domain.errors import Refusal
from workshop.house import house


def knock(run):
    """Run a look-up of a typed code; only failures count against the address, so a full hall gets in."""
    h, now, address = house(), time.monotonic(), request.remote_addr or ""
    if h.failures.level(address, now) < 1:
        raise Refusal("slow_down")
    try:
        return run()
    except Refusal as refusal:
        if refusal.code == "wrong_code":
            h.failures.take(address, now)
        raise
