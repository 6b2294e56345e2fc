"""A server that cannot serve says why in one line."""
import os
import subprocess
import sys

import pytest

from tests.live.conftest import found
from tests.live.server import Server


def start(data, **settings) -> subprocess.CompletedProcess:
    env = os.environ | {"WORKSHOP_DATA": str(data)} | {f"WORKSHOP_{name}": value for name, value in settings.items()}
    return subprocess.run([sys.executable, "-W", "ignore", "-m", "workshop.server"], env=env, capture_output=True, text=True,
                          timeout=60, check=False)


def test_two_servers_do_not_share_a_port(tmp_path):
    found(tmp_path / "one")
    server = Server(tmp_path / "one").start()
    try:
        second = start(tmp_path / "two", PORT=str(server.port))
    finally:
        server.stop()
    assert second.returncode == 1 and f"port {server.port}" in second.stderr and second.stderr.count("\n") == 1


@pytest.mark.parametrize(("name", "value"), [("PORT", "abc"), ("ASYNC", "fast"), ("SECRET", "short")])
def test_a_wrong_setting_is_told_in_one_line(tmp_path, name, value):
    stopped = start(tmp_path, **{name: value})
    assert stopped.returncode == 1 and f"WORKSHOP_{name}" in stopped.stderr and stopped.stderr.count("\n") == 1
