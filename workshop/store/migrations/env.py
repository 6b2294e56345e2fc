"""Alembic's entry: the engine comes from Store.alembic().  Processes that start at the same time take turns."""
from alembic import context

from workshop.store.models import Base

PATIENCE = 120_000  # milliseconds for whoever is first
LOCK = 7_465_726  # an advisory lock of ours; any number, the same for all

engine = context.config.attributes["engine"]
with engine.connect().execution_options(writing=True) as connection:
    sqlite = engine.dialect.name == "sqlite"
    if sqlite:
        connection.connection.driver_connection.execute(f"PRAGMA busy_timeout={PATIENCE}")
        # One transaction for all: Alembic would commit after each step on SQLite, and two processes, each of which has
        # read where the schema stands, would take the same next one.
        connection.begin()
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True, compare_type=True)
    with context.begin_transaction():
        if not sqlite:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {PATIENCE}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        context.run_migrations()
    connection.commit()
    if sqlite:
        connection.invalidate()  # the next one has the patience of all others
