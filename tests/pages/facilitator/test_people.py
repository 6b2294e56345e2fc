"""The facilitator's page of the people and of the way in."""
import re
from datetime import timedelta
from html import unescape

import pytest

from tests.pages.facilitator.people import Browser, joined
from tests.support import cast
from workshop.store.models import Seat, Workshop


@pytest.fixture
def where(meeting) -> str:
    return f"/w/{meeting['workshop']}/people"


def seats(app) -> dict[str, str]:
    """{name: id} of everybody."""
    with app.extensions["house"].store.read() as session:
        return {seat.name: seat.id for seat in session.query(Seat)}


def text(page: str) -> str:
    """What the page says, without its tags."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.split("</style>")[1])).split())


def family(app, meeting, *names: str) -> cast.Phone:
    phone = cast.Phone(app.test_client())
    cast.ok(phone.join(meeting["code"], *names))
    return phone


def test_before_anybody_has_come_the_page_says_so(app, meeting, elena, where):
    page = text(elena.open(where))
    assert elena.status == 200 and "Todas las personas 0" in page and "Nadie todavía." in page
    assert "Entrada abierta Entra quien tiene el código:" in page and "Nombres para revisar" not in page


def test_who_came_lately_is_listed_with_phone_and_place_and_the_others_are_not(app, meeting, elena, where):
    family(app, meeting, "Rosa", "Don Julio")
    house = app.extensions["house"]
    with house.store.write() as session:
        for seat in session.query(Seat):
            seat.created_at = house.clock() - timedelta(minutes=9)
    family(app, meeting, "Luz")
    lately = text(elena.open(f"{where}?since=5"))
    assert "Quién entró en los últimos 5 minutos 1" in lately and "Luz" in lately and "Don Julio" not in lately
    assert "Últimos 5 min 1" in lately and "Últimos 15 min 3" in lately
    quarter = text(elena.open(f"{where}?since=15"))
    assert quarter.count("teléfono compartido 1 (2 personas)") == 2 and quarter.count("dirección 1") == 3
    assert quarter.index("Luz") < quarter.index("Don Julio")


def test_those_who_are_ticked_are_shown_once_more_and_removed_when_it_is_sure(app, meeting, elena, where):
    phone = family(app, meeting, "Rosa", "Mallory", "Mallory 2")
    ids = seats(app)
    elena.open(where)
    asked = text(elena.send(f"{where}/remove", "/people/remove", seat=[ids["Mallory"], ids["Mallory 2"]]))
    assert "¿Retirar a 2 personas?" in asked and "Qué pasará" in asked
    assert "En los mismos aparatos" in asked and "Rosa" in asked
    assert len(phone.http.get("/api/me").get_json()["seats"]) == 3, "nothing has happened yet"
    page = text(elena.send(f"{where}/remove", "confirm", seat=[ids["Mallory"], ids["Mallory 2"]], bar="1"))
    assert elena.path == where and "Personas retiradas 2" in page
    assert [seat["name"] for seat in phone.http.get("/api/me").get_json()["seats"]] == ["Rosa"]
    assert phone.join(meeting["code"], "Otra")["code"] == "device_barred"
    assert "◆ Elena Quispe retiró a Mallory y cerró el paso a su aparato." in page


def test_a_person_who_was_removed_is_let_back_in(app, meeting, elena, where):
    phone = family(app, meeting, "Rosa")
    ids = seats(app)
    elena.open(f"{where}/{ids['Rosa']}")
    elena.send(f"{where}/remove", "/people/remove")
    elena.send(f"{where}/remove", "confirm", seat=ids["Rosa"])
    assert phone.http.get("/api/me").get_json()["seats"] == []
    elena.open(where)
    page = elena.send(f"{where}/readmit", "/readmit", seat=ids["Rosa"])
    assert [seat["name"] for seat in phone.http.get("/api/me").get_json()["seats"]] == ["Rosa"]
    assert "◆ Elena Quispe dejó volver a Rosa." in text(page)


@pytest.mark.parametrize("path", ["remove", "readmit"])
def test_who_ticks_nobody_is_told_to(app, meeting, elena, where, path):
    family(app, meeting, "Rosa")
    elena.open(where)
    elena.send(f"{where}/{path}", "/people/remove")
    assert elena.said == "Marque primero a las personas."


def test_names_that_imitate_are_told_to_the_facilitators_alone_and_given_another_name(app, meeting, elena, where):
    rosa = joined(app, meeting, "Elеna Quispe")  # with a Cyrillic letter
    joined(app, meeting, "Equipo facilitador")
    page = text(elena.open(where))
    assert "Nombres para revisar" in page and "Se parece a Elena Quispe, que es del equipo." in page
    assert "Parece un nombre del equipo facilitador." in page
    for path in (f"/w/{meeting['workshop']}", f"/w/{meeting['workshop']}/r/1"):
        assert "Se parece a" not in rosa.open(path)
    key = seats(app)["Equipo facilitador"]
    elena.open(f"{where}/{key}")
    page = elena.send(f"{where}/{key}/edit", "/edit", name="Luis Mamani")
    assert "Luis Mamani" in seats(app)
    assert "◆ Elena Quispe cambió el nombre de Equipo facilitador a Luis Mamani." in text(page)
    elena.send(f"{where}/{key}/edit", "/edit", name="\u3164")
    assert elena.said == "Escriba un nombre."


def test_two_marias_of_two_delegations_are_nobodys_alarm(app, meeting, elena, where):
    one, other = cast.delegations(app, meeting)[:2]
    for delegation in (one, other):
        cast.ok(cast.Phone(app.test_client()).join(meeting["code"], "María Quispe", delegation=delegation))
    assert "Nombres para revisar" not in elena.open(where)


def test_part_of_a_name_finds_people_accents_aside(app, meeting, elena, where):
    family(app, meeting, *(f"Persona {i}" for i in range(11)), "Ángel Ñaupari")
    family(app, meeting, "Rosa")
    listed = elena.open(f"{where}?q=angel").split('id="everybody"')[1]
    assert "Ángel Ñaupari" in listed and "Persona 3" not in listed
    lately = elena.open(f"{where}?since=60&q=angel").split('id="everybody"')[1]
    assert "Ángel Ñaupari" in lately and "Persona 3" not in lately


def test_the_door_is_locked_and_opened_and_the_code_changed_without_script(app, meeting, elena, where):
    way = where.replace("/people", "/way-in")
    elena.open(where)
    page = text(elena.send(way, "/way-in", act="lock"))
    assert "Entrada cerrada No entra nadie nuevo." in page and "◆ Elena Quispe cerró la entrada." in page
    luz = Browser(app)
    luz.open(f"/j/{meeting['code']}")
    assert luz.status == 403 and luz.said.startswith("La entrada está cerrada") and 'name="code"' in luz.page
    desk = elena.open(f"/w/{meeting['workshop']}/desk")
    assert '<p data-way="locked">' in desk
    elena.open(where)
    elena.send(way, "/way-in", act="unlock")
    elena.send(way, "/way-in", act="code")
    with app.extensions["house"].store.read() as session:
        new = session.get(Workshop, meeting["workshop"]).code
    assert new != meeting["code"] and Browser(app).http.get(f"/j/{meeting['code']}").status_code == 404
    for path in ("desk", "ways", "paper", "people"):
        page = elena.open(f"/w/{meeting['workshop']}/{path}")
        assert new in page.replace("-", "") and meeting["code"] not in page.replace("-", ""), path


def test_how_many_are_expected_is_said_and_taken_back_and_what_is_no_number_is_not(app, meeting, elena, where):
    way = where.replace("/people", "/way-in")
    elena.open(where)
    elena.send(way, "/way-in", act="expect", people="120")
    assert 'value="120"' in elena.page
    elena.send(way, "/way-in", act="expect", people="999999")
    assert elena.status == 200 and elena.said
    elena.open(where)
    elena.send(way, "/way-in", act="expect", people="")
    assert 'value="120"' not in elena.page
    elena.open(where)
    elena.send(way, "/way-in", act="blow up")
    assert elena.status == 400


def test_the_wall_has_another_address_and_the_desk_leads_to_it(app, meeting, elena, where):
    elena.open(where)
    elena.send(where.replace("/people", "/way-in"), "/way-in", act="wall")
    new = re.search(r'/s/([\w-]+)"', elena.open(f"/w/{meeting['workshop']}/desk"))[1]
    assert new != meeting["screen"]
    assert elena.http.get(f"/s/{new}").status_code == 200 and elena.http.get(f"/s/{meeting['screen']}").status_code == 404


@pytest.mark.parametrize(("method", "path"), [
    ("get", "people"), ("get", "people/{seat}"), ("post", "people/remove"), ("post", "people/readmit"),
    ("post", "people/{seat}/name"), ("post", "people/{seat}/edit"), ("post", "people/move"),
    ("post", "edit"), ("post", "over"), ("get", "edit"), ("get", "r/1/edit"), ("post", "r/1/edit"), ("post", "way-in")])
def test_strangers_and_participants_see_and_do_none_of_it(app, meeting, method, path):
    rosa, stranger = joined(app, meeting), Browser(app)
    path = f"/w/{meeting['workshop']}/{path.format(seat=next(iter(seats(app).values())))}"
    for person, status in ((rosa, 403), (stranger, 404)):
        person.open("/")
        token = re.search(r'name="token" value="([^"]+)"', person.page)[1]
        sent = {"data": {"token": token, "act": "lock", "sure": "1", "seat": "x", "name": "X"}} if method == "post" else {}
        assert getattr(person.http, method)(path, **sent).status_code == status
    with app.extensions["house"].store.read() as session:
        assert session.get(Workshop, meeting["workshop"]).locked_at is None


def test_a_foreign_seat_is_nobody_of_this_workshop(app, meeting, elena, where):
    from workshop.actions.rooms import workshops
    house = app.extensions["house"]
    with house.store.write() as session:
        code = workshops.create_workshop(session, house.clock(), None, "Otro").code
    key = cast.ok(cast.Phone(app.test_client()).join(code, "Rosa", room=None))["seats"][0]["id"]
    elena.open(f"{where}/{key}")
    assert elena.status == 404
    family(app, meeting, "Luz")
    elena.open(where)
    elena.send(f"{where}/remove", "/people/remove", seat=key, sure="1")
    assert elena.status == 404


def test_a_name_that_is_written_from_the_right_stands_apart_wherever_it_stands(app, meeting, elena, where):
    maryam = joined(app, meeting, "مریم 3")
    maryam.send(f"/w/{meeting['workshop']}/r/1/say", form="composer", text="Que el agua llegue")
    for page in (elena.open(where), joined(app, meeting, "Rosa").page, maryam.open(f"/w/{meeting['workshop']}")):
        assert "<bdi" in page and not re.search(r"<(?:b|span)\b[^>]*>مریم", page), page
    elena.open(f"/w/{meeting['workshop']}/r/1/history")
    assert "\u2068مریم 3\u2069 escribió R1-001." in text(elena.page)


def test_what_the_staff_writes_has_a_mark_that_no_name_makes(app, meeting, elena):
    lead = cast.facilitator(app, meeting)
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    cast.ok(lead.post(board, "De quienes facilitan", seat=None))
    mallory = joined(app, meeting, "◆ Equipo facilitador")
    mallory.send(f"/w/{meeting['workshop']}/r/1/say", form="composer", text="De quien imita")
    shown = re.findall(r'<bdi class="(who|staff)">([^<]*)</bdi>', joined(app, meeting, "Rosa").page)
    cards = dict(zip(("staff", "mallory"), shown, strict=True))
    assert cards == {"staff": ("staff", "◆ Equipo facilitador"), "mallory": ("who", "Equipo facilitador")}
    assert elena.open(f"/w/{meeting['workshop']}/find?text=quien").count("◆") == 1


def test_a_part_of_a_name_is_looked_for_among_those_who_came_lately_on_their_page_too(app, meeting, elena, where):
    for n in range(13):
        family(app, meeting, f"Persona {n}")
    page = elena.open(f"{where}?since=15")
    form = page.split('class="row search"')[1].split("</form>")[0]
    assert 'type="hidden" name="since" value="15"' in form and 'name="q"' in form
    found = elena.open(f"{where}?since=15&q=persona+12")
    assert found.count('class="name"') == 1 and 'value="persona 12"' in found
    assert 'href="?since=60&amp;q=persona%2012#everybody"' in found


def test_who_forgets_the_room_keeps_the_ticks_and_who_moves_people_is_told_how_many(app, meeting, elena, where):
    rosa = joined(app, meeting, "Rosa Mamani")
    assert rosa
    elena.open(where)
    [seat] = re.findall(r'name="seat" value="([^"]+)"', elena.page)
    elena.send(f"{where}/move", "people/remove", seat=[seat], to="-")
    assert "Elija una sala" in elena.page and f'value="{seat}" checked' in elena.page
    elena.send(f"{where}/move", "people/remove", seat=[seat], to=meeting["rooms"][1])
    assert "Se movió a 1 persona" in elena.page
