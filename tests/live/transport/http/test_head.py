"""A head that others may read otherwise is refused, and so are chunks of which the length is not clear."""
import io
import socket
from types import SimpleNamespace

import eventlet
import pytest
from eventlet import wsgi
from werkzeug.exceptions import BadRequest

from workshop.transport.http.connection import Connection
from workshop.transport.http.connections import Connections
from workshop.transport.http.http_protocol import GuardedHttpProtocol


def handler(kind, line: bytes, ahead: bytes):
    """A protocol that has read the first line; `said`: what it has answered."""
    one = kind.__new__(kind)
    one.raw_requestline, one.protocol_version, one.client_address, one.said = line, "HTTP/1.1", ("127.0.0.1", 1), []
    one.rfile = wsgi.FileObjectForHeaders(io.BufferedReader(io.BytesIO(ahead)))
    one.request = SimpleNamespace(ended=False, ask=lambda _length: True)
    one.server = SimpleNamespace(log=SimpleNamespace(debug=lambda *_: None, error=lambda *_: None))
    one.send_error = lambda code, *_: one.said.append(int(code))
    return one


@pytest.mark.parametrize(("ahead", "is_whole"), [
    (b"Host: a\r\nX: \xf1\r\n\r\n", True), (b"Host: a\r\nX: \xf1\r\n", False), (b"Host: a\r\nCook", False), (b"", False)])
def test_a_head_of_which_the_end_never_came_is_no_request(ahead, is_whole):
    one = handler(GuardedHttpProtocol, b"POST / HTTP/1.1\r\n", ahead)
    assert one.parse_request() is is_whole
    assert is_whole or one.close_connection is True


UNCLEAR = {
    "two lengths": b"Host: a\r\nContent-Length: 0\r\nContent-Length: 43\r\n",
    "a length twice": b"Host: a\r\nContent-Length: 2\r\nContent-Length: 2\r\n",
    "lengths in one field": b"Host: a\r\nContent-Length: 2, 2\r\n",
    "a sign": b"Host: a\r\nContent-Length: +2\r\n",
    "minus": b"Host: a\r\nContent-Length: -1\r\n",
    "an underscore": b"Host: a\r\nContent-Length: 1_0\r\n",
    "no number": b"Host: a\r\nContent-Length:\r\n",
    "other digits": b"Host: a\r\nContent-Length: \xd9\xa2\r\n",
    "space before the colon of a length": b"Host: a\r\nContent-Length : 2\r\n",
    "space before the colon of a coding": b"Host: a\r\nTransfer-Encoding : chunked\r\n",
    "space before any colon": b"Host: a\r\nX-A : b\r\n",
    "length and coding": b"Host: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n",
    "another coding": b"Host: a\r\nTransfer-Encoding: xchunked\r\n",
    "two codings": b"Host: a\r\nTransfer-Encoding: gzip, chunked\r\n",
    "a coding twice": b"Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
    "a folded line": b"Host: a\r\nX-A: b\r\n Content-Length: 2\r\n",
    "a folded line first": b" Host: a\r\nHost: a\r\n",
    "no colon": b"Host: a\r\nno colon\r\n",
    "a lone CR": b"Host: a\r\nX: a\rContent-Length: 5\r\n",
    "NUL": b"Host: a\r\nX: a\0b\r\n",
    "no host": b"X: a\r\n",
    "two hosts": b"Host: a\r\nHost: b\r\n",
}


@pytest.mark.parametrize("other", [b"", b"X-Odd: \xf1\r\n"], ids=["plain", "with foreign letters"])
@pytest.mark.parametrize("fields", UNCLEAR.values(), ids=UNCLEAR.keys())
def test_a_head_that_others_may_read_otherwise_is_refused_and_nothing_after_it_is_read(fields, other):
    asked = []
    said = talk(asked.append, b"POST /one HTTP/1.1\r\n" + fields + other + b"\r\n" + NEXT)
    assert said.startswith(b"HTTP/1.1 400 ") and said.count(b"HTTP/1.") == 1 and b"\r\nConnection: close\r\n" in said
    assert asked == []


def test_an_old_protocol_needs_no_host_and_knows_no_chunks():
    assert talk(list, b"GET /one HTTP/1.0\r\n\r\n").startswith(b"HTTP/1.1 200 ")
    assert talk(list, b"POST /one HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n").startswith(b"HTTP/1.1 400 ")


CHUNKED = b"POST /one HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize("size", [
    b"0x2", b"+2", b"-2", b"0_2", b" 2", b"ZZ", b"", b"FFFFFFFFF", b"2;" + b"a" * 2000, b"2\n{}\r\n0"])
def test_a_first_chunk_of_unclear_length_is_no_request(size):
    asked = []
    said = talk(asked.append, CHUNKED + size + b"\r\n{}\r\n0\r\n\r\n" + NEXT)
    assert said.startswith(b"HTTP/1.1 400 ") and said.count(b"HTTP/1.") == 1 and asked == []


@pytest.mark.parametrize("body", [
    b"2\r\n{}XX\r\n0\r\n\r\n", b"2\r\n{}\n0\r\n\r\n", b"1\r\n{\r\n0x1\r\n}\r\n0\r\n\r\n", b"1\r\n{\r\n-1\r\n}\r\n0\r\n\r\n",
    b"2\r\n{}\r\n0\r\n" + b"X: y\r\n" * 100 + b"\r\n"])
@pytest.mark.parametrize("reads", [True, False], ids=["read by the application", "not read"])
def test_a_later_chunk_that_is_unclear_ends_the_connection(body, reads):
    asked = []

    def application(environ):
        asked.append(environ["PATH_INFO"])
        if reads:
            with pytest.raises(BadRequest):
                while environ["wsgi.input"].read(1000):
                    pass
    said = talk(application, CHUNKED + body + NEXT)
    assert asked == ["/one"] and said.count(b"HTTP/1.") == 1
    assert not reads or b"\r\nConnection: close\r\n" in said


@pytest.mark.parametrize("body", [b"2\r\n{}\r\n0\r\n\r\n", b"1;a=b\r\n{\r\n01\r\n}\r\n0\r\nX: y\r\n\r\n"])
def test_chunks_are_read_and_what_follows_is_the_next_request(body):
    read = []
    said = talk(lambda environ: read.append((environ["PATH_INFO"], environ["wsgi.input"].read())), CHUNKED + body + NEXT)
    assert read == [("/one", b"{}"), ("/next", b"")] and said.count(b"HTTP/1.1 200 ") == 2


def test_others_have_a_turn_between_requests_that_came_all_at_once():
    seen, over = [], []

    def another():
        while not over:
            seen.append("another")
            eventlet.sleep(0)
    eventlet.spawn(another)
    said = talk(lambda environ: seen.append("request"), NEXT * 50)
    over.append(True)
    assert said.count(b"HTTP/1.1 200 ") == 50
    assert "request, request" not in ", ".join(seen)


NEXT = b"GET /next HTTP/1.1\r\nHost: a\r\n\r\n"


def talk(application, said: bytes) -> bytes:
    """What the server answers to somebody who says this all at once; the application is given what each request is."""
    def answer(environ, start_response):
        application(environ)
        start_response("200 OK", [("Content-Length", "0")])
        return []
    ours, theirs = socket.socketpair()
    with theirs:
        theirs.sendall(said)
        theirs.shutdown(socket.SHUT_WR)
        connection = Connection(ours, "10.0.0.1", Connections())
        server = wsgi.Server(connection, ("127.0.0.1", 80), answer, log=wsgi.LoggerNull(), log_output=False)
        eventlet.spawn(GuardedHttpProtocol, [("10.0.0.1", 1), connection, wsgi.STATE_IDLE], server).wait()
        answered = b""
        while piece := theirs.recv(1 << 16):
            answered += piece
    return answered
