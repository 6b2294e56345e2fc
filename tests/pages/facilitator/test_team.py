"""Who facilitates, who writes, who looks: nobody gets a role before accepting it, and nobody sees another's password."""
import re

import pytest

from tests.pages.facilitator.people import Browser
from tests.pages.shell.attacks.test_guard import signed_in
from tests.support import cast
from workshop.actions.accounts import invitations
from workshop.actions.rooms import workshops
from workshop.store.models import Account, Invitation, Membership, Workshop

RITA = {"name": "Rita Poma", "email": "rita@example.org", "password": "balanza propia de Taraco"}


@pytest.fixture
def where(meeting) -> str:
    return f"/w/{meeting['workshop']}/team"


@pytest.fixture
def elena(app, meeting, where) -> Browser:
    """Elena before the page of her team."""
    elena = signed_in(app)
    elena.open(where)
    return elena


@pytest.fixture
def invited(elena, where):
    """A function by which Elena invites somebody; the path of the link."""
    def invite(role: str = "rapporteur", **fields) -> str:
        elena.open(where)
        elena.send(where, "sheet", **({"name": "Rita Poma", "email": "rita@example.org", "role": role} | fields))
        return elena.link()
    return invite


def come(app, link: str, language: str = "es", **fields) -> Browser:
    """Somebody opens a link and makes an account."""
    person = Browser(app, language)
    person.open(link)
    person.send(link, "sheet", **(RITA | fields))
    return person


def roles(app, email: str) -> list[str]:
    """The roles of an account."""
    with app.extensions["house"].store.read() as session:
        return sorted(session.scalars(session.query(Membership.role).join(
            Account, Account.id == Membership.account_id).filter(Account.email == email).statement))


def test_whoever_is_invited_sets_a_password_that_nobody_else_sees(app, meeting, elena, where, invited):
    link = invited(room=meeting["rooms"][1])
    assert "Con invitación, todavía sin aceptar" in elena.page and "Rita Poma" in elena.page
    assert roles(app, RITA["email"]) == []
    rita = Browser(app)
    page = rita.open(link)
    assert "Elena Quispe le invita" in page and "Relatoría · Sala 2" in page and "Segundo encuentro andino" in page
    assert 'value="Rita Poma"' in page and 'value="rita@example.org"' in page
    rita.send(link, "sheet", **RITA)
    assert rita.path == f"/w/{meeting['workshop']}" and "/r/2/scribe" in rita.page
    rita.open(f"/w/{meeting['workshop']}/r/2/scribe")
    assert rita.status == 200 and rita.http.get(where).status_code == 403
    elena.open(where)
    assert "Relatoría · Sala 2" in elena.page and "todavía sin aceptar" not in elena.page
    assert RITA["password"] not in elena.page
    again = Browser(app)
    again.open("/login")
    again.send("/login", email="Rita@example.org", password=RITA["password"])
    assert "Segundo encuentro andino" in again.page
    elena.send(f"{where}/withdraw", "/withdraw")
    elena.send(f"{where}/withdraw", "/withdraw")  # yes, remove
    rita.open(f"/w/{meeting['workshop']}/r/2/scribe")
    assert rita.status == 404


def test_a_link_works_once_and_looking_at_it_uses_nothing_up(app, meeting, invited):
    link = invited()
    for _preview in range(3):
        assert app.test_client().get(link).status_code == app.test_client().head(link).status_code == 200
    come(app, link)
    late = Browser(app)
    assert "ya se usó" in late.open(link) and late.status == 404
    assert roles(app, RITA["email"]) == ["rapporteur"]


def test_two_who_send_the_form_at_once_get_one_role(app, meeting, invited):
    link = invited()
    rita, other = Browser(app), Browser(app)
    for person in (rita, other):
        person.open(link)
    rita.send(link, "sheet", **RITA)
    other.send(link, "sheet", **(RITA | {"email": "otra@example.org"}))
    assert other.status == 404
    assert roles(app, RITA["email"]) == ["rapporteur"] and roles(app, "otra@example.org") == []
    with app.extensions["house"].store.read() as session:
        assert session.query(Account).filter_by(email="otra@example.org").first() is None


def test_an_account_made_in_advance_under_the_victims_address_gets_nothing_of_hers(app, meeting, elena, where, invited):
    """Mallory may look on, and takes rita@example.org before Rita has ever heard of the program."""
    link = invited("observer", name="Mallory", email="mallory@example.org")
    mallory = come(app, link, name="Mallory", email="rita@example.org", password="una clave de Mallory")
    assert roles(app, "rita@example.org") == ["observer"]
    with app.extensions["house"].store.write() as session:
        other = workshops.create_workshop(session, app.extensions["house"].clock(), session.get(Account, meeting["owner"]),
                                        "Encuentro de semillas").id
    elena.open(f"/w/{other}/team")
    elena.send(f"/w/{other}/team", "sheet", name="Rita Poma", email="rita@example.org", role="facilitator")
    link = elena.link()
    mallory.open("/workshops")
    assert "Encuentro de semillas" not in mallory.page, "an address proves nothing"
    mallory.open(f"/w/{other}/desk")
    assert mallory.status == 404
    rita = Browser(app)
    rita.open(link)
    rita.send(link, "sheet", **RITA)
    assert rita.said.startswith("Ya hay una cuenta con ese correo"), "she takes another name to sign in with"
    rita.send(link, "sheet", **(RITA | {"email": "rita.poma@example.org"}))
    assert rita.path == f"/w/{other}/desk"
    mallory.open(f"/w/{other}/desk")
    assert mallory.status == 404


def test_whoever_has_an_account_accepts_with_it(app, meeting, invited, luis):
    link = invited("facilitator", name="Luis", email="")
    luis.open(link)
    assert "Está con la cuenta de Luis." in luis.page
    assert roles(app, "luis@example.org") == []
    luis.send(link, "sheet", accept="1")
    assert luis.path == f"/w/{meeting['workshop']}/desk" and roles(app, "luis@example.org") == ["facilitator"]


def test_who_signs_in_first_comes_back_to_the_link(app, meeting, invited, luis):
    link, luis = invited("facilitator"), Browser(app)
    luis.open(link)
    way = re.search(r'href="(/login\?next=[^"]+)"', luis.page)[1]
    luis.open(way)
    luis.send("/login", email="luis@example.org", password=cast.PASSWORD)
    assert luis.path == link and "Está con la cuenta de Luis." in luis.page


def test_an_invitation_is_taken_back_or_gets_a_new_link(app, meeting, elena, where, invited):
    first = invited()
    elena.send(f"{where}/link", "/team/link")
    second = elena.link()
    assert second != first and Browser(app).open(first).count("ya se usó")
    assert "Elena Quispe le invita" in Browser(app).open(second)
    elena.open(where)
    elena.send(f"{where}/revoke", "/revoke")
    assert 'name="invitation"' not in elena.page
    late = Browser(app)
    late.open(second)
    assert late.status == 404


def test_an_invitation_ends_after_a_week_and_with_the_role_of_who_made_it(app, meeting, elena, where, invited, luis):
    house = app.extensions["house"]
    link, now = invited(), house.clock()
    house.clock = lambda: now + invitations.LASTS
    assert app.test_client().get(link).status_code == 404
    assert "El enlace ya no sirve" in elena.open(where)
    house.clock = lambda: now
    luis.open(invited("facilitator", name="Luis"))
    luis.send(luis.path, "sheet", accept="1")
    luis.open(where)
    luis.send(where, "sheet", name="Olga", role="observer")
    link = luis.link()
    assert app.test_client().get(link).status_code == 200
    elena.open(where)
    [membership] = re.findall(r'name="membership" value="([^"]+)"', elena.page)
    elena.send(f"{where}/withdraw", "/withdraw", membership=membership)
    elena.send(f"{where}/withdraw", "/withdraw")
    assert app.test_client().get(link).status_code == 404, "who leads no more invites nobody"


def test_somebody_from_another_workshop_finds_the_invitation_on_her_page(app, meeting, elena, where, invited, luis):
    luis.open(invited("facilitator"))
    luis.send(luis.path, "sheet", accept="1")
    with app.extensions["house"].store.write() as session:
        owner = session.get(Account, meeting["owner"])
        other = workshops.create_workshop(session, app.extensions["house"].clock(), owner, "Encuentro de semillas").id
    assert "Invitar a alguien de sus otros talleres" not in elena.open(where), "nobody of elsewhere is known here yet"
    page = elena.open(f"/w/{other}/team")
    account = re.search(r'<select id="account".*?value="([^"]+)">\s*Luis', page)[1]
    elena.send(f"/w/{other}/team", 'id="account"', account=account, role="rapporteur")
    luis.open("/workshops")
    assert "Tiene una invitación a" in luis.page and "Encuentro de semillas" in luis.page
    assert luis.open(f"/w/{other}/desk") and luis.status == 404
    luis.open("/workshops")
    luis.send(re.search(r'action="(/invitations/[^"]+/accept)"', luis.page)[1], "/accept")
    assert luis.path == f"/w/{other}/desk" and luis.status == 200
    # Declined, it is gone; nobody else's can be answered.
    elena.open(f"/w/{other}/team")
    elena.send(f"/w/{other}/team", 'id="account"', account=account, role="facilitator")
    link = elena.link()
    answer = re.search(r'action="(/invitations/[^"]+/decline)"', luis.open("/workshops"))[1]
    stranger = come(app, invited("observer"))
    stranger.open("/account")
    stranger.send(answer.replace("decline", "accept"), 'action="/account"')
    assert stranger.status == 404
    assert "para otra cuenta" in stranger.open(link)
    luis.send(answer, "/decline")
    assert luis.path == "/workshops" and "Tiene una invitación a" not in luis.page and roles(app, "luis@example.org") == [
        "facilitator", "rapporteur"]


def test_an_account_is_found_only_in_workshops_that_one_leads(app, meeting, elena, where, luis):
    with app.extensions["house"].store.read() as session:
        stranger = session.query(Account).filter_by(email="luis@example.org").one().id
    elena.send(where, "sheet", account=stranger, role="observer")
    assert elena.said.startswith("Usted no está") and roles(app, "luis@example.org") == []


def test_what_is_wrong_is_said_and_stays_in_the_form(app, meeting, elena, where, invited):
    elena.send(where, "sheet", name="Ana", email="ana@example.org", role="owner")
    assert elena.said.startswith("Elija una función") and 'value="Ana"' in elena.page
    elena.send(where, "sheet", name="Ana", role="observer", room=meeting["rooms"][0])
    assert elena.said.startswith("Usted no está")
    link, rita = invited(), Browser(app)
    rita.open(link)
    for field, value, said in (("email", "no es correo", "Ese correo"), ("password", "corta", "La contraseña necesita"),
                               ("password", "RitaPoma2026!", "Esa contraseña se adivina"),
                               ("name", " ", "Escriba un nombre"),
                               ("email", "elena@example.org", "Ya hay una cuenta con ese correo")):
        rita.send(link, "sheet", **(RITA | {field: value}))
        assert rita.said.startswith(said), field
        assert value.strip() in rita.page or field == "password"
        assert "value=\"RitaPoma" not in rita.page
    rita.send(link, "sheet", **RITA)
    assert rita.status == 200 and rita.path.endswith("/desk")


def test_only_who_leads_invites(app, meeting, where, invited):
    rita = come(app, invited("rapporteur"))
    for path in (where, f"{where}/link", f"{where}/revoke", f"{where}/withdraw"):
        rita.open("/account")
        rita.send(path, 'action="/account"', role="facilitator", invitation="x", membership="x")
        assert rita.status == 403, path
    with app.extensions["house"].store.read() as session:
        assert session.query(Invitation).count() == 1


def test_an_invitation_of_another_workshop_cannot_be_touched(app, meeting, elena, where, invited, luis):
    invited()
    with app.extensions["house"].store.write() as session:
        row = session.query(Account).filter_by(email="luis@example.org").one()
        other = workshops.create_workshop(session, app.extensions["house"].clock(), row, "Otro").id
        invitation = session.query(Invitation).one().id
    for path in ("link", "revoke"):
        luis.open(f"/w/{other}/team")
        luis.send(f"/w/{other}/team/{path}", "sheet", invitation=invitation)
        assert luis.status == 404
    with app.extensions["house"].store.read() as session:
        assert session.query(Invitation).one().revoked_at is None


def test_so_many_invitations_wait_and_no_more(app, meeting, elena, where, monkeypatch):
    monkeypatch.setattr(invitations, "PENDING", 2)
    for name in ("Ana", "Eva", "Luz"):
        elena.open(where)
        elena.send(where, "sheet", name=name, role="observer")
    assert elena.said.startswith("Pueden esperar como máximo 2")


def test_the_link_has_the_address_of_the_settings_whatever_the_browser_says(tmp_path):
    app = cast.app(tmp_path, base_url="https://taller.example", origins="https://evil.example")
    meeting = cast.found(app)
    elena, where = Browser(app), f"/w/{meeting['workshop']}/team"
    cookie = cast.facilitator(app, meeting).http.get_cookie("tinkuy").value
    elena.http.set_cookie("tinkuy", cookie, domain="evil.example")
    elena.headers["Host"] = "evil.example"
    elena.open(where)
    elena.send(where, "sheet", name="Rita", email="rita@example.org", role="observer")
    assert 'value="https://taller.example/i/' in elena.page
    assert "evil.example" not in elena.page
    app.extensions["house"].store.close()


def test_a_header_that_a_proxy_would_set_changes_no_link_where_there_is_none(app, elena, where):
    elena.headers |= {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https", "Forwarded": "host=evil.example"}
    elena.open(where)
    elena.send(where, "sheet", name="Rita", role="observer")
    assert 'value="http://localhost/i/' in elena.page and "evil.example" not in elena.page


def test_only_the_hash_of_a_link_is_kept(app, meeting, invited):
    token = invited().removeprefix("/i/")
    assert len(token) >= 43, "256 bits"
    with app.extensions["house"].store.read() as session:
        row = session.query(Invitation).one()
        assert token not in {value for value in vars(row).values() if isinstance(value, str)}
        assert session.get(Workshop, row.workshop_id)


def test_who_is_invited_already_is_not_offered_again_until_the_invitation_is_taken_back(app, meeting, where, elena):
    house = app.extensions["house"]
    with house.store.write() as session:
        owner = session.get(Account, meeting["owner"])
        rita = workshops.create_account(session, house.clock(), "rita@example.org", "Rita Poma", "x").id
        other = workshops.create_workshop(session, house.clock(), owner, "Otro", days=[], zones=["UTC"], languages=["es"],
                                          delegations=[], sites=[], axes=[], privacy="named")
        session.add(Membership(workshop_id=other.id, account_id=rita, role="rapporteur", room_id=None))
    assert f'value="{rita}"' in elena.open(where)
    elena.send(where, "sheet", account=rita, role="rapporteur")
    assert f'value="{rita}"' not in elena.open(where)
    with house.store.write() as session:
        session.query(Invitation).one().revoked_at = house.clock()
    assert f'value="{rita}"' in elena.open(where)
