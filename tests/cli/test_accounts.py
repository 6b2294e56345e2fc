"""Accounts from the command line: links instead of passwords, out of use and back."""
import re
from urllib.parse import urlsplit

import pytest
from click.testing import CliRunner

from tests.pages.facilitator.people import Browser
from tests.pages.shell.attacks.test_guard import signed_in
from tests.support import cast
from workshop.cli import main
from workshop.store.models import Account

CLAVE = "balanza propia de Taraco"


@pytest.fixture
def run(tmp_path, app, meeting, monkeypatch):
    """A function that runs `workshop account …` on the app's data; what it prints."""
    monkeypatch.setenv("WORKSHOP_DATA", str(tmp_path))
    monkeypatch.setenv("WORKSHOP_BASE_URL", "https://taller.example")

    def account(*words: str, fails: bool = False, **more) -> str:
        done = CliRunner().invoke(main, ["account", *words], **more)
        assert (done.exit_code != 0) == fails, done.output
        return done.output
    return account


def link(said: str) -> str:
    """The path of the link that was printed; its address is that of the settings."""
    found = urlsplit(re.search(r"\S+/password/\S+", said)[0])
    assert found.netloc == "taller.example"
    return found.path


def test_a_new_account_gets_a_link_and_its_owner_sets_the_password(app, run):
    said = run("add", "Ana@example.org", "Ana", "--language", "fr")
    assert "7 days" in said and "no password yet" in run("list")
    assert "There is an account" in run("add", "ana@example.org", "Ana", fails=True)
    assert "does not look right" in run("add", "ana", "Ana", fails=True)
    ana = Browser(app)
    ana.open(link(said))
    ana.send(link(said), "sheet", password=CLAVE)
    assert ana.path == "/workshops" and "Mes ateliers" in ana.open("/workshops")
    assert "no password yet" not in run("list")


def test_a_password_comes_by_the_standard_input_and_never_as_an_argument(app, run):
    assert "12" in run("add", "eva@example.org", "Eva", "--password-stdin", input="corta\n", fails=True)
    run("add", "eva@example.org", "Eva", "--password-stdin", input=f"{CLAVE}\n")
    eva = Browser(app)
    eva.open("/login")
    eva.send("/login", email="eva@example.org", password=CLAVE)
    assert eva.path == "/workshops"
    run("add", "luz@example.org", "Luz", "--password", CLAVE, fails=True)


def test_a_reset_is_a_link_that_works_for_half_an_hour(app, run):
    elena, said = signed_in(app), run("reset", "elena@example.org")
    assert "30 minutes" in said
    elena.open("/account")
    assert elena.path == "/account", "until it is used"
    somebody = Browser(app)
    somebody.open(link(said))
    somebody.send(link(said), "sheet", password=CLAVE)
    assert somebody.path == "/workshops"
    elena.open("/account")
    assert elena.path == "/login"
    assert "no such account" in run("reset", "nobody@example.org", fails=True)


def test_an_account_is_disabled_and_enabled(app, run):
    elena = signed_in(app)
    old = link(run("reset", "elena@example.org"))
    run("disable", "elena@example.org")
    elena.open("/workshops")
    assert elena.path == "/login" and "disabled" in run("list")
    assert app.test_client().get(old).status_code == 404
    assert "is disabled" in run("reset", "elena@example.org", fails=True)
    run("enable", "elena@example.org")
    assert "disabled" not in run("list") and signed_in(app).path == "/workshops"


def test_an_administrator_is_made_and_unmade(app, run, meeting):
    def administrator() -> bool:
        with app.extensions["house"].store.read() as session:
            return session.get(Account, meeting["owner"]).administrator
    assert not administrator()
    run("admin", "elena@example.org")
    assert administrator() and "administrator" in run("list")
    assert "Elena Quispe <elena@example.org>, account since 20" in run("admin", "elena@example.org"), "whose it is"
    run("admin", "elena@example.org", "--off")
    assert not administrator()
    run("add", "ana@example.org", "Ana", "--admin")
    assert "ana@example.org  Ana  0 roles  never seen  administrator  no password yet" in run("list")


def test_without_a_base_url_the_link_says_what_to_put_in_its_place(run, monkeypatch):
    monkeypatch.delenv("WORKSHOP_BASE_URL")
    said = run("reset", "elena@example.org")
    assert "http://127.0.0.1:5000/password/" in said and "WORKSHOP_BASE_URL" in said


def test_what_has_ended_is_removed_by_a_command(tmp_path, run):
    done = CliRunner().invoke(main, ["purge"])
    assert done.exit_code == 0 and done.output == "Devices removed: 0; links: 0\n"


def test_who_may_make_workshops_is_one_of_two(tmp_path):
    with pytest.raises(Exception, match="WORKSHOP_MAY_CREATE"):
        cast.app(tmp_path / "other", may_create="everybody")
