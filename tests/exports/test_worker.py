"""The memoria that another process writes, which in the other tests this one writes itself (tests/conftest.py)."""
import json
import subprocess

import pytest

from workshop.domain.visibility import Viewer
from workshop.exports import worker

REAL = worker.elsewhere  # before any test runs


@pytest.fixture
def reader(meeting) -> Viewer:
    """Somebody of the staff."""
    return Viewer(meeting["workshop"], "named", "facilitator")


def test_another_process_writes_the_same_file(app, meeting, talked, reader):
    store = app.extensions["house"].store
    assert REAL.__module__ == "workshop.exports.worker"
    written = REAL(store.url, reader, "json", "es")
    here = worker.memoria(store, meeting["workshop"], reader, "json", "es", app.extensions["house"].clock())
    assert json.loads(written) == json.loads(here)


def test_what_goes_wrong_there_is_said_here(app, reader):
    with pytest.raises(RuntimeError, match="no_such_format"):
        REAL(app.extensions["house"].store.url, reader, "no_such_format", "es")


def test_it_is_given_up_after_a_while(app, reader, monkeypatch):
    monkeypatch.setattr(worker, "SECONDS", 0.01)
    with pytest.raises(subprocess.TimeoutExpired):
        REAL(app.extensions["house"].store.url, reader, "json", "es")
