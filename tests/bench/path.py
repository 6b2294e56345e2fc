"""Through how many files of the program one idea goes, and how often it crosses from one into another.

    python -m tests.bench.path [--visits]

The reference path is the one to read: `WORKSHOP_STORE=plain` and `WORKSHOP_FANOUT=stock`, on SQLite and in threading mode.
A warm idea comes to the socket's door (live/door.py), is committed, told to the screens of its room and answered; all of
that is followed with sys.setprofile.  Beside it stand the files that are new on other ways: the same idea as POST /api/do,
and with `WORKSHOP_STORE=fast`.  (`WORKSHOP_FANOUT=direct`, which eventlet alone has, puts transport/sockets/fanout.py and
frames.py in the place of Socket.IO's own path.)

files    in the order in which they are first entered
moves    how often the next call is in another file than the one before
calls    of functions of ours
--visits says of each file how often it is entered

What a called function reads of a table (who may what: domain/roles.py) is no call.  To compare two states of the program run
this script in both.
"""
import argparse
import secrets
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from flask_socketio import test_client

from tests.support import cast
from workshop.folders import PACKAGE


@dataclass
class Walk:
    """The calls of the program while something went on.  `visits`: file -> how often it was entered."""

    visits: Counter[str] = field(default_factory=Counter)
    calls: int = 0

    @property
    def moves(self) -> int:
        """From one file into another."""
        return self.visits.total() - 1

    def beside(self, other: "Walk") -> list[str]:
        """The files of this walk that the other does not enter."""
        return [file for file in self.visits if file not in other.visits]


def follow(run: Callable[[], object]) -> Walk:
    """The walk of `run()`."""
    walk, last = Walk(), ""

    def seen(frame, event, _arg) -> None:
        nonlocal last
        name = frame.f_code.co_filename
        if event != "call" or not name.startswith(str(PACKAGE)) or is_read(frame):
            return
        walk.calls += 1
        walk.visits[str(Path(name).relative_to(PACKAGE))] += name != last
        last = name
    sys.setprofile(seen)
    try:
        run()
    finally:
        sys.setprofile(None)
    return walk


def is_read(frame) -> bool:
    """Whether a screen reads what it is sent: in the place of the network stands a client that does so at once."""
    while frame and frame.f_code.co_filename != test_client.__file__:
        frame = frame.f_back
    return frame is not None


class Screen:
    """A page with its socket, without a network between."""

    def __init__(self, app, phone: cast.Phone, room: str) -> None:
        live = app.extensions["house"].live
        self.phone, self.door = phone, live.door
        self.socket = live.socketio.test_client(app, flask_test_client=phone.http, auth={"v": 1, "watch": {room: ["", 0]}})
        assert self.socket.is_connected()
        self.sid = live.socketio.server.manager.sid_from_eio_sid(self.socket.eio_sid, "/")

    def write(self, board: str, text: str) -> None:
        """An idea comes to the socket's door."""
        self.phone.n += 1
        cast.ok(self.door.do(self.sid, {
            "client": self.phone.client, "n": self.phone.n, "verb": "contribution.add",
            "seat": self.phone.place["seats"][0]["id"],
            "payload": {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": text}}}))

    def has_heard(self, text: str) -> bool:
        """Whether a card with this text came since it was asked last."""
        return any(card.get("body", {}).get("text") == text for frame in self.socket.get_received()
                   if frame["name"] == "cards" for card in frame["args"][0]["cards"])


def walks(store: str) -> tuple[Walk, Walk]:
    """(An idea that comes by the socket, one that comes over HTTP) with two screens that are told."""
    with tempfile.TemporaryDirectory() as folder:
        app = cast.app(Path(folder), database="", store=store, fanout="stock", rate=1e6, burst=10**6, tally_every=0,
                       batch_ms=0)
        meeting = cast.found(app)
        room = meeting["rooms"][0]
        board = cast.activities(app, room)["ideas"]
        stream = ""
        screens = []
        for name in ("Rosa", "Julio", "Elvira"):
            phone = cast.Phone(app.test_client())
            stream = phone.join(meeting["code"], name)["streams"][1]
            screens.append(Screen(app, phone, stream))
        rosa, *others = screens
        for n in range(3):
            rosa.write(board, f"Idea {n}")
        found = []
        for run in (lambda text: rosa.write(board, text), lambda text: cast.ok(rosa.phone.post(board, text))):
            text = f"The idea that is followed {len(found)}"
            found.append(follow(partial(run, text)))
            assert all(screen.has_heard(text) for screen in others), "the idea was not told"
        app.extensions["house"].store.close()
        return found[0], found[1]


def main() -> None:
    """Print the walk of an idea, and what other ways add to it."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--visits", action="store_true", help="say of each file how often it is entered")
    asked = ask.parse_args()
    (plain, http), (fast, _) = walks("plain"), walks("fast")
    print(f"reference path: {len(plain.visits)} files, {plain.moves} moves between files, {plain.calls} calls")
    for file, times in plain.visits.items():
        print(f"  {file}{f'  {times}' if asked.visits else ''}")
    for what, walk in (("HTTP", http), ("the fast store", fast)):
        more = walk.beside(plain)
        print(f"{what}: {walk.moves} moves, {walk.calls} calls; {len(more)} files more")
        print("\n".join(f"  {file}" for file in more))


if __name__ == "__main__":
    main()
