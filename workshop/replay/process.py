"""Runs a server process of our own on a data folder, for as long as a run takes."""
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path


class OwnServer:
    """`with OwnServer(folder) as server:` runs `workshop.server` on a free port of this machine, at `server.url`.

    Keyword arguments are settings, named as their WORKSHOP_* variables in lower case.
    """

    def __init__(self, folder: Path, **settings: object):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        settings = {"data": folder, "host": "127.0.0.1", "port": port, "database": "", "redis": ""} | settings
        self.url = f"http://127.0.0.1:{port}"
        self.env = os.environ | {f"WORKSHOP_{name.upper()}": str(value) for name, value in settings.items()}
        self.process: subprocess.Popen[bytes]  # while it is entered

    def __enter__(self) -> "OwnServer":
        command = [sys.executable, "-W", "ignore", "-m", "workshop.server"]
        self.process = subprocess.Popen(command, env=self.env)  # noqa: S603  (our own program)
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.process.poll() is not None:
                raise RuntimeError(f"the server ended with {self.process.returncode}")
            try:
                with urllib.request.urlopen(self.url + "/readyz", timeout=2):  # noqa: S310  (our own address)
                    return
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.05)
        raise RuntimeError("the server does not answer")

    def __exit__(self, *_error: object) -> None:
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
