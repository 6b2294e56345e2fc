"""What is typed or chosen and not sent: of each person, room and tab; nothing of it is lost, and nothing stands twice."""
import pytest
from playwright.sync_api import expect

from tests.browser.board.test_attachments import choose, picture, recording  # noqa: F401
from tests.browser.conftest import HOST
from tests.browser.facilitator.test_a_meeting import card, post
from tests.browser.way_in.test_seats import family, speak
from tests.browser.writing.test_late import lead, rows, running  # noqa: F401
from tests.support.waiting import wait_for
from workshop.store.models import LateTray, Room
from workshop.store.session import Store
from workshop.store.streams import numbering

FIELD = "#text"


@pytest.fixture
def house(tmp_path):
    """A running server; room 3 has cards with fields."""
    yield from running(tmp_path, fields=2)


def rotate(lead, house, page) -> None:  # noqa: F811
    """The group of room 1 goes on to room 2; the page has followed."""
    wait_for(lambda: page.evaluate("localStorage.drafts"), "the part that keeps what is written", every=0.2)
    lead("rooms.rotate", workshop=house["meeting"]["workshop"], rooms=house["meeting"]["rooms"][:2])
    page.wait_for_url("**/r/2")
    page.wait_for_selector(".chip.line.online")


def tray(house) -> str:
    """The id of what came late."""
    store = Store(f"sqlite:///{house['data'] / 'tinkuy.sqlite'}")
    with store.read() as session:
        found = session.query(LateTray).one().id
    store.close()
    return found


def on_disk(page) -> int:
    """How many files the device keeps."""
    return page.evaluate("""() => new Promise((told) => {
      const asked = indexedDB.open("tinkuy-files");
      asked.onsuccess = () => {
        const count = asked.result.transaction("files").objectStore("files").count();
        count.onsuccess = () => { asked.result.close(); told(count.result); };
      };
    })""")


@pytest.mark.parametrize("kind", ["photo", "voice"])
def test_what_is_only_chosen_is_there_after_the_page_was_loaded_again(join, picture, recording, kind):  # noqa: F811
    rosa, luis = join("Rosa", host=HOST), join("Luis")  # plain http, as in a hall: no lock tells that a tab lives
    choose(rosa, picture if kind == "photo" else recording, kind)
    wait_for(lambda: on_disk(rosa) == 1, "it is on the device", every=0.1)
    rosa.reload()
    shown = rosa.locator(".picks img" if kind == "photo" else ".picks audio")
    expect(shown).to_have_count(1)
    post(rosa, "Con lo que elegí")
    expect(card(luis, "Con lo que elegí").locator(".photo img" if kind == "photo" else "audio")).to_be_visible()
    wait_for(lambda: on_disk(rosa) == 0, "it was sent", every=0.1)
    rosa.reload()
    rosa.wait_for_selector(".chip.line.online")
    expect(shown).to_have_count(0)


def test_what_is_left_out_does_not_come_back(join, picture):  # noqa: F811
    rosa = join("Rosa")
    choose(rosa, picture)
    rosa.get_by_role("button", name="Descartar").click()
    wait_for(lambda: on_disk(rosa) == 0, "it is gone", every=0.1)


def test_what_was_chosen_is_another_s_where_another_person_of_the_phone_is_tapped(open_page, house, picture):  # noqa: F811
    phone = family(open_page, house, "Madre", "Hija")
    choose(phone, picture)
    speak(phone, "Hija")
    expect(phone.locator(".picks img")).to_have_count(0)
    post(phone, "De la hija, sin foto")
    expect(card(phone, "De la hija, sin foto")).to_contain_text("Guardado")
    expect(card(phone, "De la hija, sin foto").locator(".photo")).to_have_count(0)
    speak(phone, "Madre")
    expect(phone.locator(".picks img")).to_have_count(1)


def test_a_photo_and_its_words_can_be_sent_late_to_the_room_that_one_had_to_leave(house, join, lead, picture):  # noqa: F811
    rosa = join("Rosa")
    rosa.fill(FIELD, "La semilla de oca")
    choose(rosa, picture)
    wait_for(lambda: on_disk(rosa) == 1, "it is on the device", every=0.1)
    rotate(lead, house, rosa)
    left = rosa.locator(".late-left")
    expect(left).to_have_count(1)
    expect(left.locator("img")).to_be_visible()
    expect(left).to_contain_text("La semilla de oca")
    expect(rosa.locator(FIELD)).to_have_value("")
    expect(rosa.locator(".picks img")).to_have_count(0)
    left.get_by_role("button", name="Enviarlo tarde a la sala 1").click()
    expect(left).to_have_count(0)
    wait_for(lambda: on_disk(rosa) == 0, "the photo was sent", every=0.2)
    assert [(reason, text) for reason, text, _ in rows(house)] == [("left_room", "La semilla de oca")]


def test_a_photo_without_words_comes_into_the_new_room_if_one_chooses_so(house, join, lead, picture):  # noqa: F811
    rosa = join("Rosa")
    choose(rosa, picture)
    wait_for(lambda: on_disk(rosa) == 1, "it is on the device", every=0.1)
    rotate(lead, house, rosa)
    left = rosa.locator(".late-left")
    expect(left).to_contain_text("Eligió esto en la sala 1")
    left.get_by_role("button", name="Ponerlo en esta sala").click()
    expect(left).to_have_count(0)
    expect(rosa.locator(".picks img")).to_have_count(1)
    rosa.reload()
    expect(rosa.locator(".picks img")).to_have_count(1)
    rosa.click("#composer button.main")
    expect(card(rosa, "(Foto)").locator(".photo")).to_be_visible()
    assert rows(house) == []


def test_an_idea_of_the_former_room_stands_once_until_one_chooses_where_it_goes(house, join, lead):  # noqa: F811
    rosa = join("Rosa")
    rosa.fill(FIELD, "Una sola vez")
    rotate(lead, house, rosa)
    left = rosa.locator(".late-left")
    expect(left).to_contain_text("Una sola vez")
    expect(rosa.locator(FIELD)).to_have_value("")
    rosa.reload()
    expect(left).to_contain_text("Una sola vez")
    expect(rosa.locator(FIELD)).to_have_value("")
    left.get_by_role("button", name="Ponerlo en esta sala").click()
    expect(left).to_have_count(0)
    expect(rosa.locator(FIELD)).to_have_value("Una sola vez")
    rosa.reload()
    expect(rosa.locator(FIELD)).to_have_value("Una sola vez")
    expect(left).to_have_count(0)


def test_a_comment_and_a_change_that_were_begun_stand_with_what_was_left_in_the_former_room(house, join, lead):  # noqa: F811
    rosa = join("Rosa")
    for text in ("La primera", "La segunda"):
        post(rosa, text)
        expect(card(rosa, text)).to_contain_text("Guardado")
    card(rosa, "La primera").get_by_role("button", name="Comentar").click()
    rosa.get_by_placeholder("Escriba un comentario").fill("Y además")
    card(rosa, "La segunda").get_by_role("button", name="Cambiar").click()
    rosa.locator(".editor textarea").fill("La segunda, mejor")
    rotate(lead, house, rosa)
    talk = rosa.locator(".late-left", has_text="Estaba escribiendo este comentario en la sala 1")
    change = rosa.locator(".late-left", has_text="Estaba cambiando esta tarjeta en la sala 1")
    expect(talk).to_contain_text("Y además")
    expect(change).to_contain_text("La segunda, mejor")
    talk.get_by_role("button", name="Enviarlo tarde a la sala 1").click()
    expect(talk).to_have_count(0)
    change.get_by_role("button", name="Enviarlo tarde a la sala 1").click()
    expect(change).to_have_count(0)
    wait_for(lambda: len(rows(house)) == 2, "both came", every=0.2)
    assert sorted((reason, text) for reason, text, _ in rows(house)) == [
        ("left_room", "La segunda, mejor"), ("left_room", "Y además")]


def test_a_tab_that_sends_takes_away_only_what_it_sent(join):
    first = join("Rosa")
    first.locator(FIELD).press_sequentially("El borrador largo de la primera")
    wait_for(lambda: first.evaluate("localStorage.drafts"), "the part that keeps what is written", every=0.2)
    second = first.context.new_page()
    second.goto(first.url)
    second.wait_for_selector(".chip.line.online")
    second.fill(FIELD, "Otra cosa")
    second.click("#composer button.main")
    expect(card(second, "Otra cosa")).to_contain_text("Guardado")
    first.reload()
    expect(first.locator(FIELD)).to_have_value("El borrador largo de la primera")
    first.click("#composer button.main")
    expect(card(second, "El borrador largo de la primera")).to_have_count(1)
    first.reload()
    first.wait_for_selector(".chip.line.online")
    expect(first.locator(FIELD)).to_have_value("")


def test_what_a_tab_that_is_gone_has_left_comes_to_the_next_one(join):
    first = join("Rosa")
    first.locator(FIELD).press_sequentially("Antes de que se cerrara")
    wait_for(lambda: first.evaluate("localStorage.drafts"), "the part that keeps what is written", every=0.2)
    address, context = first.url, first.context
    first.close()
    second = context.new_page()
    second.goto(address)
    expect(second.locator(FIELD)).to_have_value("Antes de que se cerrara")
    second.click("#composer button.main")
    expect(card(second, "Antes de que se cerrara")).to_contain_text("Guardado")
    third = context.new_page()
    third.goto(address)
    third.wait_for_selector(".chip.line.online")
    expect(third.locator(FIELD)).to_have_value("")


def test_each_person_of_a_phone_has_a_draft_of_their_own(open_page, house):
    phone = family(open_page, house, "Madre", "Hija")
    phone.fill(FIELD, "Lo que dice la madre")
    speak(phone, "Hija")
    expect(phone.locator(FIELD)).to_have_value("")
    phone.fill(FIELD, "Lo que dice la hija")
    speak(phone, "Madre")
    expect(phone.locator(FIELD)).to_have_value("Lo que dice la madre")
    phone.reload()
    expect(phone.locator(FIELD)).to_have_value("Lo que dice la madre")
    speak(phone, "Hija")
    expect(phone.locator(FIELD)).to_have_value("Lo que dice la hija")
    phone.click("#composer button.main")
    expect(card(phone, "Lo que dice la hija")).to_contain_text("Hija")
    speak(phone, "Madre")
    expect(phone.locator(FIELD)).to_have_value("Lo que dice la madre")


def test_what_one_has_sent_is_not_taken_back_into_another_s_field(open_page, house):
    phone = family(open_page, house, "Madre", "Hija")
    post(phone, "Lo que dijo la madre")
    expect(card(phone, "Lo que dijo la madre")).to_contain_text("Guardado")
    expect(phone.get_by_role("button", name="Deshacer")).to_be_visible()
    speak(phone, "Hija")
    expect(phone.get_by_role("button", name="Deshacer")).to_have_count(0)


def test_the_fields_of_a_card_and_a_comment_are_their_writer_s_own_too(open_page, house):
    phone = family(open_page, house, "Madre", "Hija", room="?r=3")
    phone.locator(".spot summary").click()
    phone.get_by_label("Qué hay *").fill("Acta de 1998")
    phone.get_by_label("Quién lo guarda *").fill("Don Julio")
    speak(phone, "Hija")
    expect(phone.get_by_label("Qué hay *")).to_have_value("")
    speak(phone, "Madre")
    expect(phone.get_by_label("Qué hay *")).to_have_value("Acta de 1998")
    phone.click("#composer button.main")
    mine = card(phone, "Acta de 1998")
    expect(mine).to_contain_text("Guardado")
    mine.get_by_role("button", name="Comentar").click()
    phone.get_by_placeholder("Escriba un comentario").fill("Comenta la madre")
    speak(phone, "Hija")
    expect(phone.get_by_placeholder("Escriba un comentario")).to_have_value("")
    speak(phone, "Madre")
    expect(phone.get_by_placeholder("Escriba un comentario")).to_have_value("Comenta la madre")


def test_a_second_tap_on_send_asks_for_nothing(join):
    rosa = join("Rosa")
    rosa.evaluate("document.addEventListener('invalid', () => { window.asked = true; }, true)")
    rosa.fill(FIELD, "Dos toques")
    wait_for(lambda: rosa.evaluate("localStorage.drafts"), "the part that hears taps", every=0.2)
    rosa.locator("#composer button.main").dblclick()
    expect(card(rosa, "Dos toques")).to_have_count(1)
    expect(card(rosa, "Dos toques")).to_contain_text("Guardado")
    assert rosa.evaluate("window.asked") is None
    rosa.wait_for_function("performance.now() > 0 && document.querySelector('#text').required")


def test_what_came_late_is_said_until_it_stands_on_the_board(house, join, lead, picture):  # noqa: F811
    rosa = join("Rosa")
    choose(rosa, picture)
    lead("step.go", step=1)
    expect(rosa.locator("#hints")).to_contain_text("Este paso no recibe ideas nuevas")
    rosa.get_by_role("button", name="Enviar tarde").click()
    expect(rosa.locator(".note.bad")).to_contain_text("Este paso no recibe esto ahora. Llegó tarde")
    expect(rosa.locator(".late-kept")).to_contain_text("(Foto)")
    wait_for(lambda: len(rows(house)) == 1, "it is in the tray", every=0.2)
    lead("tray.admit", tray=tray(house))
    expect(card(rosa, "(Foto)")).to_be_visible()
    expect(rosa.locator(".late-kept")).to_have_count(0)


def private(house, see: str) -> None:
    """In room 1 cards are for few eyes from now on."""
    store = Store(f"sqlite:///{house['data'] / 'tinkuy.sqlite'}")
    with store.write() as session:
        numbering.lock(session, {house["meeting"]["workshop"]})
        room = session.get(Room, house["meeting"]["rooms"][0])
        room.steps = [{"key": see, "minutes": 0, "opens": ["ideas"], "see": see}]
        numbering.touch(session, room, house["meeting"]["workshop"])
    store.close()


def test_a_private_card_is_in_view_while_the_person_is_chosen_who_wrote_it(open_page, house, lead):  # noqa: F811
    private(house, "own")
    phone = family(open_page, house, "Madre", "Hija")
    post(phone, "Solo de la madre")
    expect(card(phone, "Solo de la madre")).to_contain_text("Guardado")
    speak(phone, "Hija")
    expect(card(phone, "Solo de la madre")).to_have_count(0)
    expect(phone.locator("#beside")).to_contain_text("Madre tiene aquí 1 tarjeta privada")
    post(phone, "Solo de la hija")
    expect(card(phone, "Solo de la hija")).to_contain_text("Guardado")
    phone.reload()
    expect(card(phone, "Solo de la hija")).to_have_count(1)
    expect(card(phone, "Solo de la madre")).to_have_count(0)
    speak(phone, "Madre")
    expect(card(phone, "Solo de la madre")).to_have_count(1)
    expect(card(phone, "Solo de la hija")).to_have_count(0)
    plain = open_page("phone", java_script_enabled=False)
    plain.context.add_cookies(phone.context.cookies())
    plain.goto(phone.url)
    expect(plain.locator("#board")).to_contain_text("Solo de la madre")
    expect(plain.locator("#board")).not_to_contain_text("Solo de la hija")
    expect(plain.locator("#beside")).to_contain_text("Hija tiene aquí 1 tarjeta privada")
    plain.locator(".people .chip", has_text="Hija").click()
    expect(plain.locator("#board")).to_contain_text("Solo de la hija")
    expect(plain.locator("#board")).not_to_contain_text("Solo de la madre")


def test_what_a_pair_shares_is_in_view_for_those_of_the_phone_who_are_in_it(open_page, house, join, lead):  # noqa: F811
    private(house, "pair")
    phone = family(open_page, house, "Madre", "Hija", "Abuela")  # three are one pair: whoever comes next is in another
    other = join("Rosa")
    post(phone, "De las tres")
    speak(phone, "Abuela")
    expect(card(phone, "De las tres")).to_have_count(1)
    post(other, "De otra pareja")
    expect(card(other, "De otra pareja")).to_contain_text("Guardado")
    expect(card(phone, "De otra pareja")).to_have_count(0)
