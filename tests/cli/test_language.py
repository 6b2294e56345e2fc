"""Commands say everything in the language of the settings: what they do, what they refuse, what is wrong with a setting."""
import subprocess
import sys

import pytest
from click.testing import CliRunner

from tests.support import cast
from workshop.cli import main
from workshop.config import ConfigError

SAID = {"en": ("no such account", "There is an account", "must be a whole number", "account since"),
        "es": ("no hay tal cuenta", "Ya hay una cuenta", "debe ser un número entero", "cuenta desde"),
        "fr": ("pas de compte", "Il y a déjà un compte", "doit être un nombre entier", "compte depuis")}


@pytest.mark.parametrize("language", SAID)
def test_a_command_speaks_the_language_of_the_settings_and_no_other(tmp_path, app, meeting, monkeypatch, language):
    unknown, taken, wrong, since = SAID[language]
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path))
    monkeypatch.setenv("WORKSHOP_LANGUAGE", language)

    def run(*words: str) -> str:
        return CliRunner().invoke(main, words).output
    assert unknown in run("account", "reset", "nadie@example.org")
    assert taken in run("account", "add", "elena@example.org", "Elena") and "Error" not in run("account", "reset", "x")
    assert since in run("account", "admin", "elena@example.org")
    monkeypatch.setenv("WORKSHOP_PORT", "muchos")
    assert wrong in run("account", "list").splitlines()[-1]
    server = subprocess.run([sys.executable, "-W", "ignore", "-m", "workshop.server"], capture_output=True, text=True)
    assert server.returncode and wrong in server.stderr


def test_an_error_of_a_setting_keeps_its_words_and_values():
    error = ConfigError("{name} must be a number, not {text}", name="X", text="'y'")
    assert str(error) == "X must be a number, not 'y'" and error.values == {"name": "X", "text": "'y'"}
    assert cast.PASSWORD not in str(error)
