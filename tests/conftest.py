"""An application on a fresh SQLite file, in threading mode (the server modes are tried in tests/live)."""
import pytest

from tests import cast
from workshop import create_app
from workshop.config import Config


@pytest.fixture
def app(tmp_path):
    app = create_app(Config(data=str(tmp_path), async_mode="threading", secret="s" * 32, rate=1e6, burst=10**6,
                            tally_every=0))
    yield app
    app.extensions["house"].store.close()


@pytest.fixture
def meeting(app):
    """The founding meeting."""
    return cast.found(app)


@pytest.fixture
def phone(app):
    """A function that gives a new browser."""
    return lambda: cast.Phone(app.test_client())
