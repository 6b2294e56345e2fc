"""A copy of everything in one file, and the way back."""
import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing

import pytest

from tests.live.conftest import found
from tests.live.device import Device, idea
from tests.live.server import Server
from tests.support import cast
from workshop.store.files import data_lock
from workshop.store.models import Contribution, Stream
from workshop.store.session import Store
from workshop.store.streams.epochs import Mark


@pytest.fixture
def meeting(tmp_path) -> dict:
    """The founding meeting in a data folder, with a photo."""
    meeting = found(tmp_path / "data")
    (tmp_path / "data" / "media" / "ab").mkdir(parents=True)
    (tmp_path / "data" / "media" / "ab" / "foto.abcd").write_bytes(b"a photo")
    return meeting


@pytest.fixture
def data(tmp_path, meeting):
    """The data folder."""
    return tmp_path / "data"


def command(*args, data, **env) -> subprocess.CompletedProcess:
    """`workshop …` as an operator gives it."""
    rest = {key: value for key, value in os.environ.items() if not key.startswith("WORKSHOP_")}
    return subprocess.run([sys.executable, "-W", "ignore", "-m", "workshop.cli", *map(str, args)], capture_output=True,
                          text=True, timeout=120, env=rest | {"WORKSHOP_DATA": str(data), "WORKSHOP_LANGUAGE": "en"} | env)


def texts(data) -> set[str]:
    """The ideas in the database of a data folder."""
    store = Store(f"sqlite:///{data / 'tinkuy.sqlite'}")
    with store.read() as session:
        said = {card.body["text"] for card in session.query(Contribution).filter_by(kind="idea")}
    store.close()
    return said


def epochs(data) -> dict[str, str]:
    """{stream: epoch}."""
    store = Store(f"sqlite:///{data / 'tinkuy.sqlite'}")
    with store.read() as session:
        said = {stream.id: stream.epoch for stream in session.query(Stream)}
    store.close()
    return said


def test_a_copy_is_made_while_people_write_and_is_whole_and_only_the_operators(tmp_path, data, meeting):
    server = Server(data)
    server.meeting = meeting
    server.start()
    try:
        rosa = Device(server.url).join(meeting["code"], "Rosa").connect()
        assert rosa.do("contribution.add", idea(server, "Antes"))["ok"]
        made = command("backup", tmp_path, data=data)
        assert rosa.do("contribution.add", idea(server, "Después"))["ok"]
        assert made.returncode == 0, made.stderr
        file = next(tmp_path.glob("tinkuy-*.tar.gz"))
        assert made.stdout.strip() == str(file) and file.stat().st_mode & 0o77 == 0
        with tarfile.open(file) as tar:
            assert set(tar.getnames()) == {"tinkuy.sqlite", "media/ab/foto.abcd"}
        refused = command("restore", file, data=data)
        assert refused.returncode == 1 and "a server is running" in refused.stderr
        rosa.close()
    finally:
        server.stop()
    assert texts(data) == {"Antes", "Después"}


def test_the_way_back_gives_every_stream_a_new_epoch_and_keeps_what_was_there_beside(tmp_path, data, meeting):
    copy = tmp_path / "copy.tar.gz"
    assert command("backup", copy, data=data).returncode == 0
    before = epochs(data)
    app = cast.app(data)
    rosa = cast.Phone(app.test_client())
    rosa.join(meeting["code"], "Rosa")
    rosa.post(meeting["activities"][0]["ideas"], "Después")
    app.extensions["house"].store.close()
    (data / "media" / "ab" / "foto.abcd").unlink()
    (data / "media" / "ab" / "otra.abcd").write_bytes(b"newer")
    assert texts(data) == {"Después"}
    restored = command("restore", copy, data=data)
    assert restored.returncode == 0, restored.stderr
    after = epochs(data)
    assert before and after.keys() == before.keys() and not set(before.values()) & set(after.values())
    assert texts(data) == set()
    assert {path.name for path in (data / "media" / "ab").iterdir()} == {"foto.abcd", "otra.abcd"}
    beside = next(data.glob("before-*"))
    assert str(beside) in restored.stdout and texts(beside) == {"Después"}


def test_a_bare_database_file_will_do_and_what_is_none_changes_nothing(tmp_path, data, meeting):
    with closing(sqlite3.connect(data / "tinkuy.sqlite")) as held_, closing(sqlite3.connect(tmp_path / "old.sqlite")) as old:
        held_.backup(old)
    before = epochs(data)
    broken = bytearray((tmp_path / "old.sqlite").read_bytes())
    broken[4096 * 3:4096 * 9] = b"\7" * 4096 * 6
    (tmp_path / "broken.sqlite").write_bytes(broken)
    (tmp_path / "none.tar.gz").write_bytes(b"not a copy")
    with tarfile.open(tmp_path / "empty.tar.gz", "w:gz") as tar:
        tar.add(tmp_path / "none.tar.gz", "../evil")
    for name in ("broken.sqlite", "none.tar.gz", "empty.tar.gz"):
        said = command("restore", tmp_path / name, data=data)
        assert said.returncode == 1 and said.stderr.startswith("tinkuy: ") and len(said.stderr.splitlines()) < 9, said.stderr
        assert epochs(data) == before and not list(data.glob("before-*")) and not list(data.glob(".restoring-*"))
    assert command("restore", tmp_path / "old.sqlite", data=data).returncode == 0
    assert not set(epochs(data).values()) & set(before.values())


def test_with_postgresql_the_commands_name_its_own_tools(tmp_path):
    (tmp_path / "some.file").touch()
    for said in (command("backup", data=tmp_path, WORKSHOP_DATABASE="postgresql://u:geheim@127.0.0.1:9/x"),
                 command("restore", tmp_path / "some.file", data=tmp_path, WORKSHOP_DATABASE="postgresql://u:geheim@127.0.0.1:9/x")):
        assert said.returncode == 1 and "pg_" in said.stderr and "geheim" not in said.stderr


def test_what_was_put_back_by_hand_is_noticed_at_the_start(data, meeting):
    store = Store(f"sqlite:///{data / 'tinkuy.sqlite'}")
    assert Mark(store, str(data)).notice(), "there is something, and no mark"
    store.close()
    shutil.copy(data / "tinkuy.sqlite", data / "old")
    store = Store(f"sqlite:///{data / 'tinkuy.sqlite'}")
    with store.write() as session:
        session.query(Stream).first().seq += 3
    mark = Mark(store, str(data))
    assert not mark.notice()
    store.close()
    before = epochs(data)
    (data / "tinkuy.sqlite").write_bytes((data / "old").read_bytes())  # the same file with older content
    assert noticed(data) and not set(epochs(data).values()) & set(before.values())
    assert not noticed(data), "once is enough"
    with closing(sqlite3.connect(data / "tinkuy.sqlite")) as later:
        later.execute("UPDATE stream SET seq = seq + 9")
        later.commit()
    assert not noticed(data), "it has only come further"
    shutil.copy(data / "tinkuy.sqlite", data / "again")
    (data / "again").rename(data / "tinkuy.sqlite")  # another file: the whole folder was copied back, its mark too
    assert noticed(data)


def noticed(data) -> bool:
    store = Store(f"sqlite:///{data / 'tinkuy.sqlite'}")
    try:
        return Mark(store, str(data)).notice()
    finally:
        store.close()


def test_servers_hold_the_folder_together_and_a_command_alone(tmp_path):
    one, two = data_lock.hold(str(tmp_path)), data_lock.hold(str(tmp_path))
    with pytest.raises(data_lock.Occupied), data_lock.alone(str(tmp_path)):
        pass
    one.close()
    two.close()
    with data_lock.alone(str(tmp_path)), pytest.raises(data_lock.Occupied):
        data_lock.hold(str(tmp_path))
