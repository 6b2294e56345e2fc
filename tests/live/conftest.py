"""Running servers with the founding meeting in them; connections that come when a test says so."""
import socket

import pytest

from tests.live import device
from tests.live.inflating import InflatingDevice
from tests.live.server import Server
from tests.support import cast
from workshop.actions.people import sessions
from workshop.store.models import Account, Workshop
from workshop.transport.http import connections
from workshop.transport.http.connection import RESTING, Connection


def found(folder, database: str = "", expected: int | None = None) -> dict:
    """The founding meeting in a store that no server has opened yet; `staff` is the facilitator's cookie, `expected` how
    many people she has said will come."""
    app = cast.app(folder, database=database)
    meeting = cast.found(app)
    meeting["activities"] = [cast.activities(app, room) for room in meeting["rooms"]]
    house = app.extensions["house"]
    with house.store.write() as session:
        session.get(Workshop, meeting["workshop"]).expected = expected
        meeting["staff"] = sessions.sign_in(session, house.clock(), None, session.get(Account, meeting["owner"]))
    house.store.close()
    return meeting


@pytest.fixture
def meeting(tmp_path, database) -> dict:
    """The founding meeting of one test."""
    return found(tmp_path, database)


@pytest.fixture(scope="module")
def long_server(tmp_path_factory):
    """One server for all tests of a module that leave it as they found it."""
    folder = tmp_path_factory.mktemp("data")
    server = Server(folder)
    server.meeting = found(folder)
    yield server.start()
    server.stop()


@pytest.fixture
def serve(tmp_path, database, meeting):
    """A function that starts a server on the meeting's store, with further settings."""
    running = []

    def start(**settings) -> Server:
        running.append(Server(tmp_path, database=database, **settings))
        running[-1].meeting = meeting
        return running[-1].start()
    yield start
    for server in running:
        server.stop()


@pytest.fixture
def server(serve) -> Server:
    """One server."""
    return serve()


@pytest.fixture
def Device():
    """A function that gives a device; its socket is closed when the test is over."""
    made = []

    def make(url):
        made.append(device.Device(url))
        return made[-1]
    yield make
    for one in made:
        one.close()


@pytest.fixture
def Compressed():
    """The same, reading compressed frames."""
    made = []

    def make(url):
        made.append(InflatingDevice(url))
        return made[-1]
    yield make
    for one in made:
        one.close()


@pytest.fixture
def clock(monkeypatch):
    """clock(seconds) -> lets so much time pass."""
    at = [0.0]
    monkeypatch.setattr(connections.time, "monotonic", lambda: at[0])

    def go_on(seconds: float) -> None:
        at[0] += seconds
    return go_on


@pytest.fixture
def come(clock):
    """come(among, address, state) -> (the server's end of a new connection, the visitor's)."""
    ends = []

    def make(among, address: str, state: str = RESTING):
        ours, theirs = socket.socketpair()
        ends.extend((ours, theirs))
        one = Connection(ours, address, among)
        among.enter(one)
        one.state = state
        clock(0.001)
        return one, theirs
    yield make
    for end in ends:
        end.close()
