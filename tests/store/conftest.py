"""Everything here holds on both kinds of store."""
import pytest

from tests.support import cast
from tests.support.servers import database  # noqa: F401


@pytest.fixture
def apps(tmp_path, postgres_url):
    """Two applications on one database, as two processes have them."""
    made = [cast.app(tmp_path, database=postgres_url, rate=1e6, burst=10**6, tally_every=0) for _ in range(2)]
    yield made
    for app in made:
        app.extensions["house"].store.close()
