"""What careless and hostile devices send (peers' cases and those that have killed servers of this kind)."""
import json
import secrets
import socket
import time
from collections.abc import Callable
from typing import NamedTuple

import websocket

DEEP = "[" * 5000
ALLOWED = 0.06  # seconds between messages: more than twenty a second are a flood, whatever they say
DAYS = 3 * 24 * 3600 * 1000  # milliseconds


def masked(data: bytes, opcode: int = 1, fin: bool = True) -> bytes:
    """A frame as a client sends it."""
    return websocket.ABNF(int(fin), 0, 0, 0, opcode, 1, data).format()


class Case(NamedTuple):
    """What is sent; whether the line is kept all the same."""

    act: Callable
    keeps: bool = True


def saying(*texts: str, every: float = ALLOWED) -> Callable:
    """These messages, one after the other."""
    def act(sender) -> None:
        turn = iter(range(10**9))
        sender.repeat(lambda device: device.ws.send(texts[next(turn) % len(texts)]), every)
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


def idle(sender) -> None:
    """Two hundred lines that never say who they are."""
    lines = [sender.open_line() for _ in range(200)]
    sender.sent = len(lines)
    while sender.goes_on:
        time.sleep(0.1)
    for line in lines:
        line.close()


def deaf(sender) -> None:
    """Three who do not read what the others write, and answer pings blindly."""
    devices = [sender.come(room=1) for _ in range(3)]
    for device in devices:
        device.ws.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    while sender.goes_on:
        for device in list(devices):
            try:
                device.ws.send("3")
                sender.sent += 1
            except OSError:
                sender.closed["broken"] += 1
                devices.remove(device)
        time.sleep(0.5)


def guessing(sender) -> None:
    """Codes of workshops, one after the other."""
    while sender.goes_on:
        wrong = {"code": f"XX{sender.sent % 1000:04d}", "seats": [{"name": "X", "channel": "hall"}]}
        sender.post("/api/join", json.dumps(wrong).encode(), "application/json", **{"X-Workshop": "1"})


def forms(sender) -> None:
    """Forms with a token that is none, and bodies that are too large."""
    kind = "application/x-www-form-urlencoded"
    while sender.goes_on:
        sender.post("/login", b"token=x&email=elena%40example.org&password=x", kind)
        sender.post("/login", b"token=" + b"x" * 1_000_000, kind)
        sender.post("/api/do", b"{" * 50_000, "application/json", **{"X-Workshop": "1"})


CASES = {
    "malformed frame": Case(raw(b"\xf1\x85\x00\x00\x00\x00hello"), keeps=False),
    "null payload": Case(saying('42["do",null]', '421["do",null]', '42["ask",null]', "42[null]", "42null")),
    "wrong types": Case(saying('421["do",{"client":1,"n":"x","verb":[],"payload":7}]', '422["do",[1,2]]', '423["ask",7]',
                               '424["do",{"client":"aaaaaaaaaaaaaaaa","n":1,"verb":"hand.raise","payload":{"room":{}}}]')),
    "markup": Case(doing()),
    "text of 20 kB": Case(doing(body={"text": "x" * 20_000}, every=0.5)),
    "text of 300 kB": Case(doing(body={"text": "x" * 300_000}, every=5.0)),
    "text of 5 MB": Case(doing(body={"text": "x" * 5_000_000}, every=1.0), keeps=False),
    "no end": Case(endless, keeps=False),
    "disconnect as an event": Case(saying('42["disconnect"]', '42["connect"]', '42["__class__",{}]')),
    "binary": Case(binary),
    "5,000 deep": Case(saying("42" + DEEP, '421["do",{"n":' + DEEP, "4" + DEEP, every=0.1)),
    "flood of small events": Case(saying('42["do",{}]', every=0.0), keeps=False),
    "200 idle lines": Case(idle),
    "three who never read": Case(deaf),
    "outbox of another": Case(doing(other=True)),
    "three days off": Case(doing(age_ms=DAYS)),
    "three days ahead": Case(doing(age_ms=-DAYS)),
    "guessing codes": Case(guessing),
    "forms": Case(forms),
}
