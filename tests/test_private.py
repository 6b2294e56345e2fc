"""No other user of the machine reads what people wrote."""
import json
import os
import secrets
import sqlite3
import stat
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.cli.test_backing_up import command
from tests.live.conftest import found
from tests.live.device import Device
from tests.live.server import Server
from tests.media.pictures import jpeg
from tests.support.needs import some
from tests.support.waiting import PATIENCE
from workshop import private


def open_to_others(folder: Path, bits: int = 0o077) -> list[str]:
    """The files and folders under (and with) `folder` of which others have any bits."""
    paths = [folder, *folder.rglob("*")]
    return [f"{path} {stat.S_IMODE(path.stat().st_mode):o}" for path in paths if path.stat().st_mode & bits]


@pytest.fixture
def data(tmp_path) -> Path:
    """The data folder of a careless operator: made and filled while everybody could read everything."""
    data = tmp_path / "data"
    found(data)
    (data / "media" / "ab").mkdir(parents=True)
    (data / "media" / "ab" / "foto.abcd").write_bytes(b"a photo")
    (data / "demo-password").write_text("tinkuy-1234")
    for path in (data, *data.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    before = os.umask(0o022)
    yield data
    os.umask(before)


def test_after_a_meeting_nothing_in_the_data_folder_is_for_others(data):
    assert open_to_others(data)
    server = Server(data, secret="")  # which it makes by itself
    server.start()
    try:
        with sqlite3.connect(data / "tinkuy.sqlite") as store:
            [code] = store.execute("SELECT code FROM workshop").fetchone()
            [board] = store.execute("SELECT a.id FROM activity a JOIN room r ON r.id = a.room_id "
                                    "WHERE r.number = 1 AND a.kind = 'ideas'").fetchone()
        rosa = Device(server.url).join(code, "Rosa").connect()
        card = {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": "Papa nativa"}}
        assert rosa.do("contribution.add", card)["ok"]
        attach(server, rosa, card["id"])
        assert (data / "tinkuy.sqlite-wal").exists() and (data / "secret").exists() and len(list(data.glob("media/*/*"))) > 1
        assert open_to_others(data) == []
        rosa.close()
    finally:
        server.stop()
    assert open_to_others(data) == []


def attach(server, device, card: str) -> None:
    """A photo for the device's card."""
    headers = {"X-Attachment": secrets.token_urlsafe(12), "X-Card": card, "X-Kind": "photo", "X-Workshop": "1",
               "X-Seat": device.place["seats"][0]["id"], "Cookie": device.cookie}
    asked = urllib.request.Request(f"{server.url}/api/attach", jpeg(400, 300), headers)
    with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
        assert json.load(answer)["ok"]


@pytest.mark.parametrize("form", some(["xlsx", "json"]))
def test_what_commands_write_is_for_nobody_else(data, tmp_path, form):
    with sqlite3.connect(data / "tinkuy.sqlite") as store:
        [code] = store.execute("SELECT code FROM workshop").fetchone()
    memoria, copy = tmp_path / f"memoria.{form}", tmp_path / "copy.tar.gz"
    assert command("export", code, "--format", form, "--output", memoria, data=data).returncode == 0
    assert command("backup", copy, data=data).returncode == 0
    assert command("restore", copy, data=data).returncode == 0
    assert open_to_others(data) == open_to_others(memoria) == open_to_others(copy) == []


def test_machines_that_share_the_folder_read_it_by_their_group(data):
    subprocess.run([sys.executable, "-c", "from workshop import create_app; create_app()"], check=True, timeout=60,
                   env=os.environ | {"WORKSHOP_DATA": str(data), "WORKSHOP_SHARED": "1", "WORKSHOP_SECRET": "s" * 32,
                                     "WORKSHOP_ASYNC": "threading"})
    assert open_to_others(data, 0o007) == [] and data.stat().st_mode & 0o050


def test_what_is_not_ours_is_left_as_it_is(data):
    (data / "cartas").mkdir(mode=0o755)
    (data / "cartas" / "carta.txt").write_text("no es de la herramienta")
    (data / "media" / "elsewhere").symlink_to(data / "cartas")
    private.tighten(str(data), shared=False)
    left = {line.split()[0] for line in open_to_others(data)}
    foreign = (data, data / "cartas", data / "cartas" / "carta.txt", data / "media" / "elsewhere")
    assert left == {str(path) for path in foreign}
