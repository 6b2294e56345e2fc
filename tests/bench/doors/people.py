"""People who ask small things all the while, in a process of their own: `python -m tests.bench.doors.people`.

The first line on standard input is the order, {"url", "code", "people", "process"}: half of them have an open line and raise
and lower their hands in a room where nothing else happens, half ask over HTTP who they are.  Each further line is a number
of seconds (0: the end), and is answered by a line with what was waited for: {"command": [[ms, work]], "page": [[ms, work]]}.
A wait is counted from the moment at which the asking was due, so that a long one is not taken for a single one; `work` is
how much the server took of the processor between the asking and the answer, in ms: the wait on a machine that does nothing
else.
"""
import http.client
import itertools
import json
import sys
import threading
import time
import urllib.parse
from pathlib import Path

from tests.live.device import Device

EVERY, IDLE = 0.05, 0.5  # seconds between two of one person


class Person(threading.Thread):
    """Asks twenty times a second while that is measured, else now and then, so that the line is kept."""

    def __init__(self, ask, worked):
        super().__init__(daemon=True)
        self.ask, self.worked, self.until, self.waits = ask, worked, 0.0, []
        self.go, self.done = threading.Event(), threading.Event()
        self.start()

    def run(self) -> None:
        while True:
            if not self.go.wait(IDLE):
                self.ask()
                continue
            self.go.clear()
            due = time.monotonic()
            while due < self.until:
                time.sleep(max(0.0, due - time.monotonic()))
                before = self.worked()
                self.ask()
                now, work = time.monotonic(), round(self.worked() - before, 1)
                while due < min(now, self.until):  # those that were due meanwhile waited too
                    self.waits.append((round((now - due) * 1000, 1), work))
                    due += EVERY
            self.done.set()


def work_of(process: int):
    """A function that says how many ms of the processor the process has taken (its first thread: the event loop)."""
    file = Path(f"/proc/{process}/task/{process}/schedstat")
    return lambda: int(file.read_text().split()[0]) / 1e6


def over_socket(device: Device):
    """A hand goes up or down, and is on the disk."""
    device.connect()
    room, turn = {"room": device.place["room"]}, itertools.cycle(("hand.raise", "hand.lower"))
    return lambda: device.do(next(turn), room)


def over_http(url: str, cookie: str):
    """Who am I?  Over a connection that stays open."""
    where = urllib.parse.urlsplit(url)
    line = http.client.HTTPConnection(where.hostname, where.port, timeout=60)

    def ask() -> None:
        try:
            line.request("GET", "/api/me", headers={"Cookie": cookie})
            line.getresponse().read()
        except (OSError, http.client.HTTPException):
            line.close()
    return ask


def main() -> None:
    """Do what the lines say."""
    order = json.loads(sys.stdin.readline())
    devices = [Device(order["url"]).join(order["code"], f"Persona {n}", room=2) for n in range(order["people"])]
    worked = work_of(order["process"])
    people = {"command": [Person(over_socket(device), worked) for device in devices[::2]],
              "page": [Person(over_http(device.url, device.cookie), worked) for device in devices[1::2]]}
    everybody = [one for kind in people.values() for one in kind]
    print("{}", flush=True)
    for line in sys.stdin:
        if not (seconds := float(line)):
            return
        for one in everybody:
            one.waits, one.until = [], time.monotonic() + seconds
            one.go.set()
        for one in everybody:
            one.done.wait()
            one.done.clear()
        print(json.dumps({kind: [wait for one in of for wait in one.waits] for kind, of in people.items()}), flush=True)


if __name__ == "__main__":
    main()
