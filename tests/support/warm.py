"""Starts servers of the program from a process that has loaded it: most of a start is reading the program's modules, which
is the same each time.

    python -m tests.support.warm DESCRIPTOR

The process listens at the socket that it is given as a descriptor, gives birth to a server for each message, and tells how
each of them ended.  It never waits in eventlet: a hub that runs is not to be inherited.
"""
import gc
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
import traceback
from contextlib import suppress
from pathlib import Path

REAL_FORK, REAL_WAIT, REAL_POLL, REAL_SOCKET = os.fork, os.waitpid, select.poll, socket.socket  # eventlet puts its own there
LONGEST = 1 << 20
MAY = hasattr(os, "pidfd_open") and not os.environ.get("WORKSHOP_TEST_COLD")  # elsewhere each server starts from nothing


class Nest:
    """The process that has loaded the program, one for each process of the test run; it ends with it."""

    one, first = None, threading.Lock()

    @classmethod
    def here(cls) -> "Nest":
        """The one of this process, begun when it is asked for first, in whichever thread."""
        with cls.first:
            if cls.one is None or cls.one.process.poll() is not None or cls.one.of != os.getpid():
                cls.one = cls()
            return cls.one

    def __init__(self):
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        env = {name: value for name, value in os.environ.items() if not name.startswith("WORKSHOP_")}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        self.process = subprocess.Popen([sys.executable, "-W", "ignore", "-m", "tests.support.warm", str(theirs.fileno())],
                                        pass_fds=[theirs.fileno()], env=env)
        theirs.close()
        self.of, self.line, self.ended, self.lock = os.getpid(), ours, {}, threading.RLock()

    def start(self, program: tuple[str, ...], env: dict[str, str], errors: int) -> int:
        """The process number of a new server."""
        with self.lock:
            asked = {"program": program, "env": env, "folder": str(Path.cwd())}
            socket.send_fds(self.line, [json.dumps(asked).encode()], [1, errors])
            while (told := self._told())[0] != "born":
                pass
            return told[1]

    def end_of(self, pid: int) -> int:
        """How a server that is over ended: its code, or less than 0 for a signal."""
        with self.lock:
            while pid not in self.ended:
                self._told()
            return self.ended[pid]

    def _told(self) -> tuple[str, int]:
        said = json.loads(self.line.recv(LONGEST) or b"null")
        if said is None:
            raise RuntimeError("the process that starts servers has ended")
        what, pid, code = said
        if what == "ended":
            self.ended[pid] = code
        return what, pid


class Process:
    """A server that a nest has started, in what tests use of `subprocess.Popen`."""

    def __init__(self, program: tuple[str, ...], env: dict[str, str], errors=None):
        self.nest = Nest.here()
        self.pid = self.nest.start(program, env, errors.fileno() if errors else 2)
        self.returncode = None
        try:
            self._open = os.pidfd_open(self.pid)
        except ProcessLookupError:  # it is over already
            self.returncode = self.nest.end_of(self.pid)

    def poll(self) -> int | None:
        """Its code where it is over, else None."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Its code, once it is over.  subprocess.TimeoutExpired: it was not within `timeout` seconds."""
        if self.returncode is None:
            poll = REAL_POLL()
            poll.register(self._open, select.POLLIN)
            if not poll.poll(None if timeout is None else 1000 * timeout):
                raise subprocess.TimeoutExpired("workshop.server", timeout)
            self.returncode = self.nest.end_of(self.pid)
            os.close(self._open)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """What `kill` does, to this process and no other that has its number."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._open, number)

    def kill(self) -> None:
        """kill -9."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """End it as an operator does."""
        self.send_signal(signal.SIGTERM)


def _serve(asked: dict, descriptors: list[int]) -> None:
    """The server, in the process that was born for it."""
    from eventlet import hubs

    from workshop import server
    hubs.get_hub().poll.close()  # the parent's
    hubs.use_hub()
    for number, descriptor in enumerate(descriptors, 1):
        os.dup2(descriptor, number)
    os.closerange(3, 1 + max(int(held.name) for held in Path("/proc/self/fd").iterdir()))
    os.environ.clear()
    os.environ.update(asked["env"])
    os.chdir(asked["folder"])
    sys.argv = asked["program"]
    if sys.argv == ["workshop.server"]:
        server.main()
    else:  # it makes the server another before it serves
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _bear(line: socket.socket, living: dict[int, int], poll) -> bool:
    """A server for the message that has come; False: the test run is over."""
    said, descriptors, _flags, _from = socket.recv_fds(line, LONGEST, 2)
    if not said:
        return False
    if not (pid := REAL_FORK()):
        code = 1
        try:
            _serve(json.loads(said), descriptors)
            code = 0
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
        except BaseException:
            traceback.print_exc()
        finally:
            sys.stdout.flush(), sys.stderr.flush()
            os._exit(code)
    for descriptor in descriptors:
        os.close(descriptor)
    living[watch := os.pidfd_open(pid)] = pid
    poll.register(watch, select.POLLIN)
    line.send(json.dumps(["born", pid, 0]).encode())
    return True


def main(descriptor: int) -> None:
    """Give birth to servers until the test run is over; those that live then end with it."""
    from workshop import server  # patches this process for eventlet, first of all
    from workshop.domain.kinds import kinds
    from workshop.domain.methods.library import library
    from workshop.live import serve
    assert server and serve and kinds() and library()
    gc.collect()
    gc.freeze()
    line, living, poll, goes_on = REAL_SOCKET(fileno=descriptor), {}, REAL_POLL(), True
    poll.register(line, select.POLLIN)
    while goes_on:
        for ready, _what in poll.poll():
            if ready == descriptor:
                goes_on = _bear(line, living, poll)
                continue
            poll.unregister(ready)
            os.close(ready)
            pid, status = REAL_WAIT(living.pop(ready), 0)
            line.send(json.dumps(["ended", pid, os.waitstatus_to_exitcode(status)]).encode())
    for pid in living.values():
        os.kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main(int(sys.argv[1]))
