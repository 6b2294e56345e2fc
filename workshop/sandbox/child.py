"""The child: reads requests from the socket that is its standard input, until that is closed.

    python -m workshop.sandbox.child NAME=MODULE:FUNCTION[:SECONDS]...

Before it takes the first one it gives up what it does not need: it opens no file, no socket and no pipe any more, writes to
none, and each request has its own bound of processor time.  Decoding is where hostile bytes do harm; a child that is taken
over can spend that time and give wrong answers, but reach neither the store nor the network.
"""
import codecs
import importlib
import math
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from encodings.aliases import aliases
from typing import Any

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json
from workshop.sandbox import messages

MEMORY = 1 << 30  # bytes of address space
PROCESSOR = 20  # seconds of a request whose task names no other bound
WALL = 60  # seconds of a request, also where nobody waits for it any more: the server was killed


def main() -> None:
    """Serves requests until the socket is closed."""
    line = socket.socket(fileno=0)
    line.setblocking(True)
    os.nice(10)  # the server's rooms go first
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    try:
        tasks = dict(_loaded(named) for named in sys.argv[1:])
    except Exception as error:
        _send(line, {"failed": f"{type(error).__name__}: {error}"[:300]}, [])
        return
    _withdraw()
    _send(line, {"ready": True}, [])
    while True:
        try:
            head, parts = messages.unpacked(line.recv)
        except (EOFError, OSError):
            return
        function, seconds = tasks[head["task"]]
        _begin(seconds)
        answer = _answer(function, head, parts)
        signal.alarm(0)
        _send(line, *answer)


Task = Callable[[Json, bytes], tuple[Any, list[bytes]]]


def _loaded(named: str) -> tuple[str, tuple[Task, int]]:
    name, _, where = named.partition("=")
    module, function, *seconds = where.split(":")
    loaded = importlib.import_module(module)
    getattr(loaded, "prepare", lambda: None)()
    return name, (getattr(loaded, function), int(*seconds) or PROCESSOR)


def _withdraw() -> None:
    """Drops privileges: loads what foreign bytes may name, then gives up files: open ones stay, no further one can be
    opened, none grows."""
    for encoding in set(aliases.values()):
        with suppress(LookupError):  # limits of another system
            codecs.lookup(encoding)
    for limit in (resource.RLIMIT_NOFILE, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE):
        resource.setrlimit(limit, (0, 0))


def _begin(seconds: int) -> None:
    spent = resource.getrusage(resource.RUSAGE_SELF)
    bound = math.ceil(spent.ru_utime + spent.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (bound, resource.getrlimit(resource.RLIMIT_CPU)[1]))  # SIGXCPU ends us
    signal.alarm(WALL)  # so does SIGALRM


def _answer(function: Task, head: Json, parts: list[bytes]) -> tuple[Json, list[bytes]]:
    try:
        said, found = function(head["values"], b"".join(parts))
        return {"said": said}, found
    except Refusal as refusal:
        return {"code": refusal.code, "values": refusal.values}, []
    except MemoryError:
        return {"failed": "memory"}, []
    except Exception as error:  # a reader may fail in any way on what was made to make it fail
        return {"failed": f"{type(error).__name__}: {error}"[:300]}, []


def _send(line: socket.socket, head: Json, parts: list[bytes]) -> None:
    try:
        for piece in messages.packed(head, parts):
            line.sendall(piece)
    except (OSError, MemoryError):  # nobody waits for it
        os._exit(0)


if __name__ == "__main__":
    main()
