"""How much of the disk an idea touches: each page more is written and synced, on the memory card of a small machine too."""
from pathlib import Path

import pytest
from sqlalchemy import text

from tests.support import cast

FRAME = 4096 + 24  # bytes of a page in SQLite's write-ahead log, and of the head of the log
HEAD = 32


@pytest.fixture
def database() -> str:
    return ""  # SQLite


def pages(app, act) -> int:
    """Pages that `act` writes."""
    store = app.extensions["house"].store
    with store.engine.connect() as connection:
        connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    act()
    with store.engine.connect() as connection:
        path = connection.execute(text("PRAGMA database_list")).first()[2]
    return (Path(f"{path}-wal").stat().st_size - HEAD) // FRAME


def test_an_idea_touches_eleven_pages(app, meeting):
    rosa = cast.Phone(app.test_client())
    rosa.join(meeting["code"], "Rosa")
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    rosa.post(board, "La primera")
    seen = [pages(app, lambda n=n: rosa.post(board, f"Otra idea {n}")) for n in range(6)]
    # the card with its key and three indexes, the act with two, the answer, the two numbers that went up
    assert min(seen) == 11, seen


def test_a_ballot_touches_as_few(app, meeting):
    rosa = cast.Phone(app.test_client())
    rosa.join(meeting["code"], "Rosa")
    board, vote = (cast.activities(app, meeting["rooms"][0])[kind] for kind in ("ideas", "dots"))
    card = rosa.post(board, "Ferias de semillas")["card"]["id"]
    cast.to_step(app, meeting["rooms"][0], 1)
    seen = [pages(app, lambda n=n: cast.ok(rosa.do("ballot.cast", {
        "activity": vote, "choices": {card: 1 + n % 2}, "base_rev": n}))) for n in range(4)]
    assert min(seen) <= 4, seen
