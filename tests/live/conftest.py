"""A running server with the founding meeting in it."""
import pytest

from tests import cast
from tests.live.server import Server
from workshop import create_app
from workshop.config import Config


@pytest.fixture
def server(tmp_path):
    app = create_app(Config(data=str(tmp_path), async_mode="threading", secret="s" * 32))
    meeting = cast.found(app)
    meeting["activities"] = [cast.activities(app, room) for room in meeting["rooms"]]
    app.extensions["house"].store.close()
    running = Server(tmp_path).start()
    running.meeting = meeting
    yield running
    running.stop()
