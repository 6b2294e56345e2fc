"""The servers that are compared, each in a process of its own that is started and ended by its id."""
import functools
import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from importlib.util import find_spec
from pathlib import Path

from tests.bench.fanout.load.dialect import Product, Relay
from tests.bench.fanout.load.line import Line
from tests.live.conftest import found
from tests.live.server import Server
from tests.support.ports import free_port

HERE = Path(__file__).parent
MOST = 1000  # people


class Program:
    """A relay: a command that takes its port as its last or only argument, or as `{port}`."""

    def __init__(self, command: list[str], deflate: bool):
        self.command, self.deflate, self.process, self.port = command, deflate, None, 0

    def start(self) -> None:
        """Start and wait until it takes connections."""
        self.port = free_port()
        self.process = subprocess.Popen([part.format(port=self.port) for part in self.command], cwd=HERE.parents[3])
        until = time.monotonic() + 60
        while self.process.poll() is None and time.monotonic() < until:
            try:
                return socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.05)
        raise RuntimeError(f"{' '.join(self.command)} does not answer (ended with {self.process.poll()})")

    @property
    def pid(self) -> int:
        """The process whose time is measured."""
        return self.process.pid

    def enter(self, _i: int) -> Line:
        """One more client."""
        return Line(self.port, Relay(), self.deflate)

    def stop(self) -> None:
        """End it."""
        if self.process:
            self.process.kill()
            self.process.wait()


class Tinkuy(Program):
    """The product: the founding meeting on SQLite, with rates that leave five people room for the whole storm."""

    def __init__(self, fanout: str, deflate: bool):
        super().__init__([], deflate)
        self.folder = tempfile.TemporaryDirectory(prefix="tinkuy-fanout-", ignore_cleanup_errors=True)
        self.fanout, self.server = fanout, None

    def start(self) -> None:
        """Found the meeting and serve it."""
        self.meeting = found(self.folder.name, expected=MOST)  # else 300 come from one address at once, and no more
        self.server = Server(Path(self.folder.name), fanout=self.fanout, rate=1000, burst=10_000).start()
        self.process, self.port = self.server.process, self.server.port

    def enter(self, i: int) -> Line:
        """Somebody joins the first room and opens the line."""
        body = {"code": self.meeting["code"], "room": 1, "seats": [{"name": f"Persona {i}", "channel": "hall"}]}
        asked = urllib.request.Request(f"{self.server.url}/api/join", json.dumps(body).encode(),
                                       {"Content-Type": "application/json", "X-Workshop": "1"})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            place, cookie = json.load(answer), answer.headers["Set-Cookie"].split(";")[0]
        return Line(self.port, Product(place, self.meeting["activities"][0]["ideas"]), self.deflate, cookie)

    def stop(self) -> None:
        """End it and forget its data."""
        if self.server:
            self.server.stop()
        self.folder.cleanup()


@functools.cache
def without_node() -> str:
    """Why the node peers cannot run; empty when they can.  Installs them at first use."""
    if not shutil.which("node") or not shutil.which("npm"):
        return "node and npm are not installed"
    if not (HERE / "node_modules" / "socket.io").exists():
        done = subprocess.run(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=HERE, capture_output=True,
                              text=True, check=False)
        if done.returncode:
            return f"npm ci failed: {done.stderr.strip().splitlines()[-1:]}"
    return ""


def _python(module: str, deflate: bool) -> Program:
    return Program([sys.executable, "-m", f"tests.bench.fanout.servers.{module}", "{port}"], deflate)


def _node(deflate: bool, *flags: str) -> Program:
    return Program(["node", str(HERE / "peer.mjs"), "{port}", *flags, *["--deflate"] * deflate], deflate)


KINDS = {
    "product": lambda deflate: Tinkuy("direct", deflate),  # all of it: commit, sight, shared deflate
    "product-stock": lambda deflate: Tinkuy("stock", deflate),  # WORKSHOP_FANOUT=stock
    "transport": lambda deflate: _python("transport", deflate),  # guard and fan-out alone, 50 ms leading edge
    "stock": lambda deflate: _python("stock", deflate),  # Flask-SocketIO as it comes
    "node": lambda deflate: _node(deflate),  # socket.io as it comes
    "picows": lambda deflate: _python("bare", deflate),  # and SQLite, each idea on disk: the ceiling in Python
    "node-batch": lambda deflate: _node(deflate, "--batch"),  # with the same leading edge
}
DEFAULT = ("product", "product+deflate", "product-stock", "product-stock+deflate", "transport", "transport+deflate", "stock",
           "stock+deflate", "node", "node-batch", "picows")


def server(variant: str) -> Program:
    """A server that is not started yet; `+deflate`: its clients offer permessage-deflate.  Raises KeyError."""
    kind, _, deflate = variant.partition("+")
    return KINDS[kind](bool(deflate))


def missing(variant: str) -> str:
    """Why a variant cannot run here, or nothing."""
    if variant.startswith("picows"):
        return "" if find_spec("picows") else "picows is not installed (the extra `bench`)"
    return without_node() if variant.startswith("node") else ""
