"""What was typed and could not be saved stays on the phone, is shown, and is never sent in another person's name."""
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.board.test_attachments import choose
from tests.browser.everybody.test_everybody import complaints
from tests.browser.facilitator.test_a_meeting import card, post
from tests.live.server import Server
from tests.media.pictures import jpeg
from tests.support import cast
from workshop.house import utc_now
from workshop.store.models import Room, Seat
from workshop.store.session import Store
from workshop.store.streams import numbering

STEP = {"key": "juntos", "minutes": 0, "opens": ["ideas"], "may": {"edit": "all"}}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server; in room 1 all may change all."""
    data = tmp_path_factory.mktemp("left")
    app = cast.app(data)
    meeting = cast.found(app)
    app.extensions["house"].store.close()
    server = Server(data).start()
    found = {"url": server.url, "meeting": meeting, "server": server, "data": data}
    change(found)
    yield found
    server.stop()


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    """A photo, as a file."""
    file = tmp_path_factory.mktemp("camera") / "IMG_0001.jpg"
    file.write_bytes(jpeg(600, 400))
    return file


def change(house, deadline=None, **step) -> None:
    """Another step in room 1."""
    store = Store(f"sqlite:///{house['data'] / 'tinkuy.sqlite'}")
    with store.write() as session:
        numbering.lock(session, {house["meeting"]["workshop"]})
        room = session.get(Room, house["meeting"]["rooms"][0])
        room.steps, room.step_at, room.deadline = [STEP | step], utc_now() - timedelta(minutes=2), deadline
        numbering.touch(session, room, house["meeting"]["workshop"])
    store.close()


def revoke(house, name: str) -> None:
    """Somebody is no participant any more."""
    store = Store(f"sqlite:///{house['data'] / 'tinkuy.sqlite'}")
    with store.write() as session:
        session.query(Seat).filter_by(name=name).one().revoked_at = utc_now()
    store.close()


def saved(page) -> str:
    """The file into which everything is kept."""
    with page.expect_download() as download:
        page.locator(".left").get_by_role("button", name="Guardar lo que escribí en un archivo").click()
    return Path(download.value.path()).read_text()


def offline(page) -> None:
    """The phone has no line, and knows it."""
    page.context.set_offline(True)
    expect(page.locator(".chip.line.offline")).to_be_visible(timeout=60_000)


def test_every_refused_text_stays_over_a_reload_until_it_is_taken_back_or_discarded(join, house):
    change(house)
    rosa = join("Rosa")
    offline(rosa)
    for i in range(5):
        post(rosa, f"Escrita sin línea {i}")
    change(house, limit=2)
    rosa.context.set_offline(False)
    left = rosa.locator(".left")
    expect(left.locator("li")).to_have_count(3, timeout=60_000)
    expect(left.locator("summary")).to_have_text("No se guardó en el servidor: 3")
    expect(left.locator("li").first).to_contain_text("2 ideas por persona")
    assert complaints(rosa) == []
    rosa.reload()
    expect(left.locator("li")).to_have_count(3, timeout=60_000)
    expect(left.get_by_role("button", name="Recuperar mi texto")).to_have_count(0)  # the step takes no more
    assert saved(rosa) == "".join(f"Escrita sin línea {i}\n\n" for i in (2, 3, 4))[:-1]
    left.locator("li", has_text="sin línea 3").get_by_role("button", name="Descartar").click()
    expect(left.locator("li")).to_have_count(2)
    change(house)
    rosa.reload()
    expect(left.locator("li")).to_have_count(2, timeout=60_000)
    rosa.fill("#text", "Ya había algo")
    left.locator("li", has_text="sin línea 2").get_by_role("button", name="Recuperar mi texto").click()
    expect(rosa.locator("#text")).to_have_value("Ya había algo\nEscrita sin línea 2")
    expect(left.locator("li")).to_have_count(1)
    rosa.reload()
    expect(rosa.locator("#text")).to_have_value("Ya había algo\nEscrita sin línea 2")
    expect(left.locator("li")).to_have_text([r := left.locator("li").first.inner_text()])
    assert "sin línea 4" in r


def test_what_waits_is_sent_after_somebody_joined_on_the_phone_and_shown_after_somebody_left_it(join, house, picture):
    change(house)
    meeting = house["meeting"]
    phone, luis = join("Elvira"), join("Luis")
    context, address = phone.context, phone.url
    offline(phone)
    post(phone, "Antes de que llegara Julio")
    expect(phone.locator(".chip.line")).to_contain_text("1 por enviar")
    phone.close()
    context.set_offline(False)
    phone = context.new_page()
    phone.goto(f"/j/{meeting['code']}?for=1&r=1")
    phone.fill("#name", "Julio")
    phone.locator("input[name=delegation]").first.check()
    phone.locator("input[name=channel]").first.check()
    phone.locator("button.main.wide").click()
    expect(card(luis, "Antes de que llegara Julio")).to_contain_text("Elvira", timeout=60_000)
    phone.goto(address)
    phone.wait_for_selector(".chip.line.online")
    phone.get_by_role("button", name="Elvira").click()
    choose(phone, picture)
    offline(phone)
    post(phone, "De Elvira a solas")
    expect(phone.locator(".chip.line")).to_contain_text("2 por enviar")
    phone.close()
    revoke(house, "Elvira")
    context.set_offline(False)
    phone = context.new_page()
    phone.goto(address)
    left = phone.locator(".left")
    expect(left.locator("li")).to_have_count(2, timeout=60_000)
    expect(left).to_contain_text("Lo escribió aquí otra persona")
    expect(left.get_by_role("link", name="Foto")).to_have_count(1)
    expect(phone.locator("body")).not_to_contain_text("De Elvira a solas")
    assert saved(phone) == "De Elvira a solas\n"
    post(phone, "De Julio")
    expect(card(luis, "De Julio")).to_have_count(1, timeout=60_000)
    expect(card(luis, "De Elvira a solas")).to_have_count(0)


def test_a_draft_is_its_writer_s_own_and_comments_and_changes_keep_theirs_too(join, house):
    change(house)
    phone = join("Sonia")
    post(phone, "La feria de Taraco")
    mine = card(phone, "La feria de Taraco")
    expect(mine).to_contain_text("Guardado")
    phone.locator("#text").press_sequentially("De Sonia")
    mine.get_by_role("button", name="Comentar").click()
    phone.get_by_placeholder("Escriba un comentario").press_sequentially("Un comentario a medias")
    mine.get_by_role("button", name="Cambiar").click()
    phone.locator(".editor textarea").fill("La feria de Taraco y")
    phone.reload()
    phone.wait_for_selector(".chip.line.online")
    expect(phone.locator("#text")).to_have_value("De Sonia")
    mine.get_by_role("button", name="Comentar").click()
    expect(phone.get_by_placeholder("Escriba un comentario")).to_have_value("Un comentario a medias")
    phone.get_by_placeholder("Escriba un comentario").press("Enter")
    expect(mine.locator(".talk li")).to_contain_text("Un comentario a medias")
    expect(phone.get_by_placeholder("Escriba un comentario")).to_have_value("")
    mine.get_by_role("button", name="Cambiar").click()
    expect(phone.locator(".editor textarea")).to_have_value("La feria de Taraco y")
    phone.locator(".editor").get_by_role("button", name="Guardar").click()
    expect(card(phone, "La feria de Taraco y")).to_be_visible()
    mine.get_by_role("button", name="Cambiar").click()
    expect(phone.locator(".editor textarea")).to_have_value("La feria de Taraco y")
    revoke(house, "Sonia")
    other = phone.context.new_page()
    other.goto(f"/j/{house['meeting']['code']}?r=1")
    other.fill("#name", "Ramiro")
    other.locator("input[name=delegation]").first.check()
    other.locator("input[name=channel]").first.check()
    other.locator("button.main.wide").click()
    other.wait_for_selector(".chip.line.online")
    expect(other.locator("#text")).to_have_value("")


def test_the_page_asks_before_it_closes_only_while_something_is_unsaved(join, house):
    change(house)
    rosa, asked = join("Rosa"), []
    rosa.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    post(rosa, "Guardada antes de cerrar")
    expect(card(rosa, "Guardada antes de cerrar")).to_contain_text("Guardado")
    offline(rosa)
    post(rosa, "Aún no enviada")
    expect(rosa.locator(".chip.line")).to_contain_text("1 por enviar")
    rosa.close(run_before_unload=True)
    rosa.wait_for_timeout(500)
    assert asked == ["beforeunload"] and not rosa.is_closed()
    rosa.context.set_offline(False)
    expect(card(rosa, "Aún no enviada")).to_contain_text("Guardado", timeout=60_000)
    with rosa.expect_event("close"):
        rosa.close(run_before_unload=True)
    assert asked == ["beforeunload"]


def test_in_the_seconds_of_grace_the_clock_says_that_a_sentence_can_be_finished(join, house):
    change(house, deadline=utc_now() + timedelta(seconds=1), closes=True, grace=30)
    rosa = join("Rosa")
    expect(rosa.locator("#clock")).to_contain_text("Terminen su frase: ", timeout=60_000)
    post(rosa, "La última frase")
    expect(card(rosa, "La última frase")).to_contain_text("Guardado")
    change(house, deadline=utc_now() - timedelta(seconds=5), closes=True, grace=0)
    rosa.reload()
    expect(rosa.locator("#clock")).to_have_text("Se acabó el tiempo")
