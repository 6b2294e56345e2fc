"""An application on a fresh SQLite file, in threading mode (the server modes are tried in tests/live)."""
import threading
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings

from tests.support import cast, pairing
from tests.support.needs import WHOLE
from tests.support.quick import founded, quick_addresses, quick_collector, quick_questions  # noqa: F401
from tests.support.servers import postgres, postgres_url, redis  # noqa: F401
from workshop import hashing
from workshop.exports import worker
from workshop.house import utc_now
from workshop.store.session import Store

# Drawn cases are the same in each run: the tests say whether a change broke something, never what luck or a busy machine
# had to say, so there is no deadline and no health check of speed either.  `--hypothesis-profile=search` looks for more:
# new cases each time, forty times as many, and each failure with the line that brings it back.
STEADY = {"deadline": None, "database": None, "print_blob": True, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("steady", derandomize=True, **STEADY)
settings.register_profile("search", max_examples=4000, **STEADY)
settings.load_profile("steady")

LONG = ("faults", "live", "replay", "browser", "bench")  # folders whose files take many seconds each


def pytest_collection_modifyitems(config, items):
    """The long files first: at the end of a run the short ones fill what is left evenly.  Nothing that is collected may have
    patched the process for eventlet, as `workshop.server` does when it is imported: workers would wait for ever."""
    _on_postgres_once(config, items)
    assert getattr(threading.current_thread, "__module__", "threading") == "threading", "a test imports workshop.server"
    def first(item) -> int:
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        return LONG.index(folder) if folder in LONG else len(LONG)
    items.sort(key=first)


def _on_postgres_once(config, items) -> None:
    """What is asked with many values (twelve kinds of vote, sixteen wrong envelopes) is asked of PostgreSQL with the first
    of them: what the others differ in is no matter of the store.  WORKSHOP_TEST_WHOLE=1: with all."""
    known, again = set(), []
    for item in items:
        values = getattr(item, "callspec", None)
        if WHOLE or not values or values.params.get("database") != "postgres":
            continue
        name = item.nodeid.partition("[")[0]
        if name in known:
            again.append(item)
        known.add(name)
    if again:
        left = set(again)
        items[:] = [item for item in items if item not in left]
        config.hook.pytest_deselected(items=again)


@pytest.fixture(scope="session", autouse=True)
def quick_passwords():
    """A good hash takes as long as a test may."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashing, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session", autouse=True)
def memoria_here():
    """A memoria is written in this process: another one takes two seconds to begin (tests/exports/test_worker.py)."""
    def here(database: str, *asked):
        store = Store(database)
        try:
            viewer, form, language, media = asked
            return worker.memoria(store, viewer.workshop, viewer, form, language, utc_now(), media)
        finally:
            store.close()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(worker, "elsewhere", here)
        yield


@pytest.fixture
def database(request) -> str:
    """WORKSHOP_DATABASE of the application under test; tests/actions, kinds and store try both kinds of store."""
    return request.getfixturevalue("postgres_url") if pairing.DATABASE == "postgres" else ""


@pytest.fixture
def app(tmp_path, database):
    app = cast.app(tmp_path, database=database, rate=1e6, burst=10**6, tally_every=0)
    yield app
    app.extensions["house"].store.close()


@pytest.fixture
def meeting(app):
    """The founding meeting."""
    return founded(app)


@pytest.fixture
def phone(app):
    """A function that gives a new browser."""
    return lambda: cast.Phone(app.test_client())
