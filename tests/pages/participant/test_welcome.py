"""The front door."""
import re

import pytest

from tests.pages.facilitator.people import Browser, joined
from tests.support import cast
from workshop.pages.shell import assets
from workshop.store.models import Contribution, Seat


def test_a_code_typed_carelessly_leads_to_the_names_and_three_choices_into_the_room(app, meeting):
    rosa = Browser(app)
    rosa.open("/")
    rosa.send("/", code=f" {meeting['code'][:3].lower()}-{meeting['code'][3:].lower()} ")
    assert rosa.path == f"/j/{meeting['code']}" and "Su nombre" in rosa.page
    rosa = joined(app, meeting)
    assert rosa.path.endswith("/r/1") and "Escriba su idea…" in rosa.page


def test_a_wrong_code_is_told_in_the_readers_language_and_stays_in_the_field(app, meeting):
    for language, words in (("es", "Ningún taller"), ("fr", "Aucun atelier"), ("en", "No workshop")):
        luis = Browser(app, language)
        luis.open("/")
        luis.send("/", code="XXX-XX2")
        assert luis.said.startswith(words)
        assert 'value="XXX-XX2"' in luis.page


def test_a_closed_workshop_lets_nobody_in(app, meeting):
    from workshop.store.models import Workshop
    house = app.extensions["house"]
    with house.store.write() as session:
        session.get(Workshop, meeting["workshop"]).closed_at = house.clock()
    late = Browser(app)
    assert "Este taller ya terminó" in late.open(f"/j/{meeting['code']}")


def test_several_people_on_one_device_have_a_seat_each(app, meeting):
    family = Browser(app)
    family.open(f"/j/{meeting['code']}?r=1")
    delegation = re.search(r'name="delegation" value="([^"]+)"', family.page)[1]
    family.send(f"/j/{meeting['code']}", name=["Rosa", "Don Julio", "", "Elvira"], delegation=[delegation, "", "", ""],
                channel="remote")
    assert family.path.endswith("/r/1")
    lobby = family.open(f"/w/{meeting['workshop']}")
    assert lobby.count("Código para volver") == 3 and "Elvira" in lobby


def test_the_same_browser_comes_back_to_its_room_and_a_code_brings_the_seat_to_another(app, meeting):
    rosa = joined(app, meeting, "Rosa Mamani", room=2)
    rosa.open(f"/j/{meeting['code']}")
    assert rosa.path.endswith("/r/2")
    code = re.search(r'class="mono">([\w-]+)<', rosa.open(f"/w/{meeting['workshop']}"))[1]
    other = Browser(app)
    other.open("/")
    other.send("/", code=code.lower())
    assert other.path.endswith("/r/2")
    assert "Rosa Mamani" in other.open(f"/w/{meeting['workshop']}")


@pytest.mark.parametrize("missing", ["name", "channel"])
def test_what_is_missing_is_said_and_what_was_written_stays(app, meeting, missing):
    rosa = Browser(app)
    rosa.open(f"/j/{meeting['code']}")
    fields = {"name": "Rosa", "channel": "hall"} | {missing: " " if missing == "name" else ""}
    rosa.send(f"/j/{meeting['code']}", **fields)
    assert rosa.said
    assert missing == "name" or 'value="Rosa"' in rosa.page


def test_ninety_people_behind_one_address_get_in_while_guessing_codes_there_ends(app, meeting, monkeypatch):
    pauses = []
    monkeypatch.setattr(app.extensions["house"].live.socketio, "sleep", lambda seconds: seconds and pauses.append(seconds))
    for i in range(90):
        assert joined(app, meeting, f"Persona {i}").path.endswith("/r/1")
    thief = Browser(app)
    thief.open("/")
    for _ in range(130):
        thief.send("/", code="XXX222")
    assert thief.said.startswith("Demasiados intentos") and pauses, "and waits for it"


def test_who_joins_a_shared_phone_later_sits_in_the_room_of_the_others(app, meeting):
    family = joined(app, meeting, "Rosa", room=2)
    family.open(f"/j/{meeting['code']}?more=1")
    delegation = re.search(r'name="delegation" value="([^"]+)"', family.page)[1]
    family.send(f"/j/{meeting['code']}", name="Don Julio", delegation=delegation, channel="hall")
    assert family.path.endswith("/r/2") and "Don Julio" in family.page


@pytest.mark.parametrize(("language", "words"), [("es", "Esa página no existe"), ("fr", "Cette page n’existe pas")])
def test_a_page_that_does_not_exist_says_so_in_the_readers_language(app, meeting, language, words):
    lost = Browser(app, language)
    assert words in lost.open("/w/nowhere/at/all")
    assert lost.status == 404
    assert lost.http.get("/api/nowhere").get_json()["code"] == "no_such_page"


def test_a_helper_types_for_somebody_on_the_telephone(app, meeting):
    rosa = joined(app, meeting)
    form = rosa.open(f"/j/{meeting['code']}?for=1&r=1")
    assert "Escribir por otra persona" in form and "Por teléfono" in form and "Aquí, en el encuentro" not in form
    delegation = re.search(r'name="delegation" value="([^"]+)"', form)[1]
    rosa.send(f"/j/{meeting['code']}", name="Doña Justa", delegation=delegation, channel="phone")
    room = rosa.path
    assert room.endswith("/r/1")
    justa = re.search(r'\?seat=([\w-]+)"[^>]*><i [^>]*></i><bdi>Doña Justa<', rosa.page)[1]
    rosa.open(f"{room}?seat={justa}")
    rosa.send(f"{room}/say", form="composer", text="Que el agua llegue a la escuela")
    with app.extensions["house"].store.read() as session:
        card = session.query(Contribution).one()
        assert session.get(Seat, card.seat_id).channel == "phone" and card.seat_id == justa
    assert "Doña Justa" in rosa.open(room)


def test_paper_cards_have_a_sheet_for_every_room(app, meeting):
    elena = Browser(app)
    assert elena.open(f"/w/{meeting['workshop']}/paper") and elena.status in (401, 403, 404)
    elena.open("/login")
    elena.send("/login", email="elena@example.org", password=cast.PASSWORD)
    sheets = elena.open(f"/w/{meeting['workshop']}/paper")
    assert sheets.count('class="sheet-of-paper"') == 3 and sheets.count("qr.svg?r=") == 3
    assert "R2 · 8" in sheets and f"/j/{meeting['code']}?r=2" in sheets


def test_a_second_print_of_paper_cards_goes_on_where_the_first_ended(app, meeting):
    elena, page = Browser(app), f"/w/{meeting['workshop']}/paper"
    elena.open("/login")
    elena.send("/login", email="elena@example.org", password=cast.PASSWORD)

    def printed(query: str = "") -> list[int]:
        return [int(number) for number in re.findall(r"R2 · (\d+)<", elena.open(page + query))]
    assert printed() == [*range(1, 9)] and "?from=9&amp;each=8" in elena.page
    assert printed("?from=9&each=3") == [9, 10, 11] and "?from=12&amp;each=3" in elena.page
    assert printed("?from=-4&each=100000") == [*range(1, 49)] and printed("?from=x&each=0") == [1]
    phone = cast.Phone(app.test_client())
    phone.join(meeting["code"], "Don Julio", room=2)
    room = meeting["rooms"][1]
    phone.do("contribution.add", {"activity": cast.activities(app, room)["ideas"], "id": f"{room}-11",
                                  "body": {"text": "Del papel"}})
    assert printed() == [*range(17, 25)], "the sheet after that of the last number that was typed"


def answered(app, meeting, **more):
    """The answer of the server to the form of a browser with script, and the browser."""
    browser = Browser(app)
    page = browser.open(f"/j/{meeting['code']}?r=1")
    form = {name: re.search(f'name="{name}" value="([^"]+)"', page)[1] for name in ("token", "client", "delegation")}
    form |= {"name": "Rosa", "channel": "hall"} | more
    return browser.http.post(f"/j/{meeting['code']}?r=1", data=form, headers=browser.headers), browser


def test_with_script_the_room_itself_answers_the_form_and_its_forms_are_good_for_the_new_cookie(app, meeting):
    answer, rosa = answered(app, meeting)
    rosa._see(answer)
    where = f"/w/{meeting['workshop']}/r/1"
    assert answer.status_code == 200 and f'"at":"{where}"' in rosa.page and '"at":"/' not in rosa.open(where)
    rosa._see(answer)
    rosa.send(f"{where}/say", form="composer", text="Que el agua llegue a la escuela")
    assert rosa.path == where and "Que el agua llegue" in rosa.page


@pytest.mark.parametrize("more", [{"plain": "1"}, {"row": "Crédito"}])
def test_without_script_or_on_the_way_to_a_row_the_form_leads_to_the_address(app, meeting, more):
    answer, _rosa = answered(app, meeting, **more)
    assert answer.status_code == 303 and answer.location.startswith(f"/w/{meeting['workshop']}/r/1")


def test_a_form_that_is_loaded_anew_after_its_answer_leads_in_and_one_that_is_too_old_lets_nobody_in(app, meeting):
    _answer, rosa = answered(app, meeting)
    form = {"name": "Rosa", "channel": "hall", "token": "of another cookie"}
    again = rosa.http.post(f"/j/{meeting['code']}?r=1", data=form, headers=rosa.headers)
    assert (again.status_code, again.location) == (303, f"/w/{meeting['workshop']}/r/1")
    with app.extensions["house"].store.read() as session:
        assert session.query(Seat).count() == 1
    stranger = Browser(app)
    refused = stranger.http.post(f"/j/{meeting['code']}?r=1", data=form, headers=stranger.headers)
    assert 'role="alert"' in refused.get_data(as_text=True) and "tinkuy=" not in refused.headers.get("Set-Cookie", "")
    assert stranger.http.get("/api/me").status_code == 401


def test_the_script_of_the_room_comes_while_one_writes_ones_name(app, meeting):
    script = assets.url("room.js")
    page = Browser(app).open(f"/j/{meeting['code']}?r=1")
    assert (f'rel="prefetch" href="{script}"' in page) == bool(script)
