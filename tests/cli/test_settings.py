"""What is said on the command line wins over the environment, and that over what a command does by itself; what cannot be
had is said in one line, before anything is built."""
import os
import socket
import subprocess
import sys
from dataclasses import replace
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from tests.live.server import Server
from tests.support import cast
from tests.support.needs import without
from tests.support.ports import free_port
from tests.support.waiting import PATIENCE
from workshop import create_app
from workshop.cli import hub, main, settings
from workshop.config import Config, ConfigError, from_environment, unguarded, unknown
from workshop.operator_errors import one_line as one_line_of_ours
from workshop.ports import Taken, claim, url

SERVER = "from workshop.server import main; main()"


class Done(NamedTuple):
    """How a command has ended; `settings`: those with which the server would have begun."""

    code: int
    stdout: str
    stderr: str
    settings: dict


@pytest.fixture
def run(monkeypatch, tmp_path):
    """run(*words, asked, **settings) -> how the command ends where it would become a server, with no other settings."""
    before = dict(os.environ)

    def call(*words: str, asked: str = "", **env) -> Done:
        for name in [name for name in os.environ if name.startswith("WORKSHOP_")]:
            del os.environ[name]
        os.environ |= {f"WORKSHOP_{name}": str(value) for name, value in env.items()}
        begun = {}
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr(sys, "argv", ["workshop", *words])
        monkeypatch.setattr(os, "execv", lambda *_command: begun.update(
            {name.removeprefix("WORKSHOP_"): value for name, value in os.environ.items()}))
        done = CliRunner().invoke(main, words, input=asked, prog_name="workshop")
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Done(done.exit_code, done.stdout, done.stderr, begun)
    yield call
    os.environ.clear()
    os.environ |= before


def server(folder, **env) -> Done:
    """How the server's program ends, which cannot begin."""
    rest = {key: value for key, value in os.environ.items() if not key.startswith("WORKSHOP_")}
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", SERVER], cwd=folder, capture_output=True, text=True,
                          env=rest | {f"WORKSHOP_{name}": str(value) for name, value in env.items()}, timeout=PATIENCE,
                          check=False)
    return Done(done.returncode, done.stdout, done.stderr, {})


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A data folder `here` with an open meeting, in which nothing has to be built."""
    app = cast.app(tmp_path / "here")
    cast.found(app)
    app.extensions["house"].store.close()
    return tmp_path


@pytest.fixture
def busy():
    """A port at which somebody listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", free_port()))
        other.listen()
        yield other.getsockname()[1]


def one_line(done: Done, *words: str) -> None:
    assert done.code == 1 and done.stderr.count("\n") == 1, done.stderr
    assert all(word in done.stderr for word in words), done.stderr


@pytest.mark.parametrize("command", ["hub", "serve"])
def test_the_environment_wins_over_the_defaults_and_the_command_line_over_both(run, folder, command):
    one, two = free_port(), free_port()
    said = run(command, DATA="here", PORT=one, HOST="127.0.0.1").settings
    assert (said["DATA"], said["PORT"], said["HOST"]) == ("here", str(one), "127.0.0.1")
    said = run(command, "--port", str(two), "--data", "here", DATA="elsewhere", PORT=one, HOST="127.0.0.1").settings
    assert (said["DATA"], said["PORT"]) == ("here", str(two))
    assert not (folder / "elsewhere").exists()


def test_the_demo_is_built_where_the_settings_say_and_prints_the_address_that_they_name(run, tmp_path):
    port = free_port()
    done = run("demo", DATA="mine", PORT=port, LANGUAGE="en", BASE_URL="https://taller.example/")
    assert (done.settings["DATA"], done.settings["PORT"], done.settings["HOST"]) == ("mine", str(port), "127.0.0.1")
    assert "https://taller.example/j/" in done.stdout and "Stop with Ctrl+C" in done.stdout
    assert (tmp_path / "mine" / "tinkuy.sqlite").exists() and not (tmp_path / "demo-data").exists()


def test_the_hub_keeps_what_it_was_told_about_addresses_and_says_what_keeps_phones_out(run, folder):
    done = run("hub", DATA="here", PORT=free_port(), HOST="127.0.0.1", BASE_URL="http://tinkuy.lan",
               ORIGINS="http://other.lan", SECURE="1")
    assert done.settings["BASE_URL"] == "http://tinkuy.lan" and "http://other.lan" in done.settings["ORIGINS"].split(",")
    assert done.settings["SECURE"] == "1" and "WORKSHOP_SECURE" in done.stderr and "solo esta máquina" in done.stderr
    assert "http://tinkuy.lan/j/" in done.stdout


def test_an_address_on_the_command_line_wins_over_the_base_url(monkeypatch):
    monkeypatch.setenv("WORKSHOP_BASE_URL", "http://tinkuy.lan")
    monkeypatch.setattr(hub, "addresses", lambda: ["192.0.2.7"])
    assert hub.reached(settings.EVERYWHERE, 5000, None) == ["http://tinkuy.lan", "http://192.0.2.7:5000"]
    assert hub.reached(settings.EVERYWHERE, 5000, "fd00::7") == [
        "http://[fd00::7]:5000", "http://tinkuy.lan", "http://192.0.2.7:5000"]


@pytest.mark.parametrize("words", [("demo",), ("hub",), ("serve",), ("demo", "--language", "fr")])
def test_a_taken_port_is_said_first_with_the_command_for_the_next_free_one(run, tmp_path, busy, words):
    done = run(*words, "--port", str(busy), HOST="127.0.0.1", DATA="new")
    one_line(done, str(busy), "--port ")
    free = int(done.stderr.split("--port ")[1].split()[0])
    assert free > busy and f"workshop {' '.join(words)} --port {free}" in done.stderr
    assert not (tmp_path / "new").exists(), "nothing was built"
    claim("127.0.0.1", free).close()


def test_at_the_keyboard_the_next_free_port_is_offered(monkeypatch, busy):
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True, raising=False)
    asked = []
    monkeypatch.setattr(settings.click, "confirm", lambda question, default: asked.append(question) or default)
    port = settings.free_port("127.0.0.1", busy)
    assert port > busy and str(busy) in asked[0] and str(port) in asked[0]
    monkeypatch.setattr(settings.click, "confirm", lambda *_args, **_more: False)
    with pytest.raises(settings.click.Abort):
        settings.free_port("127.0.0.1", busy)


@pytest.mark.parametrize(("typed", "again"), [
    (["/x/workshop", "demo"], "workshop demo --port 5001"),
    (["workshop", "demo", "--port", "5000", "--lan"], "workshop demo --lan --port 5001"),
    (["workshop", "hub", "--port=5000", "--wifi", "Salón; Tambo"], "workshop hub --wifi 'Salón; Tambo' --port 5001")])
def test_the_command_can_be_typed_as_it_is_said(typed, again):
    assert settings.again_with(typed, 5001) == again


def test_the_server_says_that_its_port_is_taken_before_it_touches_the_data(tmp_path, busy):
    one_line(server(tmp_path, DATA="new", PORT=busy), str(busy), "WORKSHOP_PORT=")
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("env", "words"), [
    ({"PORT": "0"}, ["WORKSHOP_PORT", "65535"]), ({"PORT": "70000"}, ["WORKSHOP_PORT", "65535"]),
    ({"HOST": "no.such.host.invalid"}, ["no.such.host.invalid"]), ({"HOST": "2001:db8::7"}, ["2001:db8::7"]),
    ({"HOST": "a" * 300}, ["dirección"]), ({"RATE": "-1"}, ["WORKSHOP_RATE"]), ({"RATE": "nan"}, ["WORKSHOP_RATE"]),
    ({"SECURE": "ja"}, ["WORKSHOP_SECURE"]), ({"LANGUAGE": "xx"}, ["WORKSHOP_LANGUAGE"]),
    ({"DATABASE": "nonsense"}, ["WORKSHOP_DATABASE"]), ({"DATABASE": "oracle://x/y"}, ["WORKSHOP_DATABASE"]),
    ({"DATABASE": "postgresql://127.0.0.1:1/none"}, ["base de datos"]), ({"DATA": "a file"}, ["a file"]),
    ({"DATA": "damaged"}, ["dañada", "workshop restore"]), ({"DATA": "newer"}, ["otra versión"])])
def test_what_cannot_be_used_is_said_in_one_line(run, tmp_path, env, words):
    (tmp_path / "a file").write_text("nothing to go into")
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "tinkuy.sqlite").write_bytes(b"no database " * 1000)
    app = cast.app(tmp_path / "newer")
    with app.extensions["house"].store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    app.extensions["house"].store.close()
    command = ("serve",) if env.keys() & {"PORT", "HOST"} else ("open", "Taller", "--owner", "elena@example.org")
    done = run(*(("demo",) if "LANGUAGE" in env else command), **({"PORT": free_port()} | env))
    if done.code == 2:  # of an option, with how it is used
        assert env.keys() & {"PORT", "LANGUAGE"} and env.popitem()[1] in done.stderr
    else:
        one_line(done, *words)
    os.environ |= {f"WORKSHOP_{name}": value for name, value in env.items()}
    with pytest.raises(SystemExit) as ended, one_line_of_ours():  # the server's own way
        config = from_environment()
        claim(config.host, config.port).close()
        create_app(replace(config, async_mode="threading"))
    assert all(word in str(ended.value) for word in words) and "\n" not in str(ended.value)


def test_ports_of_the_system_are_said_to_be_so(monkeypatch):
    def forbidden(*_address):
        raise PermissionError(13, "Permission denied")
    monkeypatch.setattr(socket.socket, "bind", forbidden)
    with pytest.raises(ConfigError, match="below 1024"):
        claim("127.0.0.1", 80)


def test_a_taken_port_names_the_next_free_one(busy):
    with pytest.raises(Taken) as taken:
        claim("127.0.0.1", busy)
    assert taken.value.free > busy and str(taken.value.free) in str(taken.value)


def test_an_ipv6_address_is_listened_at_and_written_in_brackets(folder):
    port = free_port()
    try:
        claim("::1", port).close()
    except ConfigError:
        without("this machine has no IPv6")
    assert url("::1", port) == f"http://[::1]:{port}"
    one = Server(folder / "here", host="::1")
    one.url = url("::1", one.port)
    one.start().stop()


def test_a_data_folder_that_a_restore_holds_is_not_served(folder):
    from workshop.store.files.data_lock import alone
    with alone(folder / "here"):
        one_line(server(folder, DATA="here", PORT=free_port()), "here", "otro programa usa")


def test_a_variable_that_is_no_setting_is_named():
    assert unknown({"WORKSHOP_PROT": "1", "WORKSHOP_PORT": "1", "WORKSHOP_TEST_ALL": "1", "HOME": "x"}) == ["WORKSHOP_PROT"]


def test_every_setting_that_a_command_has_an_option_for_is_read_from_the_environment_too():
    own = {"demo", "hub", "serve", "backup", "restore", "export", "add"}
    commands = {**main.commands, **main.commands["account"].commands}
    for name in own:
        for option in commands[name].params:
            if option.name in Config.__dataclass_fields__:
                assert option.envvar == f"WORKSHOP_{option.name.upper()}", (name, option.name)


def test_from_environment_reads_true_and_false_as_they_are_written():
    assert from_environment({"WORKSHOP_SECURE": "On"}).secure and not from_environment({"WORKSHOP_SECURE": "no"}).secure
    assert not from_environment({"WORKSHOP_SECURE": ""}).secure


@pytest.mark.parametrize(("settings", "named"), [
    ({}, []), ({"redis": "redis://127.0.0.1:6379"}, []), ({"redis": "redis://[::1]/0"}, []), ({"redis": "not a url ["}, []),
    ({"database": "postgresql:///tinkuy?host=/run/postgresql"}, []), ({"redis": "redis://10.0.0.9"}, ["WORKSHOP_REDIS"]),
    ({"database": "postgresql://tinkuy@db.example/x"}, ["WORKSHOP_DATABASE"]),
    ({"database": "postgresql://tinkuy:secreto@db.example/x", "redis": "rediss://:secreto@10.0.0.9"}, [])])
def test_a_database_or_redis_elsewhere_without_a_password_is_named_at_the_start(settings, named):
    assert unguarded(Config(**settings)) == named
