"""Who has to go when all places for connections are taken, whose time is over, and what becomes of a newcomer."""
import errno
import socket

import eventlet
import pytest

from workshop.live import connections as module
from workshop.live import descriptors
from workshop.live.connection import (
    BODY_PACE,
    BODY_WITHIN,
    HEAD,
    HEAD_WITHIN,
    PACE,
    PATIENCE,
    QUIET,
    REQUEST,
    RESTING,
    WHEN_FULL,
    Connection,
)
from workshop.live.connections import PAUSE, SPOOLED, Connections, Listener
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


def test_whoever_asked_for_nothing_for_longest_goes_first_at_the_address_that_has_most(come, clock):
    all_of_them = Connections(places=lambda: 8)
    alone = come(all_of_them, "10.0.0.1")[0]
    crowd = [come(all_of_them, "10.0.0.2")[0] for _ in range(3)]
    others = [come(all_of_them, f"10.0.0.{n}")[0] for n in range(3, 7)]
    clock(QUIET)
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


def test_one_address_may_have_half_of_the_places_unless_it_is_that_of_a_proxy(come, clock):
    for shared in (False, True):
        all_of_them = Connections(shared=shared, places=lambda: 8)
        held = [come(all_of_them, "10.0.0.1", HEAD)[0] for _ in range(4)]
        clock(QUIET)
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
    trickles.moved, comes.moved = 320 * int(WHEN_FULL + 1), 2000 * int(WHEN_FULL + 1)  # the latter by 2G
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


def waiting(one, since: float, moved: int = 0):
    """Its body is waited for, of which so many bytes have come."""
    one.ask(100)
    one.listens, one.since = True, module.time.monotonic() - since
    one.blocked, one.moved = module.time.monotonic() - since, moved
    return one


def test_newcomers_end_what_is_old_then_what_trickles_then_strangers_and_what_has_just_come_last(come, clock):
    strangers = [True]
    all_of_them = Connections(places=lambda: 5, spare=lambda: bool(strangers) and strangers.pop())
    network = "10.0.0.1"
    old, begun = come(all_of_them, network)[0], come(all_of_them, network, HEAD)[0]
    clock(QUIET)
    newborn = come(all_of_them, network)[0]
    trickles, stalls = (waiting(come(all_of_them, network)[0], since) for since in (WHEN_FULL + 1, QUIET + 1))
    everybody, gone = [old, begun, trickles, stalls, newborn], []
    while all_of_them.admit("10.0.0.2"):
        gone.append([everybody.index(one) for one in everybody if one.ended])
        for _ in range(5 - all_of_them.taken()):
            come(all_of_them, "10.0.0.3", REQUEST)
    assert gone == [[0], [0, 1], [0, 1, 2], [0, 1, 2], [0, 1, 2, 3], [0, 1, 2, 3, 4]]


def test_what_has_just_come_is_not_ended_for_one_more_of_those_who_are_as_many(come):
    all_of_them = Connections(places=lambda: 4)
    honest = come(all_of_them, "10.0.0.1")[0]
    for _ in range(3):
        come(all_of_them, "10.0.0.2", REQUEST)
    assert not all_of_them.admit("10.0.0.2") and not all_of_them.admit("10.0.0.1")
    assert not honest.ended


@pytest.mark.parametrize("networks", [["10.0.0.1"], [f"10.0.1.{n}" for n in range(20)]], ids=["the same", "others"])
@pytest.mark.parametrize("bodies", [False, True], ids=["nothing said", "half a body"])
def test_the_first_of_a_row_that_has_just_come_gives_way_to_one_more(come, networks, bodies):
    all_of_them = Connections(places=lambda: 20)
    row = [come(all_of_them, networks[n % len(networks)])[0] for n in range(20)]
    for one in row if bodies else []:
        waiting(one, 0.1)
    assert all_of_them.admit("10.0.0.1") and [one.ended for one in row] == [True] + [False] * 19


def test_a_network_that_has_its_half_goes_on_while_there_are_places(come):
    all_of_them = Connections(places=lambda: 8)
    held = [come(all_of_them, "10.0.0.1")[0] for _ in range(6)]
    assert all_of_them.admit("10.0.0.1") and not any(one.ended for one in held)


def test_who_is_ended_before_anything_was_answered_reads_why(come, clock):
    all_of_them = Connections(places=lambda: 1)
    for state in (RESTING, HEAD, REQUEST):
        one, visitor = come(all_of_them, "10.0.0.1", state)
        if state == REQUEST:
            waiting(one, 0.0)
        clock(WHEN_FULL + 1)
        assert all_of_them.admit("10.0.0.2") and one.ended
        assert visitor.recv(4000).startswith(b"HTTP/1.1 503 ")
    one, visitor = come(all_of_them, "10.0.0.1")
    one.send(b"the answer")
    one.rest()
    clock(QUIET + 1)
    assert all_of_them.admit("10.0.0.2")
    assert visitor.recv(4000) == b"the answer", "it would be taken for that to the next request"


@pytest.mark.parametrize("length", [65_000, 8_000_000])
def test_a_body_has_to_be_whole_in_a_time_that_2g_has_enough_of(come, clock, length):
    all_of_them = Connections(places=lambda: 9)
    trickles, phone = (come(all_of_them, "10.0.0.1")[0] for _ in range(2))
    for one in (trickles, phone):
        one.ask(length)
    for one, pace in ((trickles, 320), (phone, BODY_PACE)):
        one.listened = one.waited = length / pace
        one.moved = length
    all_of_them.sweep()
    assert (trickles.ended, phone.ended) == (True, False)
    phone.listened += BODY_WITHIN + 1
    all_of_them.sweep()
    assert phone.ended


def test_an_answer_may_be_read_for_longer_than_a_body_may_come(come, clock):
    all_of_them = Connections(places=lambda: 9)
    one, _visitor = come(all_of_them, "10.0.0.1")
    one.ask(100)
    one.blocked, one.listens, one.moved = module.time.monotonic(), False, 1_000_000
    clock(BODY_WITHIN * 10)
    all_of_them.sweep()
    assert not one.ended


def test_who_has_sent_much_at_once_and_then_trickles_gives_way(come, clock):
    all_of_them = Connections(places=lambda: 1)
    one, visitor = come(all_of_them, "10.0.0.1")
    one.ask(60_000)
    visitor.sendall(b"x" * 50_000)
    moved = 0
    while moved < 50_000:
        moved += one.recv_into(bytearray(8000))
    one.waited = 20.0
    assert all_of_them.admit("10.0.0.2") and one.ended


def test_the_files_of_uploads_take_places_and_only_some_of_them(come):
    all_of_them = Connections(places=lambda: 24)
    begun = [come(all_of_them, f"10.0.0.{n}")[0] for n in range(4)]
    assert [one.ask(8_000_000) for one in begun] == [True, True, True, False]
    assert all_of_them.taken() == 4 + 3 * SPOOLED
    for n in range(14):
        assert all_of_them.admit("10.0.1.1")
        come(all_of_them, f"10.0.1.{n}", REQUEST)
    assert not all_of_them.admit("10.0.2.1"), "the descriptors that are left are not for connections"
    begun[0].rest()
    begun[1].end()
    assert all_of_them.taken() == 17 + SPOOLED and all_of_them.admit("10.0.2.1")


def test_an_upload_that_trickles_gives_way_to_another_one(come):
    all_of_them = Connections(places=lambda: 16)
    slow, quick, newcomer = (come(all_of_them, f"10.0.0.{n}")[0] for n in range(3))
    assert slow.ask(8_000_000) and quick.ask(8_000_000)
    slow.waited = quick.waited = WHEN_FULL + 1
    slow.moved, quick.moved = 1000, 20_000
    assert newcomer.ask(8_000_000) and (slow.ended, quick.ended) == (True, False)


def test_an_upload_ends_nobody_who_works_or_has_just_come(come):
    all_of_them = Connections(places=lambda: 8)
    others = [come(all_of_them, f"10.0.0.{n}", state)[0] for n, state in enumerate([REQUEST, RESTING, HEAD] * 2)]
    assert not come(all_of_them, "10.0.1.1")[0].ask(8_000_000)
    assert not any(one.ended for one in others) and not all_of_them.uploads


@pytest.mark.parametrize(("addresses", "networks"), [
    (["2001:db8:1:2::1", "2001:db8:1:2:ffff::7"], {"2001:db8:1:2::"}), (["::ffff:10.0.0.1", "10.0.0.1"], {"10.0.0.1"}),
    (["2001:db8:1:2::1", "2001:db8:1:3::1"], {"2001:db8:1:2::", "2001:db8:1:3::"})])
def test_all_addresses_of_one_network_are_one_place(monkeypatch, addresses, networks):
    pairs = [socket.socketpair() for _ in addresses]
    listener, _pauses = listening(monkeypatch, *(ours for ours, _theirs in pairs), addresses=list(addresses))
    listener.connections.places = lambda: 100
    held = [listener.accept()[0] for _ in addresses]
    assert listener.connections.asking.keys() == networks
    for one, (_ours, theirs) in zip(held, pairs, strict=True):
        one.close(), theirs.close()


class Knocking:
    """A socket at which these knock: errors, or connections."""

    def __init__(self, *what, addresses=()):
        self.what, self.addresses = list(what), list(addresses)

    def __getattr__(self, name):
        return lambda *_args: None

    def fileno(self):
        return -1

    def accept(self):
        one = self.what.pop(0)
        if isinstance(one, int):
            raise OSError(one, "said the system")
        return one, (self.addresses.pop(0) if self.addresses else "10.0.0.1", 4242)


def listening(monkeypatch, *what, addresses=()) -> tuple[Listener, list]:
    """A listener at such a socket, and how long it has paused."""
    pauses = []
    monkeypatch.setattr(eventlet, "sleep", pauses.append)
    return Listener(Knocking(*what, addresses=addresses), Connections(places=lambda: 2)), pauses


@pytest.mark.parametrize("error", [errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM])
def test_without_a_descriptor_it_waits_and_tries_again(monkeypatch, error):
    ours, theirs = socket.socketpair()
    listener, pauses = listening(monkeypatch, error, error, ours)
    connection, _address = listener.accept()
    assert connection.network == "10.0.0.1" and listener.connections.count == 1
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
