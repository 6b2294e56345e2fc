"""What store/fast speaks to in a session's transaction, instead of the layers between."""
from workshop.store.fast.memo import kept_of
from workshop.store.fast.statement import Statement


class SqliteDriver:
    """sqlite3's connection as store/fast speaks to it."""

    kind = "sqlite"

    def __init__(self, connection):
        self.connection = connection

    def ask(self, statement: Statement, values) -> list:
        """The rows that answer."""
        return self.connection.execute(statement.text, values).fetchall()

    def put(self, statement: Statement, rows) -> None:
        """Write these rows."""
        self.connection.executemany(statement.text, rows)


def driver_of(session):
    """What store/fast speaks to in the session's transaction: the session's own, or sqlite3's; None where the store is
    another, or plain."""
    driver = kept_of(session).driver
    if driver is None:
        bind = session.get_bind()
        if bind.dialect.name == "sqlite" and not bind.get_execution_options().get("plain"):
            driver = SqliteDriver(session.connection().connection.driver_connection)
    return driver
