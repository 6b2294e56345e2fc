"""The room without script: the same rooms, the same verbs."""
import re
from datetime import timedelta
from html import unescape

import pytest

from tests.pages.facilitator.people import Browser, joined
from tests.pages.shell.attacks.test_guard import signed_in
from tests.support import cast
from workshop.domain.limits import Buckets
from workshop.store.models import Room, Seat, Workshop
from workshop.work_queue import WorkQueue


def say(person, meeting, form: str, **fields):
    return person.send(f"/w/{meeting['workshop']}/r/1/say", form, **fields)


def test_an_idea_goes_through_a_plain_form_once_even_if_it_is_sent_twice(app, meeting):
    rosa = joined(app, meeting)
    before = rosa.page
    say(rosa, meeting, 'id="composer"', text="Guardar semilla propia")
    rosa.page = before
    say(rosa, meeting, 'id="composer"', text="Guardar semilla propia")
    assert rosa.page.count("Guardar semilla propia</p>") == 1 and "R1-001" in rosa.page


def test_what_is_refused_stays_in_the_field(app, meeting):
    rosa = joined(app, meeting)
    text = "larga " * 800
    say(rosa, meeting, 'id="composer"', text=text)
    assert rosa.said.startswith("Máximo 4000")
    assert text in rosa.page


def test_a_form_that_was_open_too_long_gives_the_text_back(app, meeting):
    rosa = joined(app, meeting)
    rosa.page = rosa.page.replace('name="token" value="', 'name="token" value="x')
    say(rosa, meeting, 'id="composer"', text="Escrito hace dos días")
    assert rosa.said.startswith("La página estuvo abierta")
    assert "Escrito hace dos días</textarea>" in rosa.page


def test_a_late_idea_is_kept_for_the_facilitator_and_the_author_is_told(app, meeting):
    rosa = joined(app, meeting)
    cast.to_step(app, meeting["rooms"][0], 1)
    say(rosa, meeting, 'id="composer"', text="Llegué tarde")
    assert "Este paso no recibe esto ahora. Llegó tarde" in rosa.said


def test_dots_are_given_and_taken_back_with_buttons(app, meeting):
    rosa = joined(app, meeting)
    say(rosa, meeting, 'id="composer"', text="Guardar semilla propia")
    cast.to_step(app, meeting["rooms"][0], 1)
    rosa.open(f"/w/{meeting['workshop']}/r/1")
    for points in (1, 2):
        more = re.findall(r'name="cast" value="([^"]+)"[^>]*aria-label="Un punto más', rosa.page)[0]
        say(rosa, meeting, 'id="quick"', cast=more)
        assert ("1 mío<", "2 míos<")[points - 1] in rosa.page
    less = re.findall(r'name="cast" value="([^"]+)"[^>]*aria-label="Un punto menos', rosa.page)[0]
    say(rosa, meeting, 'id="quick"', cast=less)
    assert "1 mío<" in rosa.page


def test_ones_own_idea_can_be_taken_back_and_somebody_elses_cannot(app, meeting):
    rosa, luis = joined(app, meeting), joined(app, meeting, "Luis")
    say(rosa, meeting, 'id="composer"', text="Guardar semilla propia")
    card = re.search(r'name="withdraw" value="([^"]+)"', rosa.page)[1]
    luis.open(f"/w/{meeting['workshop']}/r/1")
    assert 'name="withdraw"' not in luis.page
    say(luis, meeting, 'id="quick"', withdraw=card)
    assert luis.said.startswith("Solo su autor")
    say(rosa, meeting, 'id="quick"', withdraw=card)
    assert "Guardar semilla propia" not in rosa.page


def test_hostile_texts_stand_in_the_page_as_text(app, meeting):
    rosa = joined(app, meeting, "<b>Rosa</b>")
    for text in ("<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", '"><svg/onload=1>'):
        say(rosa, meeting, 'id="composer"', text=text)
        assert text not in rosa.page
    say(rosa, meeting, 'id="composer"', text="{{ 7*7 }}")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;</p>" in rosa.page and "{{ 7*7 }}</p>" in rosa.page
    assert rosa.page.count("<script") == 1 + rosa.page.count('<script src="/a/')


def test_who_is_in_another_room_is_told_so_and_goes_in_with_one_tap(app, meeting):
    luis = joined(app, meeting, "Luis", room=2)
    luis.open(f"/w/{meeting['workshop']}/r/1")
    assert "Usted está ahora en la sala 2." in luis.page
    say(luis, meeting, "/say")
    assert "Escriba su idea…" in luis.page


def test_an_idea_is_commented_with_a_plain_form_and_a_refused_comment_stays_a_comment(app, meeting):
    rosa, luis = joined(app, meeting), joined(app, meeting, "Luis")
    say(rosa, meeting, 'id="composer"', text="Guardar semilla propia")
    luis.open(f"/w/{meeting['workshop']}/r/1")
    luis.open(f"/w/{meeting['workshop']}/r/1" + unescape(re.search(r'href="(\?seat=[^"]+on=[^"]+)#text"', luis.page)[1]))
    assert "Comentario a R1-001:" in luis.page
    say(luis, meeting, 'id="composer"', text="larga " * 800)
    assert luis.said.startswith("Máximo 4000") and "Comentario a R1-001:" in luis.page
    say(luis, meeting, 'id="composer"', text="¿Y quién la cuida?")
    assert "¿Y quién la cuida?</span></li></ul>" in luis.page and "R1-002" not in luis.page
    assert "Comentario a" not in luis.page


def test_what_is_sent_to_the_room_that_one_has_left_is_kept_there_for_the_facilitator(app, meeting):
    rosa, elena = joined(app, meeting), signed_in(app)
    with app.extensions["house"].store.read() as session:
        seat = session.query(Seat).filter_by(name="Rosa").one().id
    page = rosa.page
    app.extensions["house"].performer.perform(rosa.http.get_cookie("tinkuy").value, {
        "client": "c" * 16, "n": 1, "verb": "seat.enter", "seat": seat, "payload": {"room": meeting["rooms"][1]}})
    rosa.page = page
    say(rosa, meeting, 'id="composer"', text="Escrito mientras nos llevaban")
    assert rosa.said.startswith("Usted está ahora en otra sala. Llegó tarde")
    assert "Escrito mientras nos llevaban" in elena.open(f"/w/{meeting['workshop']}/desk")


def test_words_for_a_room_that_one_may_not_enter_come_back_whoever_one_is(app, meeting):
    rosa, luis = joined(app, meeting), joined(app, meeting, "Luis", room=2)
    luis.page = rosa.page.replace(*(re.search(r'name="seat" value="([^"]+)"', page)[1] for page in (rosa.page, luis.page)))
    say(luis, meeting, 'id="composer"', text="No se pierda")
    assert luis.said and "No se pierda</textarea>" in luis.page and "Usted está ahora en la sala 2." in luis.page
    rosa.http.delete_cookie("tinkuy")
    say(rosa, meeting, 'id="composer"', text="Tampoco esto")
    assert rosa.status == 404 and "Tampoco esto</textarea>" in rosa.page


def test_forms_of_a_device_have_the_limit_of_its_commands_and_lose_nothing(app, meeting):
    rosa, luis = joined(app, meeting), joined(app, meeting, "Luis")
    app.extensions["house"].commands = Buckets(0.01, 3)
    before = rosa.page
    for i in range(4):
        rosa.page = before.replace('name="client" value="', f'name="client" value="{i}')
        say(rosa, meeting, 'id="composer"', text=f"Idea {i}")
    assert rosa.said.startswith("El servidor") and "Idea 3</textarea>" in rosa.page and "Idea 2</p>" in rosa.page
    say(luis, meeting, 'id="composer"', text="Otra persona")
    assert "Otra persona</p>" in luis.page


def test_a_refused_form_gets_its_words_back_without_the_room_while_the_device_waits_for_pages_enough(app, meeting):
    rosa = joined(app, meeting)
    house = app.extensions["house"]
    device, house.drawing = house.rate_limit_keys.device(rosa.http.get_cookie("tinkuy").value), WorkQueue(waiting=0)
    rosa.page = before = rosa.page.replace('name="token" value="', 'name="token" value="x')
    say(rosa, meeting, 'id="composer"', text="Una idea")
    assert "La página estuvo abierta" in rosa.page and 'id="composer"' in rosa.page
    rosa.page = before
    with house.drawing.take(device):
        say(rosa, meeting, 'id="composer"', text="Otra idea")
    assert rosa.status == 429 and "Otra idea</textarea>" in rosa.page and 'id="composer"' not in rosa.page
    assert "varias páginas" in rosa.page and f'href="/w/{meeting["workshop"]}/r/1"' in rosa.page


@pytest.mark.parametrize(("opens", "closes", "said"), [
    (["ideas"], False, "Se acabó el tiempo; lo que envíe todavía se recibe"), ([], False, "Se acabó el tiempo"),
    (["dots"], False, "Se acabó el tiempo; lo que envíe todavía se recibe"), (["ideas"], True, "Se acabó el tiempo")])
def test_a_clock_that_has_run_out_says_whether_the_step_still_takes_something(app, meeting, opens, closes, said):
    with app.extensions["house"].store.write() as session:
        room = session.get(Room, meeting["rooms"][0])
        room.steps = [{"key": "ideas", "minutes": 5, "opens": opens, "closes": closes}]
        room.step, room.deadline = 0, app.extensions["house"].clock() - timedelta(seconds=5)
    page = joined(app, meeting)
    assert re.search(r">([^<]*Se acabó[^<]*)<", page.open(page.path))[1].strip() == said
    lead = Browser(app)
    lead.http = cast.facilitator(app, meeting).http
    assert f"\n{said}" in lead.open(f"/w/{meeting['workshop']}/r/1/lead") or f">{said}<" in lead.page


def test_the_page_knows_the_workshops_clock(app, meeting):
    """Times of counts are those of the workshop, not of whatever device shows them (static/js/votes/hands.js)."""
    rosa = joined(app, meeting)
    rosa.open(f"/w/{meeting['workshop']}/r/1")
    with app.extensions["house"].store.read() as session:
        [first, *_others] = session.get(Workshop, meeting["workshop"]).zones
    assert f'"zones":["{first}"]' in rosa.page.replace('": ', '":')
