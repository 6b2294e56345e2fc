"""A facilitator draws a block's people into its groups, on pages without script."""
import re

import pytest

from tests.pages.facilitator.people import Browser
from tests.support import cast
from tests.support.cast import ok
from workshop.store.models import Draw, Room, RoomSeat


@pytest.fixture
def at(meeting) -> str:
    return f"/w/{meeting['workshop']}/draw"


@pytest.fixture
def elena(app, meeting):
    return cast.facilitator(app, meeting)


@pytest.fixture
def browser(app, elena):
    """Elena's browser."""
    found = Browser(app)
    found.http.set_cookie("tinkuy", elena.http.get_cookie("tinkuy").value)
    return found


@pytest.fixture
def crowd(meeting, phone, app) -> list[str]:
    """Seats of nine people of three delegations in the lobby."""
    ids = []
    for n in range(9):
        one = phone()
        ok(one.join(meeting["code"], f"Persona {n}", room=None, delegation=cast.delegations(app, meeting)[n % 3]))
        ids.append(one.place["seats"][0]["id"])
    return ids


def rows(app, table, *order) -> list:
    with app.extensions["house"].store.read() as session:
        return session.query(table).order_by(*order).all()


def where(app) -> dict[str, str]:
    return {one.seat_id: one.room_id for one in rows(app, RoomSeat) if one.left_at is None}


def test_from_the_desk_to_everybody_in_their_group(app, meeting, browser, at, crowd, phone):
    assert at in browser.open(f"/w/{meeting['workshop']}/desk") and at in browser.open(f"/w/{meeting['workshop']}/people")
    browser.open(at)
    assert browser.page.count('name="rooms"') == 3 and "Persona 8" in browser.page
    browser.send(at, "ask-draw", do="draw", rooms=meeting["rooms"], way="balanced", who="all")
    [row] = rows(app, Draw)
    assert "Es una propuesta" in browser.page and where(app) == {}
    assert "Cada sala tiene su parte" in browser.page and row.seed in browser.page
    assert all(f"Persona {n}" in browser.page for n in range(9))
    browser.send(at, 'value="again"' if 'value="again"' in browser.page else "again", do="again")
    first, second = rows(app, Draw, Draw.made_at)
    assert first.seed != second.seed
    browser.send(at, "method", do="apply", draw=second.id)
    assert where(app) == second.result and "Aplicado a las" in browser.page
    assert "Persona 3" in browser.open(f"{at}?draw={second.id}&print=1")
    person = browser.open(f"/w/{meeting['workshop']}/people/{crowd[3]}")
    title = next(room.title for room in rows(app, Room) if room.id == second.result[crowd[3]])
    assert f" · {title}</b>" in person and "– ahora" in person, "in which group somebody was, and when"
    browser.open(f"{at}?draw={second.id}")
    late = phone()
    ok(late.join(meeting["code"], "Llegó Tarde", room=None))
    assert "Ubicar a 1 persona" in browser.open(f"{at}?draw={second.id}")
    browser.send(at, "method", do="place", draw=second.id)
    assert where(app).keys() == {*crowd, late.place["seats"][0]["id"]}
    browser.send(at, "method", do="apply", draw=first.id)
    assert "Entretanto se aplicó otro sorteo" in browser.said
    assert "Aplicado" in browser.open(at)


def test_rules_are_added_and_taken_out_one_by_one(app, meeting, browser, at, crowd):
    browser.open(at)
    asked = {"rooms": meeting["rooms"], "way": "balanced", "who": "all"}
    browser.send(at, "ask-draw", do="together", seat=crowd[:2], **asked)
    assert "En un mismo grupo: Persona 0, Persona 1" in browser.page
    browser.send(at, "ask-draw", do="apart", seat=crowd[2:4], **asked)
    browser.send(at, "ask-draw", do="pin", seat=[crowd[4]], to=meeting["rooms"][2], **asked)
    browser.send(at, "ask-draw", do="out", seat=[crowd[8]], **asked)
    assert "Separadas: Persona 2, Persona 3" in browser.page and "Fuera del sorteo: Persona 8" in browser.page
    browser.send(at, "ask-draw", drop=f"apart:{crowd[2]},{crowd[3]}", **asked)
    assert "Separadas" not in browser.page and "Persona 4: sala 3" in browser.page
    browser.send(at, "ask-draw", do="draw", **asked)
    [row] = rows(app, Draw)
    assert row.result.keys() == set(crowd[:8]) and row.rules["apart"] == []
    assert row.result[crowd[0]] == row.result[crowd[1]] and row.result[crowd[4]] == meeting["rooms"][2]
    assert "Se cumplen todas las reglas" in browser.page
    browser.open(f"{at}?draw={row.id}&change=1")
    assert "Fuera del sorteo: Persona 8" in browser.page and "En un mismo grupo: Persona 0, Persona 1" in browser.page
    browser.send(at, "ask-draw", do="apart", seat=crowd[:2], **asked)
    browser.send(at, "ask-draw", do="draw", **asked)
    assert "se contradicen" in browser.said and "Separadas: Persona 0, Persona 1" in browser.page, "what was asked stays"


def test_what_a_button_lacks_is_said(app, meeting, browser, at, crowd):
    browser.open(at)
    for sent, said in (({"do": "together", "seat": crowd[:1]}, "Marque antes al menos a dos personas"),
                       ({"do": "pin"}, "Marque"), ({"do": "pin", "seat": crowd[:1]}, "Elija una sala"),
                       ({"do": "draw"}, "Elija al menos una sala"),
                       ({"do": "draw", "rooms": [*meeting["rooms"], "x"]}, "no existe"),
                       ({"do": "groups", "by": "number", "number": "muchos"}, "Diga cuántos grupos"),
                       ({"do": "groups", "by": "number", "number": "61"}, "de 1 a 60")):
        browser.send(at, "ask-draw", **sent)
        assert said in browser.said, sent
    assert rows(app, Draw) == []
    assert browser.http.get(f"{at}?draw=another").status_code == 404


@pytest.mark.parametrize(("how", "titles"), [
    ({"by": "number", "number": "2"}, ["Grupo 1", "Grupo 2"]),
    ({"by": "size", "number": "4"}, ["Grupo 1", "Grupo 2", "Grupo 3"]),
    ({"by": "axis"}, list(cast.SOURCES)), ({"by": "delegation"}, list(cast.DELEGATIONS))])
def test_new_groups_are_made_for_it_and_opened_when_everybody_goes(app, meeting, browser, at, crowd, how, titles):
    browser.open(at)
    browser.send(at, 'class="sheet"', do="groups", question="¿Qué sigue?", **how)
    made = [room for room in rows(app, Room, Room.number) if room.kind == "group"][3:]
    assert [room.title for room in made] == titles and all(room.question == "¿Qué sigue?" for room in made)
    assert set(re.findall(r'value="([^"]+)" checked><span><b>\d', browser.page)) == {room.id for room in made}
    browser.send(at, "ask-draw", do="draw", rooms=[room.id for room in made], way="random", who="free")
    [row] = rows(app, Draw)
    browser.send(at, "method", do="apply", draw=row.id)
    assert set(where(app).values()) == {room.id for room in made}


def test_what_is_not_even_is_told_in_words_in_three_languages(app, meeting, browser, at, crowd, elena):
    asked = {"workshop": meeting["workshop"], "rooms": meeting["rooms"], "together": [[crowd[n] for n in (0, 3, 6)]]}
    made = ok(elena.do("rooms.draw", asked, None))["draw"]["id"]
    for language, said in (("es", ": 3 en vez de 1"), ("fr", "\u00a0: 3 au lieu de 1"), ("en", ": 3 instead of 1")):
        browser.open(f"{at}?draw={made}&lang={language}")
        assert f"{cast.DELEGATIONS[0]}{said}" in browser.page


def test_how_many_fit_in_is_written_where_the_room_is_corrected(app, meeting, browser):
    at = f"/w/{meeting['workshop']}/r/1/edit"
    browser.open(at)
    browser.send(at, f'action="{at}"', title="Semillas", question="", capacity="12")
    assert next(room.capacity for room in rows(app, Room) if room.number == 1) == 12 and 'value="12"' in browser.page
    browser.send(at, f'action="{at}"', title="Semillas", question="", capacity="doce")
    assert browser.said
    browser.open(at)
    browser.send(at, f'action="{at}"', title="Semillas", question="", capacity="")
    assert next(room.capacity for room in rows(app, Room) if room.number == 1) is None
