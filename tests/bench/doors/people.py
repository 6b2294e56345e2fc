"""People who ask small things all the while, in a process of their own: `python -m tests.bench.doors.people`.

The first line on standard input is the order, {"url", "code", "people"}: half of them have an open line and raise and lower
their hands in a room where nothing else happens, half ask over HTTP who they are.  Each further line is a number of seconds
(0: the end), and is answered by a line with what was waited for in them: {"command": [ms], "page": [ms]}.  A wait is counted
from the moment at which the asking was due, so that a long wait is not taken for a single one.
"""
import http.client
import itertools
import json
import sys
import threading
import time
import urllib.parse

from tests.live.device import Device

EVERY = 0.05  # seconds between two of one person


class Person(threading.Thread):
    """Asks twenty times a second while it is asked to."""

    def __init__(self, ask):
        super().__init__(daemon=True)
        self.ask, self.until, self.waits = ask, 0.0, []
        self.go, self.done = threading.Event(), threading.Event()
        self.start()

    def run(self) -> None:
        while True:
            self.go.wait()
            self.go.clear()
            due = time.monotonic()
            while due < self.until:
                time.sleep(max(0.0, due - time.monotonic()))
                self.ask()
                now = time.monotonic()
                while due < min(now, self.until):  # those that were due meanwhile waited too
                    self.waits.append(round((now - due) * 1000, 1))
                    due += EVERY
            self.done.set()


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
    people = {"command": [Person(over_socket(device)) for device in devices[::2]],
              "page": [Person(over_http(device.url, device.cookie)) for device in devices[1::2]]}
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
