"""Ideas that grow out of others, how many a step still takes, and what two people write into one card."""
import pytest
from playwright.sync_api import expect

from tests.browser.boards import seldom
from tests.browser.facilitator.test_a_meeting import card, post
from tests.live.server import Server
from tests.support import cast
from workshop.store.models import Room
from workshop.store.streams import numbering

STEP = {"key": "juntos", "minutes": 0, "opens": ["ideas"], "limit": 2, "may": {"move": "all", "group": "all", "edit": "all"}}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server; in room 1 each person has two ideas and all may arrange and change all."""
    data = tmp_path_factory.mktemp("growing")
    app = cast.app(data)
    meeting = cast.found(app)
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        session.get(Room, meeting["rooms"][0]).steps = [STEP]
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "server": server, "data": data}
    server.stop()


def test_the_form_says_how_many_ideas_are_left_and_goes_when_there_are_none(join):
    rosa = join("Rosa")
    hints = rosa.locator("#hints")
    expect(hints).to_contain_text("puede escribir 2 ideas más")
    post(rosa, "Guardar semilla propia")
    expect(hints).to_contain_text("puede escribir 1 idea más")
    post(rosa, "Ferias cada semana")
    expect(hints).to_contain_text("Ya escribió todas")
    expect(rosa.locator("#composer")).to_be_hidden()
    rosa.on("dialog", lambda dialog: dialog.accept())
    seldom(card(rosa, "Ferias cada semana")).get_by_role("button", name="Retirar").click()
    expect(rosa.locator("#composer")).to_be_visible()


def test_a_new_idea_says_out_of_which_it_grew_and_they_say_where_they_went_on(join):
    rosa, luis = join("Elvira"), join("Luis", size="laptop")
    post(rosa, "Trueque en la frontera")
    post(rosa, "Radio en quechua")
    for text in ("Trueque en la frontera", "Radio en quechua"):
        seldom(card(luis, text)).get_by_role("button", name="Ordenar").click()
    luis.get_by_role("button", name="Nueva idea a partir de estas").click()
    expect(luis.locator("#hints")).to_contain_text("Nace de R1-0")
    post(luis, "Anunciar el trueque por radio")
    one = card(rosa, "Anunciar el trueque por radio")
    expect(one).to_contain_text("Nace de R1-0")
    expect(one.locator(".kin a")).to_have_count(2)
    expect(card(rosa, "Radio en quechua")).to_contain_text("Siguió en R1-0")
    expect(luis.locator("#hints")).not_to_contain_text("Nace de")


def test_cards_without_a_group_are_counted_and_shown_with_a_tap(join):
    luis = join("Luis", size="laptop")
    texts = ("Agua de riego", "Turnos de agua")
    for text in texts:
        post(luis, text)
        seldom(card(luis, text)).get_by_role("button", name="Ordenar").click()
    luis.get_by_placeholder("Nombre del grupo").fill("Agua")
    luis.locator(".arrange").get_by_role("button", name="Agrupar").click()
    expect(luis.locator(".group h3")).to_contain_text("Agua")
    luis.get_by_role("button", name="sin grupo").first.click()
    expect(card(luis, "Agua de riego")).to_be_hidden()
    expect(card(luis, "Trueque en la frontera")).to_be_visible()


def test_two_who_change_one_card_at_once_are_told_and_lose_nothing(join):
    rosa, luis = join("Rosa"), join("Luis")
    post(rosa, "Cuidar la laguna")
    for page in (rosa, luis):
        card(page, "Cuidar la laguna").get_by_role("button", name="Cambiar").click()
        expect(page.locator(".editor textarea")).to_be_visible()
    rosa.locator(".editor textarea").fill("Cuidar la laguna grande")
    luis.context.set_offline(True)
    luis.locator(".editor textarea").fill("Cuidar la laguna chica")
    luis.get_by_role("button", name="Guardar").click()
    rosa.get_by_role("button", name="Guardar").click()
    expect(card(rosa, "Cuidar la laguna grande")).to_be_visible()
    luis.context.set_offline(False)
    expect(card(rosa, "Cuidar la laguna chica")).to_be_visible()
    note = luis.locator(".note", has_text="Rosa también cambió este texto")
    note.get_by_role("button", name="Ver los dos").click()
    expect(luis.locator(".editor textarea")).to_have_value("Cuidar la laguna chica\n\nCuidar la laguna grande")
    luis.get_by_role("button", name="Guardar").click()
    expect(card(rosa, "Cuidar la laguna grande")).to_contain_text("Cuidar la laguna chica")
