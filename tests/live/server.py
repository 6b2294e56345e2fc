"""A real server process for tests: the eventlet mode, a free port, a data folder."""
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request

from tests.support import pairing, warm
from tests.support.ports import free_port
from tests.support.waiting import PATIENCE


class Server:
    """`workshop.server` in a process of its own; `errors`: the file for what it logs, else where the tests' goes; `program`:
    the module that serves, and what it is told; `checkout`: the folder whose program it is; `descriptors`: how many it may
    hold."""

    errors = checkout = None
    program = ("workshop.server",)

    def __init__(self, data, descriptors: int | None = None, **settings):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        settings = {"data": data, "port": self.port, "secret": "s" * 32, "async": "eventlet", "store": pairing.STORE,
                    "fanout": pairing.FANOUT} | settings
        self.env = os.environ | {f"WORKSHOP_{name.upper()}": str(value) for name, value in settings.items()}
        self.env.pop("PYTHONDONTWRITEBYTECODE", None)  # a hundred starts need not compile everything anew
        self.process, self.descriptors = None, descriptors

    def start(self) -> "Server":
        """Start and wait until it answers."""
        if not warm.MAY or self.checkout or self.descriptors or self.env["WORKSHOP_ASYNC"] != "eventlet":
            self.process = self._cold()
        else:
            self.process = warm.Process(self.program, self.env, self.errors)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}")
            try:
                urllib.request.urlopen(self.url + "/api/verbs", timeout=PATIENCE)
                return self
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.05)
        raise RuntimeError("the server does not answer")

    def _cold(self) -> subprocess.Popen:
        limit = ["sh", "-c", f'ulimit -n {self.descriptors}; exec "$0" "$@"'] if self.descriptors else []
        return subprocess.Popen([*limit, sys.executable, "-W", "ignore", "-m", *self.program], env=self.env,
                                stderr=self.errors, cwd=self.checkout)

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """End it as an operator does."""
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.kill()
