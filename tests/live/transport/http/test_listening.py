"""Who knocks: without descriptors, from one network, in vain; and the limit of the system."""
import errno
import socket

import eventlet
import pytest

from workshop.transport.http import connections as module
from workshop.transport.http import descriptors
from workshop.transport.http.connection import REQUEST
from workshop.transport.http.connections import PAUSE, Connections, Listener
from workshop.words import LANGUAGES


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
