"""Starts, asks and ends one child process, on the server's side."""
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from workshop.domain.shapes import Json
from workshop.sandbox import messages

# No secret, no address of a database: only where the program is.
ENVIRONMENT = {"PYTHONPATH": str(Path(__file__).resolve().parents[2]), "LANG": "C.UTF-8", "PYTHONUTF8": "1",
               "OPENBLAS_NUM_THREADS": "1"}
START = 60  # seconds in which a child must be ready, on a busy machine


class Broken(Exception):
    """Reports that the child did not answer as it must; it is to be ended. The text says how."""


class NotStarted(Broken):
    """Reports that the child could not be started at all: our fault, not that of the bytes."""

A = TypeVar("A")
T = TypeVar("T")


class Child:
    """Holds a process and one end of a socket pair; it ends by itself when our end is closed, also because we were killed.
    """

    def __init__(self, tasks: dict[str, str]):
        """Starts it; it loads what it needs while we go on. Raises NotStarted."""
        self.jobs, self._ready = 0, False
        self._line, theirs = socket.socketpair()
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-s", "-m", "workshop.sandbox.child", *(f"{k}={v}" for k, v in tasks.items())],
                stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd="/", env=ENVIRONMENT,
                start_new_session=True)
        except OSError as error:  # no memory, no process
            self._line.close()
            raise NotStarted(str(error)) from None
        finally:
            theirs.close()

    @property
    def idle(self) -> bool:
        """Tells whether the process runs and has sent nothing that nobody asked for."""
        if self.process.poll() is not None:
            return False
        self._line.setblocking(False)
        try:
            return bool(self._line.recv(1, socket.MSG_PEEK)) and not self._ready  # it may report that it is ready
        except BlockingIOError:
            return True
        except OSError:
            return False
        finally:
            self._line.setblocking(True)

    def wait_ready(self) -> None:
        """Waits until it has loaded what it needs. Raises NotStarted."""
        if self._ready:
            return
        try:
            head, _parts = self._receive(time.monotonic() + START)
        except Broken as broken:
            raise NotStarted(str(broken)) from None
        if not head.get("ready"):
            raise NotStarted(str(head.get("failed"))[:300])
        self._ready = True

    def ask(self, task: str, values: Json, content: bytes, seconds: float) -> tuple[Json, list[bytes]]:
        """Returns its answer (head, parts) within the seconds. Raises Broken."""
        until = time.monotonic() + seconds
        self.jobs += 1
        for piece in messages.packed({"task": task, "values": values}, [content]):
            view = memoryview(piece)
            while view:
                view = view[self._within(until, self._line.send, view[:messages.PIECE]):]
        return self._receive(until)

    def _receive(self, until: float) -> tuple[Json, list[bytes]]:
        try:
            return messages.unpacked(lambda most: self._within(until, self._line.recv, most))
        except messages.Nonsense as nonsense:
            raise Broken(f"nonsense: {nonsense}") from None
        except EOFError:
            raise Broken("it ended") from None

    def _within(self, until: float, act: Callable[[A], T], given: A) -> T:
        left = until - time.monotonic()
        if left <= 0:
            raise Broken("time")
        self._line.settimeout(left)
        try:
            return act(given)
        except TimeoutError:
            raise Broken("time") from None
        except OSError as error:
            raise Broken(f"it ended: {error.strerror}") from None

    def end(self) -> None:
        """Ends it and all that it may have started."""
        self._line.close()
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()
