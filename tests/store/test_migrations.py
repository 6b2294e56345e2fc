"""The schema that migrations build is the one that the models describe."""
from multiprocessing import get_context

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from workshop.config import Config
from workshop.store.models import Base
from workshop.store.session import Store


@pytest.fixture
def store(tmp_path, database):
    store = Store(Config(data=str(tmp_path), database=database).database_url)
    store.migrate()
    yield store
    store.close()


def test_models_and_migrations_agree(store):
    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert inspect(connection).get_table_names(), "nothing to compare"
        assert compare_metadata(context, Base.metadata) == []


def test_every_migration_goes_down_and_up_again(store):
    command.downgrade(store.alembic(), "base")
    with store.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) <= {"alembic_version"}
    store.migrate()
    with store.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {*Base.metadata.tables, "alembic_version"}


def start(url: str, together) -> None:
    """A process that starts: it waits for the others, and brings the schema up to date."""
    store = Store(url)
    together.wait()
    store.migrate()
    store.close()


def test_processes_that_start_at_the_same_time_bring_the_schema_up_once(tmp_path, database):
    store = Store(Config(data=str(tmp_path), database=database).database_url)
    if database:  # the test's PostgreSQL has the schema in it
        command.downgrade(store.alembic(), "base")
    spawn, count = get_context("spawn"), 4
    together = spawn.Barrier(count)
    processes = [spawn.Process(target=start, args=(store.url, together)) for _ in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0] * count
    with store.engine.connect() as connection:
        assert set(inspect(connection).get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    store.close()
