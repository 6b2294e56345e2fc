"""What is agreed on compression: a device compresses each message by itself, so that the server remembers none of them."""
import http.client
import zlib

import pytest
import websocket

from tests.live.inflating import packed
from tests.live.transport.sockets.test_contracts import line

UPGRADE = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
           "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}


def agreed(server, offer: str) -> set[str]:
    """The words of the server's answer to an offer of extensions."""
    asked = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    try:
        asked.request("GET", "/socket.io/?EIO=4&transport=websocket", headers=UPGRADE | (
            {"Sec-WebSocket-Extensions": offer} if offer else {}))
        answer = asked.getresponse()
        assert answer.status == 101
        said = answer.headers.get("Sec-WebSocket-Extensions", "")
        return {word.strip() for word in said.split(";") if word}
    finally:
        asked.close()


@pytest.mark.parametrize("offer", [
    "permessage-deflate; client_max_window_bits",  # Chromium
    "permessage-deflate",  # Firefox, WebKit
    "permessage-deflate; client_no_context_takeover",
    "permessage-deflate; client_no_context_takeover; client_max_window_bits=10",
    "x-webkit-deflate-frame, permessage-deflate; client_max_window_bits"])
def test_a_device_is_asked_to_compress_each_message_by_itself_also_where_it_has_not_offered_that(long_server, offer):
    answer = agreed(long_server, offer)
    assert {"permessage-deflate", "client_no_context_takeover"} <= answer
    assert "server_no_context_takeover" not in answer, "what it reads has a history"
    assert any(word.startswith("client_max_window_bits=") for word in answer) == ("client_max_window_bits" in offer), \
        "only where it was offered (7.1.2.2)"


@pytest.mark.parametrize("offer", [
    "permessage-deflate; unknown=1", "permessage-deflate; server_max_window_bits",
    "permessage-deflate; server_max_window_bits=7",
    "permessage-deflate; client_max_window_bits=x", "permessage-deflate; client_no_context_takeover=1"])
def test_an_offer_that_says_more_than_the_standard_knows_is_declined_and_the_next_one_taken(long_server, offer):
    assert agreed(long_server, offer) == set()
    assert "client_no_context_takeover" in agreed(long_server, f"{offer}, permessage-deflate")


@pytest.mark.parametrize("offer", ["", "x-webkit-deflate-frame"])
def test_who_does_not_offer_compression_is_not_asked_for_it(long_server, offer):
    assert agreed(long_server, offer) == set()


def test_a_device_that_wants_no_history_in_what_it_reads_gets_none(long_server):
    assert {"server_no_context_takeover", "client_no_context_takeover"} <= agreed(
        long_server, "permessage-deflate; server_no_context_takeover")


def test_nothing_is_kept_of_a_message_that_was_inflated():
    ours, _socket = line({"client_no_context_takeover": True})
    said = [zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS) for _ in range(2)]
    for deflate in said:
        message = ours.Message(1, 1000, ours.UTF8Decoder(), ours._get_permessage_deflate_dec(True))
        message.push(packed(deflate, "ñandú " * 50), final=True)
        assert message.getvalue() == "ñandú " * 50
    assert ours._deflate_dec is None


@pytest.mark.parametrize("size", [200, 70_000], ids=["small", "large"])
def test_who_refers_to_an_earlier_message_all_the_same_is_told_why_the_line_ends(long_server, Compressed, size):
    mallory = Compressed(long_server.url).join(long_server.meeting["code"], "Mallory").connect()
    julio = Compressed(long_server.url).join(long_server.meeting["code"], "Don Julio").connect()
    history = zlib.compressobj(6, zlib.DEFLATED, -zlib.MAX_WBITS)
    mallory.ws._frame(0xC1, packed(history, '4277["nonsense","ñandú ñandú"]'))
    assert mallory.pump(lambda: 77 in mallory.acks)
    signs = "".join(map(chr, range(0x4E00, 0x4E00 + size // 3)))
    mallory.ws._frame(0xC1, packed(history, f'4278["nonsense","ñandú ñandú {signs}"]'))
    with pytest.raises(websocket.WebSocketConnectionClosedException):
        while True:
            mallory.ws.recv()
    assert mallory.ws.closing == (1007, "bad_compression")
    assert julio.pump(lambda: julio.cursor)
