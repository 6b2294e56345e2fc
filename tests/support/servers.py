"""Throwaway PostgreSQL and Redis servers on free ports, from the programs that are installed."""
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import psycopg2
import pytest

from tests.support import waiting
from tests.support.needs import program
from tests.support.ports import free_port
from workshop.store.models import Base
from workshop.store.session import Store

# Without the triggers of foreign keys: TRUNCATE would lay thirty tables and their indexes out anew.
EMPTY = "SET session_replication_role = replica; " + "; ".join(f"DELETE FROM {table}" for table in Base.metadata.tables)
QUIET = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class Postgres:
    """A PostgreSQL in a folder of its own; `database()` makes a new one with the schema in it.  `settings`: others than
    those for tests, which lose all when the machine does."""

    def __init__(self, **settings):
        self.settings = settings
        initdb = program("/usr/lib/postgresql/15/bin/initdb", "initdb")
        self.bin = Path(initdb).parent
        self.folder = Path(tempfile.mkdtemp(prefix="tinkuy-pg-"))
        # initdb refuses to work for root.
        self.user = {"user": "postgres", "group": "postgres"} if os.geteuid() == 0 else {}
        if self.user:
            shutil.chown(self.folder, **self.user)
        subprocess.run([initdb, "-D", self.folder / "data", "-U", "tinkuy", "-A", "trust", "-E", "UTF8", "--no-sync",
                        "--locale=C.UTF-8"], check=True, cwd=self.folder, **QUIET, **self.user)
        self.port, self.process, self.template = free_port(), None, ""
        self.free: list[str] = []  # databases that a test has left, empty again
        self.start()

    def start(self) -> None:
        """Start and wait until it takes connections."""
        settings = {"listen_addresses": "127.0.0.1", "port": self.port, "unix_socket_directories": "", "fsync": "off",
                    "full_page_writes": "off", "max_connections": 60, "shared_buffers": "32MB",
                    "logging_collector": "off"} | self.settings
        self.process = subprocess.Popen(
            [self.bin / "postgres", "-D", self.folder / "data", *(f"--{k}={v}" for k, v in settings.items())],
            cwd=self.folder, **QUIET, **self.user)
        wait_for(self.process, lambda: self.run("SELECT 1"))

    def url(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql+psycopg2://tinkuy@127.0.0.1:{self.port}/{database}"

    def run(self, statement: str, database: str = "postgres") -> None:
        """One statement outside any transaction."""
        connection = psycopg2.connect(host="127.0.0.1", port=self.port, user="tinkuy", dbname=database)
        try:
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connection.close()

    def database(self) -> str:
        """The URL of a database with the schema and nothing in it."""
        if self.free:
            return self.free.pop()
        if not self.template:
            self.template = self.empty()
            store = Store(self.url(self.template))
            store.migrate()
            store.close()
        return self.url(self.empty(self.template))

    def empty(self, template: str = "template0") -> str:
        """The name of a new database."""
        name = "t" + secrets.token_hex(6)
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def take_back(self, url: str) -> None:
        """Empty a database for the next test, whoever is still connected: a new one takes longer than most tests.  One whose
        tables are not those of the schema any more is removed."""
        name = url.rpartition("/")[2]
        self.run(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        try:
            self.run(EMPTY, name)
        except psycopg2.Error:
            self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        else:
            self.free.append(url)

    def stop(self) -> None:
        """End it at once (SIGQUIT: immediate shutdown)."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(60)

    def close(self) -> None:
        """End it and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


class Redis:
    """A Redis that keeps nothing."""

    def __init__(self):
        self.program, self.port, self.process = program("redis-server"), free_port(), None
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        """Start and wait until it takes connections."""
        self.process = subprocess.Popen([self.program, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "",
                                         "--appendonly", "no"], cwd=tempfile.gettempdir(), **QUIET)
        wait_for(self.process, lambda: socket.create_connection(("127.0.0.1", self.port), 1).close())

    def close(self) -> None:
        """kill -9, as a machine that fails does."""
        self.process.kill()
        self.process.wait(60)


def wait_for(process, attempt) -> None:
    """Try until it works; an error when the process ends first."""
    def works() -> bool:
        assert process.poll() is None, f"the server ended with {process.returncode}"
        with suppress(Exception):
            attempt()
            return True
        return False
    waiting.wait_for(works, "an answer of the server")


@pytest.fixture(scope="session")
def postgres():
    """A PostgreSQL for the whole run."""
    server = Postgres()
    yield server
    server.close()


@pytest.fixture
def redis():
    """A Redis for one test, which may kill it."""
    server = Redis()
    yield server
    server.close()


@pytest.fixture
def postgres_url(postgres):
    """A PostgreSQL database with the schema and nothing in it."""
    url = postgres.database()
    yield url
    postgres.take_back(url)


@pytest.fixture(params=["sqlite", "postgres"])
def database(request) -> str:
    """WORKSHOP_DATABASE of the application under test: both kinds of store, one after the other."""
    return "" if request.param == "sqlite" else request.getfixturevalue("postgres_url")
