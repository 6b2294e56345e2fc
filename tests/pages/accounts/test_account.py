"""One's own account: name, language, password, the devices that are signed in."""
import re
from datetime import timedelta

import pytest

from tests.pages.facilitator.people import Browser
from tests.pages.shell.attacks.test_guard import signed_in
from tests.support import cast
from workshop.actions.accounts import accounts
from workshop.pages.accounts.browser_names import family
from workshop.store.models import Account, Device

FRESH = "otra clave bien larga"
PHONE = "Mozilla/5.0 (Android 13; Mobile; rv:128.0) Gecko/128.0 Firefox/128.0"


def on(app, agent: str) -> Browser:
    """Elena signs in with a browser of this kind."""
    elena = Browser(app)
    elena.headers["User-Agent"] = agent
    elena.open("/login")
    elena.send("/login", email="elena@example.org", password=cast.PASSWORD)
    return elena


@pytest.fixture
def elena(app, meeting) -> Browser:
    """Elena before the page of her account, on a laptop."""
    elena = on(app, "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36")
    elena.open("/account")
    return elena


def devices(page: str) -> list[str]:
    """What the page says of each device."""
    items = re.findall(r"<li>(.*?)</li>", page.split('id="devices"')[1], re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", item.split("<form")[0]).split()) for item in items]


def test_the_way_to_it_is_on_the_page_of_workshops_and_on_the_desk(app, meeting, elena):
    assert 'href="/account"' in elena.open("/workshops")
    assert 'href="/account"' in elena.open(f"/w/{meeting['workshop']}/desk")
    stranger = Browser(app)
    stranger.open("/account")
    assert stranger.path == "/login"


def test_name_and_language_are_changed_and_the_language_comes_along_to_other_devices(app, meeting, elena):
    elena.send("/account", 'action="/account"', name=" Elena  Vargas ", language="fr")
    assert "Enregistré." in elena.page and 'value="Elena Vargas"' in elena.page
    assert "Mes ateliers" in on(app, PHONE).page, "a device on which no language was chosen"
    elena.send("/account", 'action="/account"', name="  ", language="es")
    assert elena.said.startswith("Écrivez un nom")


def test_the_password_is_changed_by_who_knows_the_old_one(app, meeting, elena):
    for old, fresh, said in (("no es esta", FRESH, "La contraseña actual no es"),
                             (cast.PASSWORD, "corta", "La contraseña necesita"),
                             (cast.PASSWORD, "ElenaQuispe99", "Esa contraseña se adivina")):
        elena.send("/account/password", "/account/password", old=old, password=fresh, others="1")
        assert elena.said.startswith(said)
    elena.send("/account/password", "/account/password", old=cast.PASSWORD, password=FRESH, others="1")
    assert "Se cambió la contraseña." in elena.page
    again = Browser(app)
    again.open("/login")
    again.send("/login", email="elena@example.org", password=cast.PASSWORD)
    assert again.said
    again.send("/login", email="elena@example.org", password=FRESH)
    assert again.path == "/workshops"


def test_the_old_password_is_not_guessed_on_a_laptop_that_was_left_open(app, meeting, elena):
    for _ in range(5):
        elena.send("/account/password", "/account/password", old="no es esta", password=FRESH)
    elena.send("/account/password", "/account/password", old=cast.PASSWORD, password=FRESH)
    assert elena.said.startswith("Demasiados intentos")


@pytest.mark.parametrize("others", [True, False])
def test_a_new_password_signs_the_other_devices_out_unless_that_is_unticked(app, meeting, elena, others):
    phone = on(app, PHONE)
    ticked = {"others": "1"} if others else {}
    elena.send("/account/password", "/account/password", old=cast.PASSWORD, password=FRESH, **ticked)
    assert elena.path == "/account"
    phone.open("/account")
    assert phone.path == ("/login" if others else "/account")


def test_a_link_that_was_made_before_ends_with_a_new_password(app, meeting, elena):
    house = app.extensions["house"]
    with house.store.write() as session:
        token = accounts.password_link(session, house.clock(), session.get(Account, meeting["owner"]))
    elena.send("/account/password", "/account/password", old=cast.PASSWORD, password=FRESH, others="1")
    assert app.test_client().get(f"/password/{token}").status_code == 404


def test_devices_are_told_in_plain_words(app, meeting, elena):
    house, now = app.extensions["house"], app.extensions["house"].clock()
    on(app, PHONE)
    on(app, "")
    house.clock = lambda: now + timedelta(days=3, minutes=1)
    assert sorted(devices(elena.open("/account"))) == [
        "Chrome · Linux este Ingresó: hace 3 días · última vez: recién",
        "Firefox · Android Ingresó: hace 3 días · última vez: hace 3 días",
        "Navegador desconocido Ingresó: hace 3 días · última vez: hace 3 días"]


def test_one_device_is_signed_out_and_then_all(app, meeting, elena):
    phone, tablet = on(app, PHONE), on(app, "Mozilla/5.0 (iPad) Safari/604.1")
    elena.open("/account")
    item = next(part for part in elena.page.split("<li>") if "Firefox · Android" in part)
    device = re.search(r'name="device" value="([^"]+)"', item)[1]
    elena.send("/account/devices/end", "/account/devices/end", device=device)
    assert "Se cerró la sesión en ese dispositivo." in elena.page and len(devices(elena.page)) == 2
    phone.open("/account")
    tablet.open("/account")
    assert (phone.path, tablet.path) == ("/login", "/account")
    elena.send("/account/devices/end-all", "/account/devices/end-all")
    for one in (elena, tablet):
        one.open("/account")
        assert one.path == "/login"


def test_nobody_signs_anothers_device_out(app, meeting, elena, luis):
    with app.extensions["house"].store.read() as session:
        hers = session.query(Device).filter_by(account_id=meeting["owner"]).first().id
    luis.open("/account")
    luis.send("/account/devices/end", "/account/devices/end", device=hers)
    assert elena.open("/account") and elena.path == "/account"


def test_when_a_device_was_seen_is_written_once_an_hour_at_most(app, meeting, elena):
    house, now = app.extensions["house"], app.extensions["house"].clock()

    def seen():
        with house.store.read() as session:
            return session.query(Device).filter_by(account_id=meeting["owner"]).one().seen_at
    first = seen()
    house.clock = lambda: now + timedelta(minutes=59)
    elena.open(f"/w/{meeting['workshop']}/desk")
    assert seen() == first
    house.clock = lambda: now + timedelta(minutes=61)
    elena.open(f"/w/{meeting['workshop']}/desk")
    assert seen() == house.clock()


def test_a_disabled_account_is_out_at_once_and_comes_back_only_by_signing_in(app, meeting, elena):
    house = app.extensions["house"]
    with house.store.write() as session:
        accounts.disable(session, house.clock(), session.get(Account, meeting["owner"]))
    elena.open("/account")
    assert elena.path == "/login"
    elena.send("/login", email="elena@example.org", password=cast.PASSWORD)
    assert elena.said.startswith("El correo o la contraseña")
    with house.store.write() as session:
        accounts.enable(session.get(Account, meeting["owner"]))
    elena.open("/account")
    assert elena.path == "/login"
    elena.send("/login", email="elena@example.org", password=cast.PASSWORD)
    assert elena.path == "/account"


# A link for a new password.

@pytest.fixture
def link(app, meeting) -> str:
    house = app.extensions["house"]
    with house.store.write() as session:
        return f"/password/{accounts.password_link(session, house.clock(), session.get(Account, meeting['owner']))}"


def test_a_link_sets_the_password_once_and_signs_out_everywhere(app, meeting, elena, link):
    for _preview in range(3):
        assert app.test_client().get(link).status_code == 200
    somebody = Browser(app)
    somebody.open(link)
    somebody.send(link, "sheet", password="corta")
    assert somebody.said.startswith("La contraseña necesita")
    somebody.send(link, "sheet", password=FRESH)
    assert somebody.path == "/workshops"
    elena.open("/account")
    assert elena.path == "/login"
    late = Browser(app)
    assert "ya se usó" in late.open(link) and late.status == 404


def test_a_link_ends_after_half_an_hour_or_with_the_next_one(app, meeting, link):
    house = app.extensions["house"]
    now = house.clock()
    house.clock = lambda: now + timedelta(minutes=29)
    assert app.test_client().get(link).status_code == 200
    house.clock = lambda: now + timedelta(minutes=31)
    assert app.test_client().get(link).status_code == 404
    house.clock = lambda: now
    with house.store.write() as session:
        accounts.password_link(session, now, session.get(Account, meeting["owner"]))
    assert app.test_client().get(link).status_code == 404


# Who may make workshops.

def test_where_only_administrators_make_workshops_the_others_are_told_why(tmp_path):
    app = cast.app(tmp_path, may_create="administrators")
    meeting = cast.found(app)
    elena = signed_in(app)
    assert "/workshops/new" not in elena.page and "solo la administración crea talleres" in elena.page
    assert "solo la administración crea talleres" in elena.open("/workshops/new") and elena.status == 403
    elena.open("/account")
    elena.send("/workshops/new", 'action="/account"', title="Encuentro", privacy="named", zone="America/Lima")
    assert elena.status == 403
    with app.extensions["house"].store.write() as session:
        session.get(Account, meeting["owner"]).administrator = True
    assert "/workshops/new" in elena.open("/workshops")
    elena.open("/workshops/new")
    elena.send("/workshops/new", "sheet", title="Encuentro", privacy="named", zone="America/Lima", language="es")
    assert elena.path.endswith("/desk")
    app.extensions["house"].store.close()


@pytest.mark.parametrize(("agent", "said"), [
    (PHONE, "Firefox · Android"), ("", ""), ("curl/8", ""),
    ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/126 Safari/537.36 Edg/126", "Edge · Windows"),
    ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) AppleWebKit/605 Version/17 Safari/604", "Safari · iPhone"),
    ("Mozilla/5.0 (Linux; Android 12; SM-A125F) SamsungBrowser/20 Chrome/106", "Samsung Internet · Android")])
def test_a_browser_is_named_as_people_know_it(agent, said):
    assert family(agent) == said
