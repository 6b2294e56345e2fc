"""Who has to go when all places for connections are taken, whose time is over, and what becomes of a newcomer."""
import errno
import socket

import eventlet
import pytest

from workshop.live import connections as module
from workshop.live import descriptors
from workshop.live.connections import (
    HEAD,
    HEAD_WITHIN,
    PACE,
    PATIENCE,
    PAUSE,
    REQUEST,
    RESTING,
    WHEN_FULL,
    Connection,
    Connections,
    Listener,
)
from workshop.words import LANGUAGES


@pytest.fixture
def clock(monkeypatch):
    """clock(seconds) -> lets so much time pass."""
    at = [0.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: at[0])

    def go_on(seconds: float) -> None:
        at[0] += seconds
    return go_on


@pytest.fixture
def come(clock):
    """come(connections, address, state) -> (the server's end of a new connection, the visitor's)."""
    ends = []

    def make(connections, address: str, state: str = RESTING):
        ours, theirs = socket.socketpair()
        ends.extend((ours, theirs))
        one = Connection(ours, address, connections)
        connections.enter(one)
        one.state = state
        clock(0.001)
        return one, theirs
    yield make
    for end in ends:
        end.close()


def test_whoever_asked_for_nothing_for_longest_goes_first_at_the_address_that_has_most(come):
    all_of_them = Connections(places=lambda: 8)
    alone = come(all_of_them, "10.0.0.1")[0]
    crowd = [come(all_of_them, "10.0.0.2")[0] for _ in range(3)]
    others = [come(all_of_them, f"10.0.0.{n}")[0] for n in range(3, 7)]
    crowd[0].rest()  # it has just been answered
    assert all_of_them.admit("10.0.0.9")
    assert [one.ended for one in (alone, *crowd, *others)] == [False, False, True, False] + [False] * 4


def test_who_is_worked_for_and_who_has_a_line_stays_and_then_the_newcomer_is_refused(come):
    all_of_them = Connections(places=lambda: 3)
    working, line, unfinished = (come(all_of_them, "10.0.0.1", state)[0] for state in (REQUEST, REQUEST, HEAD))
    line.become_line()
    assert all_of_them.admit("10.0.0.2") and unfinished.ended
    unfinished = come(all_of_them, "10.0.0.2", REQUEST)[0]
    assert not all_of_them.admit("10.0.0.2")
    assert not any(one.ended for one in (working, line, unfinished))


def test_one_address_may_have_half_of_the_places_unless_it_is_that_of_a_proxy(come):
    for shared in (False, True):
        all_of_them = Connections(shared=shared, places=lambda: 8)
        held = [come(all_of_them, "10.0.0.1", HEAD)[0] for _ in range(4)]
        assert all_of_them.admit("10.0.0.1")
        assert [one.ended for one in held] == [not shared, False, False, False]


def test_a_busy_address_is_not_refused_while_there_are_places(come):
    all_of_them = Connections(places=lambda: 8)
    working = [come(all_of_them, "10.0.0.1", REQUEST)[0] for _ in range(6)]
    assert all_of_them.admit("10.0.0.1") and not any(one.ended for one in working)


def test_a_body_that_trickles_gives_way_when_the_place_is_needed_and_one_that_comes_does_not(come, clock):
    all_of_them = Connections(places=lambda: 2)
    trickles, comes = (come(all_of_them, "10.0.0.1", REQUEST)[0] for _ in range(2))
    for one in (trickles, comes):
        one.ask()
        one.blocked = module.time.monotonic()
    clock(WHEN_FULL + 1)
    trickles.moved, comes.moved = 10, 10 * PACE * int(WHEN_FULL)
    assert all_of_them.admit("10.0.0.2") and (trickles.ended, comes.ended) == (True, False)


def test_a_line_that_has_not_said_who_it_is_gives_way_last(come):
    strangers = iter((True, False))
    all_of_them = Connections(places=lambda: 1, spare=lambda: next(strangers))
    come(all_of_them, "10.0.0.1", REQUEST)
    assert all_of_them.admit("10.0.0.2") and not all_of_them.admit("10.0.0.2")


def test_websockets_leave_places_for_requests(come):
    all_of_them = Connections(places=lambda: 20)
    for n in range(17):
        assert all_of_them.has_line()
        come(all_of_them, f"10.0.0.{n}")[0].become_line()
    assert not all_of_them.has_line() and all_of_them.admit("10.0.0.99")


def test_a_head_has_to_be_there_in_time_however_it_trickles(come, clock):
    all_of_them = Connections(places=lambda: 9)
    one, visitor = come(all_of_them, "10.0.0.1")
    clock(HEAD_WITHIN + 1)
    all_of_them.sweep()
    assert not one.ended, "it rests, and has not begun"
    for _ in range(int(HEAD_WITHIN) - 1):
        visitor.sendall(b"x")
        one.recv_into(bytearray(1))
        clock(1)
    all_of_them.sweep()
    assert not one.ended
    clock(2)
    all_of_them.sweep()
    assert one.ended and visitor.recv(100).startswith(b"HTTP/1.1 408 ") and not all_of_them.asking


@pytest.mark.parametrize("way", ["recv_into", "send"])
def test_a_body_and_an_answer_have_to_move(come, clock, way):
    all_of_them = Connections(places=lambda: 9)
    one, visitor = come(all_of_them, "10.0.0.1")
    visitor.sendall(b"x" * 100_000)
    one.ask()
    one.waited = PATIENCE + 1
    moved = 0
    while moved < PACE * (PATIENCE + 1):
        moved += one.recv_into(bytearray(1000)) if way == "recv_into" else one.send(b"x" * 1000)
    all_of_them.sweep()
    assert not one.ended
    one.waited = PATIENCE + 100
    all_of_them.sweep()
    assert one.ended


def test_the_time_that_we_take_ourselves_is_nobodys_fault(come, clock):
    all_of_them = Connections(places=lambda: 9)
    one, _visitor = come(all_of_them, "10.0.0.1")
    one.ask()
    clock(10 * PATIENCE)
    all_of_them.sweep()
    assert not one.ended


class Knocking:
    """A socket at which these knock: errors, or connections."""

    def __init__(self, *what):
        self.what = list(what)

    def __getattr__(self, name):
        return lambda *_args: None

    def fileno(self):
        return -1

    def accept(self):
        one = self.what.pop(0)
        if isinstance(one, int):
            raise OSError(one, "said the system")
        return one, ("10.0.0.1", 4242)


def listening(monkeypatch, *what) -> tuple[Listener, list]:
    """A listener at such a socket, and how long it has paused."""
    pauses = []
    monkeypatch.setattr(eventlet, "sleep", pauses.append)
    return Listener(Knocking(*what), Connections(places=lambda: 2)), pauses


@pytest.mark.parametrize("error", [errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM])
def test_without_a_descriptor_it_waits_and_tries_again(monkeypatch, error):
    ours, theirs = socket.socketpair()
    listener, pauses = listening(monkeypatch, error, error, ours)
    connection, _address = listener.accept()
    assert connection.address == "10.0.0.1" and listener.connections.count == 1
    assert pauses == [PAUSE, PAUSE], "not as fast as it can"
    connection.close(), theirs.close()
    assert listener.connections.count == 0


@pytest.mark.parametrize("error", [errno.ECONNABORTED, errno.EPROTO, errno.EPERM, errno.ENETDOWN])
def test_a_newcomer_who_has_gone_again_stops_nobody(monkeypatch, error):
    ours, theirs = socket.socketpair()
    listener, pauses = listening(monkeypatch, error, ours)
    connection, _address = listener.accept()
    assert pauses == []
    connection.close(), theirs.close()


def test_the_words_for_who_is_refused_are_there_before_descriptors_run_out():
    module.busy.cache_clear()
    Connections()
    assert module.busy.cache_info().currsize == 1


def test_what_is_wrong_with_the_listener_itself_is_said(monkeypatch):
    listener, _pauses = listening(monkeypatch, errno.EBADF)
    with pytest.raises(OSError, match="said the system"):
        listener.accept()


def test_who_is_refused_reads_why_in_each_language_and_the_page_tries_again(monkeypatch, come):
    (first, visitor), (second, other) = socket.socketpair(), socket.socketpair()
    listener, _pauses = listening(monkeypatch, first, second)
    for _ in range(2):
        come(listener.connections, "10.0.0.2", REQUEST)
    with pytest.raises(IndexError):  # nobody else knocks
        listener.accept()
    said = visitor.recv(4000).decode()
    assert said.startswith("HTTP/1.1 503 ") and "Retry-After: 5" in said and 'http-equiv="refresh"' in said
    assert all(f'<p lang="{language}">' in said for language in LANGUAGES) and "Hay demasiados aparatos" in said
    assert other.recv(4000).decode() == said
    visitor.close(), other.close()


def test_the_operator_hears_of_a_low_limit_and_what_to_do(monkeypatch):
    monkeypatch.setattr(descriptors, "limit", lambda: 256)
    assert "256" in descriptors.warning() and "ulimit -n" in descriptors.warning() and "\n" not in descriptors.warning()
    monkeypatch.setattr(descriptors, "limit", lambda: 16_384)
    assert descriptors.warning() is None


def test_the_limit_is_raised_as_far_as_is_allowed_and_needed(monkeypatch):
    class System:
        RLIMIT_NOFILE, RLIM_INFINITY, held = 7, -1, (1024, 4096)

        @classmethod
        def getrlimit(cls, _what):
            return cls.held

        @classmethod
        def setrlimit(cls, _what, limits):
            cls.held = limits
    monkeypatch.setattr(descriptors, "resource", System)
    assert descriptors.raise_limit() == 4096
    System.held = (1024, System.RLIM_INFINITY)
    assert descriptors.raise_limit() == descriptors.WANTED
    System.held = (100_000, 100_000)
    assert descriptors.raise_limit() == 100_000, "never lowered"
    System.held = (64, 64)
    assert descriptors.places() == descriptors.LEAST
