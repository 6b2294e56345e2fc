"""What hostile bytes may make a child do."""
import os
import resource
import signal
import socket
import struct
import subprocess
import time
from pathlib import Path

from workshop.domain.errors import Refusal
from workshop.sandbox import messages

HELD = []


def echo(values: dict, content: bytes):
    """The same again."""
    return values, [content]


def hang(_values: dict, _content: bytes):
    """Never come to an end, and hold the interpreter."""
    while True:
        pass


def bound(_values: dict, _content: bytes):
    """How many more seconds of the processor's time it may take."""
    spent = resource.getrusage(resource.RUSAGE_SELF)
    return resource.getrlimit(resource.RLIMIT_CPU)[0] - spent.ru_utime - spent.ru_stime, []


def sleep(_values: dict, _content: bytes):
    """Wait for ever, at no cost."""
    while True:
        time.sleep(1000)


def crash(_values: dict, _content: bytes):
    """Die as a decoder does that was made to."""
    os.kill(os.getpid(), signal.SIGSEGV)


def eat(_values: dict, _content: bytes):
    """Take memory without end."""
    held = []
    while True:
        held.append(bytearray(16 * 1024 * 1024))


def stumble(_values: dict, _content: bytes):
    """An exception that nobody has thought of."""
    raise ZeroDivisionError("what a file can say <script>")


def refuse(values: dict, _content: bytes):
    """A refusal of any code."""
    raise Refusal(values["code"])


def deep(_values: dict, _content: bytes):
    """An answer that is nested without end."""
    return _say(b"[" * 200_000)


def lie(values: dict, _content: bytes):
    """Past the protocol: what is said of sizes is not true."""
    return _say(values["raw"].encode("latin-1"))


def chatter(_values: dict, _content: bytes):
    """An answer that never ends."""
    line = _line()
    line.sendall(messages.LENGTH.pack(100) + b'{"sizes":[1000000]}'.ljust(100))
    while True:
        line.sendall(b"x")
        time.sleep(0.01)


def huge(_values: dict, _content: bytes):
    """More than any answer has."""
    _line().sendall(messages.LENGTH.pack(0xFFFFFFFF) + b"x" * 100_000)
    time.sleep(1000)


def twice(_values: dict, _content: bytes):
    """The answer to the next one, too."""
    said = b"".join(messages.packed({"said": "mine"}, []))
    _line().sendall(said + b"".join(messages.packed({"said": "stolen"}, [])))
    time.sleep(1000)


def reach(_values: dict, _content: bytes):
    """What can be reached from here: the names of what could be had."""
    found = []
    for name, act in (("file", lambda: Path("/etc/passwd").read_bytes()), ("socket", socket.socket), ("pipe", os.pipe),
                      ("program", lambda: subprocess.run(["/bin/true"], check=True)),
                      ("folder", lambda: list(Path("/").iterdir()))):
        try:
            act()
            found.append(name)
        except OSError:
            pass
    return {"found": found, "environment": dict(os.environ), "descriptors": _descriptors()}, []


def _descriptors() -> list[int]:
    found = []
    for number in range(256):
        try:
            os.fstat(number)
            found.append(number)
        except OSError:
            pass
    return found


def _line() -> socket.socket:
    HELD.append(socket.socket(fileno=0))  # or it would be closed
    return HELD[-1]


def _say(head: bytes):
    _line().sendall(struct.pack(">I", len(head)) + head)
    time.sleep(1000)


TASKS = {name: f"{__name__}:{name}" for name in (
    "echo", "hang", "sleep", "crash", "eat", "stumble", "refuse", "deep", "lie", "chatter", "huge", "twice", "reach",
    "bound")}
TASKS |= {f"little_{name}": f"{__name__}:{name}:1" for name in ("bound", "hang")}
