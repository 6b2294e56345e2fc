"""What careless and hostile devices send (peers' cases and those that have killed servers of this kind)."""
import itertools
import json
import secrets
import struct
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import websocket

from tests.media.pictures import png

DEEP = "[" * 5000
ALLOWED = 0.06  # seconds between messages: more than twenty a second are a flood, whatever they say
DAYS = 3 * 24 * 3600 * 1000  # milliseconds
IDLE = 200  # lines
UNFINISHED = 300  # connections
HALF_HEAD = b"GET / HTTP/1.1\r\nHost: tinkuy.test\r\nX-Half: "
HALF_BODY = (b"POST /api/do HTTP/1.1\r\nHost: tinkuy.test\r\nX-Workshop: 1\r\nContent-Type: application/json\r\n"
             b"Content-Length: 50000\r\n\r\n{")
AT_ONCE = 2000  # small events that leave together
LONG_IDEAS = 20
SIGNS = "".join(map(chr, range(0x4E00, 0x4E00 + 256)))  # three bytes each


def masked(data: bytes, opcode: int = 1, fin: bool = True) -> bytes:
    """A frame as a client sends it."""
    return websocket.ABNF(int(fin), 0, 0, 0, opcode, 1, data).format()


def noise() -> str:
    """A text of 12 KB that cannot be compressed much."""
    return "".join(SIGNS[byte] for byte in secrets.token_bytes(3900))


class Case(NamedTuple):
    """What is sent, and what the protocol says becomes of it.

    `told`: what the sender may be told, and must be told where the line is kept; `keeps`: whether it is (None: either way);
    `closes`: the statuses with which it may be ended; `least`: seconds below which the case proves nothing.
    """

    act: Callable
    told: tuple[str, ...] = ()
    keeps: bool | None = True
    closes: tuple[str, ...] = ()
    long: bool = False  # the others write long ideas meanwhile
    least: float = 0.0


def saying(*texts: str, every: float = ALLOWED) -> Callable:
    """These messages, one after the other."""
    def act(sender) -> None:
        turn = itertools.cycle(texts)
        sender.repeat(lambda device: device.ws.send(next(turn)), every)
    return act


def doing(every: float = ALLOWED, **changed) -> Callable:
    """An idea in a room where nobody else is, in an envelope of which something is `changed`."""
    def act(sender) -> None:
        def send(device) -> None:
            device.n += 1
            body = changed.get("body", {"text": "<script>alert(1)</script><img src=x onerror=alert(2)>"})
            payload = {"activity": sender.board, "id": secrets.token_urlsafe(9), "body": body}
            envelope = {"client": sender.other if changed.get("other") else device.client, "n": device.n,
                        "verb": "contribution.add", "payload": payload, "seat": device.place["seats"][0]["id"]}
            envelope |= {"age_ms": changed["age_ms"]} if "age_ms" in changed else {}
            device.ws.send(f"42{device.n}" + json.dumps(["do", envelope]))
        sender.repeat(send, every)
    return act


def raw(data: bytes, every: float = ALLOWED) -> Callable:
    """These bytes, past the library."""
    return lambda sender: sender.repeat(lambda device: device.ws.sock.sendall(data), every)


def binary(sender) -> None:
    """Binary frames, and events that announce some."""
    sender.repeat(lambda device: (device.ws.send_binary(b"\x00\x01"),
                                  device.ws.send('451-["do",{"_placeholder":true,"num":0}]')), 2 * ALLOWED)


def endless(sender) -> None:
    """A message of which every frame says that more comes."""
    def send(device) -> None:
        device.ws.sock.sendall(masked(b'42["do",' + b"x" * 4000, fin=False))
        for _ in range(200):
            device.ws.sock.sendall(masked(b"x" * 4096, opcode=0, fin=False))
    sender.repeat(send, 1.0)


def flood(sender) -> None:
    """Small events, thousands at once."""
    small = masked(b'42["do",{}]') * AT_ONCE

    def send(device) -> None:
        sender.sent += AT_ONCE - 1
        device.ws.sock.sendall(small)
    sender.repeat(send)


def idle(sender) -> None:
    """Two hundred lines that never say who they are."""
    with ThreadPoolExecutor(20) as pool:
        lines = list(pool.map(lambda _: sender.open_line(), range(IDLE)))
    sender.sent = len(lines)
    sender.wait()
    for line in lines:
        line.close()


def unfinished(first: bytes) -> Callable:
    """Three hundred connections that begin a request, and go on with a byte each second."""
    def act(sender) -> None:
        lines = [sender.begin(first) for _ in range(UNFINISHED)]
        while sender.goes_on:
            sender.trickle(lines)
            time.sleep(1)
        for line in lines:
            line.close()
    return act


def deaf(sender) -> None:
    """Three who do not read what the others write, and answer pings blindly; cut off, they come again."""
    devices = [sender.come(room=1, deaf=True) for _ in range(3)]
    while sender.goes_on:
        for device in devices:
            sender.blindly(device, "3")
        time.sleep(0.2)


def greedy(sender) -> None:
    """Somebody fills a room where nobody else is, asks for all of it as often as it may be asked for, and reads nothing."""
    for writer in (sender.come(), sender.come(), sender.come()):  # each fewer than would be a flood
        for _ in range(LONG_IDEAS):
            idea = {"activity": sender.board, "id": secrets.token_urlsafe(9), "body": {"text": noise()}}
            writer.do("contribution.add", idea)
    device, stream = sender.deafened(writer).connect(), writer.place["streams"][-1]
    for n in itertools.count(1):
        if not sender.goes_on:
            return
        sender.blindly(device, f"42{n}" + json.dumps(["ask", {"stream": stream, "epoch": None, "since": 0}]))
        sender.blindly(device, "3") if n % 20 == 0 else None
        time.sleep(ALLOWED)


def guessing(sender) -> None:
    """Codes of workshops, several at a time; whoever has the right one comes in meanwhile."""
    def guess(number: int) -> None:
        wrong = {"code": f"XX{number:04d}", "seats": [{"name": "X", "channel": "hall"}]}
        sender.post("/api/join", json.dumps(wrong).encode(), "application/json", **{"X-Workshop": "1"})

    def come(_) -> None:
        sender.told["let in" if sender.come().place else "not let in"] += 1
    with ThreadPoolExecutor(8) as pool:
        for turn in itertools.count():
            if not sender.goes_on:
                return
            list(pool.map(guess, range(turn * 20, turn * 20 + 20)))
            come(turn)


def forms(sender) -> None:
    """Forms with a token that is another's or none, and bodies that are too large."""
    kind, script = "application/x-www-form-urlencoded", {"X-Workshop": "1"}
    luis, token = sender.come(), sender.token(sender.come())
    say = f"/w/{luis.place['workshop']['id']}/r/3/say"
    typed = f"client={secrets.token_urlsafe(16)}&add={sender.board}&seat={luis.place['seats'][0]['id']}&text=Robado"
    while sender.goes_on:
        sender.post(say, f"token={token}&{typed}".encode(), kind, Cookie=luis.cookie)
        sender.post("/login", b"token=x&email=elena%40example.org&password=x", kind)
        sender.post("/login", b"token=" + b"x" * 1_000_000, kind)
        sender.post("/api/do", b"{" * 50_000, "application/json", **script)
        sender.post("/api/do", b"{" * 5_000_000, "application/json", **script)


def files(sender) -> None:
    """Voice notes and photos that speak of more than there is in them, of eight devices, each as often as it may."""
    trun = struct.pack(">I4sII", 0xFFFFFFF0, b"trun", 0x100, 0xFFFFFFFF)
    lying = b"\0\0\0\x10ftypM4A \0\0\0\0" + struct.pack(">I4s", 8 + 8 + len(trun), b"moof") + b"\0\0\0\x18traf" + trun
    endless = b"\x1aE\xdf\xa3\x87B\x82\x84webm" + b"\xec\x80" * 700_000
    sent = (("voice", lying), ("photo", png(6300, 6300)), ("voice", endless), ("photo", png(13_000, 13_000)))

    def one(device) -> None:
        card = secrets.token_urlsafe(9)
        device.do("contribution.add", {"activity": sender.board, "id": card, "body": {"text": "Mira"}})
        for kind, content in itertools.cycle(sent):
            if not sender.goes_on:
                return
            sender.post("/api/attach", content, "application/octet-stream", Cookie=device.cookie, **{
                "X-Workshop": "1", "X-Kind": kind, "X-Card": card, "X-Attachment": secrets.token_urlsafe(12),
                "X-Seat": device.place["seats"][0]["id"]})
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(one, [sender.come() for _ in range(8)]))


BAD, ENVELOPE = "bad_message", "bad_envelope"
CASES = {
    "malformed frame": Case(raw(b"\xf1\x85\x00\x00\x00\x00hello"), keeps=False, closes=("1002",)),
    "null payload": Case(saying('42["do",null]', '421["do",null]', '42["ask",null]', "42[null]", "42null"), (BAD, ENVELOPE)),
    "wrong types": Case(saying(
        '421["do",{"client":1,"n":"x","verb":[],"payload":7}]', '422["do",[1,2]]', '423["ask",7]',
        '424["do",{"client":"aaaaaaaaaaaaaaaa","n":1,"verb":"hand.raise","payload":{"room":{}}}]'),
        (ENVELOPE, BAD, "bad_payload")),
    "markup": Case(doing(), ("ok",)),
    "text of 20 kB": Case(doing(body={"text": "x" * 20_000}, every=0.5), ("too_long",)),
    "text of 300 kB": Case(doing(body={"text": "x" * 300_000}, every=5.0), ("too_big",)),
    "text of 5 MB": Case(doing(body={"text": "x" * 5_000_000}, every=1.0), keeps=False, closes=("1009",)),
    "no end": Case(endless, keeps=False, closes=("1009", "1008")),
    "disconnect as an event": Case(saying('42["disconnect"]', '42["connect"]', '42["__class__",{}]'), ("unknown_event",)),
    "binary": Case(binary, ("binary_refused",)),
    "5,000 deep": Case(saying("42" + DEEP, '421["do",{"n":' + DEEP, "4" + DEEP, every=0.1), (BAD,)),
    "flood of small events": Case(flood, (ENVELOPE,), keeps=False, closes=("1008",)),
    "flood of 300 kB": Case(doing(body={"text": "x" * 300_000}, every=0.0), ("too_big",), keeps=False, closes=("1008",)),
    "200 idle lines": Case(idle, ("101",)),
    "300 half heads": Case(unfinished(HALF_HEAD), ("held",), keeps=None, closes=("given up",)),
    "300 slow bodies": Case(unfinished(HALF_BODY), ("held",), keeps=None, closes=("given up",)),
    "three who never read": Case(deaf, keeps=False, closes=("cut",), long=True, least=8.0),
    "one who only asks": Case(greedy, keeps=None, closes=("cut",), least=8.0),
    "outbox of another": Case(doing(other=True), ("id_reused",)),
    "three days off": Case(doing(age_ms=DAYS), ("ok",)),
    "three days ahead": Case(doing(age_ms=-DAYS), ("ok",)),
    "guessing codes": Case(guessing, ("wrong_code", "slow_down", "let in")),
    "voices and photos": Case(files, ("bad_voice", "photo_too_large", "200", "retry_after", "voice_too_long",
                                      "too_many_files"), keeps=None),
    "forms": Case(forms, ("200", "400", "413", "429", "too_big", ENVELOPE, "retry_after", "hung up"), keeps=None),
}
