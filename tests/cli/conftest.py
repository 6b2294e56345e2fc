"""Commands speak the language of the settings; most of these tests read English."""
import pytest


@pytest.fixture(autouse=True)
def in_english(monkeypatch):
    monkeypatch.setenv("WORKSHOP_LANGUAGE", "en")
