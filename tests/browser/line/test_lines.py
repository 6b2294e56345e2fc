"""What happens to what was typed when the line, the server or the page goes away."""
import json
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.facilitator.test_a_meeting import card, post
from tests.support import cast
from workshop.house import utc_now
from workshop.store.models import Seat
from workshop.store.session import Store


def test_what_is_written_without_a_line_is_sent_when_it_returns(join):
    rosa, luis = join("Rosa"), join("Luis")
    rosa.context.set_offline(True)
    for i in range(3):
        post(rosa, f"Escrita sin línea {i}")
    expect(card(rosa, "Escrita sin línea 0")).to_contain_text("En este aparato, falta enviar")
    expect(rosa.locator(".chip.line")).to_contain_text("3 por enviar", timeout=60_000)
    rosa.context.set_offline(False)
    for i in range(3):
        expect(card(luis, f"Escrita sin línea {i}")).to_have_count(1, timeout=60_000)
    expect(rosa.locator(".chip.line.online")).not_to_contain_text("por enviar", timeout=60_000)


def test_what_was_not_sent_survives_that_the_page_is_loaded_again(join, house):
    rosa, luis = join("Rosa"), join("Luis")
    rosa.on("dialog", lambda dialog: dialog.accept())
    rosa.route("**/api/**", lambda route: route.abort())
    house["server"].kill()
    post(rosa, "Antes de recargar")
    expect(card(rosa, "Antes de recargar")).to_contain_text("falta enviar")
    house["server"].start()
    rosa.reload()
    expect(card(luis, "Antes de recargar")).to_have_count(1, timeout=60_000)
    expect(card(rosa, "Antes de recargar")).to_have_count(1, timeout=60_000)


def test_a_draft_is_still_there_when_the_page_comes_back(join):
    rosa = join("Rosa")
    rosa.locator("#text").press_sequentially("A medio escribir")
    rosa.reload()
    expect(rosa.locator("#text")).to_have_value("A medio escribir")
    rosa.fill("#text", "")


def test_two_tabs_of_one_person_both_write_and_agree(join):
    one = join("Rosa")
    two = one.context.new_page()
    two.goto(one.url)
    two.wait_for_selector(".chip.line.online")
    post(one, "Desde la primera pestaña")
    post(two, "Desde la segunda pestaña")
    for page in (one, two):
        expect(card(page, "Desde la primera pestaña")).to_have_count(1)
        expect(card(page, "Desde la segunda pestaña")).to_have_count(1)
    expect(card(two, "Desde la primera pestaña").get_by_role("button", name="Cambiar")).to_be_visible()


def test_a_refused_text_can_be_taken_back(join, staff, house):
    rosa = join("Rosa", room=3)
    desk = staff(f"/w/{house['meeting']['workshop']}/desk")
    rosa.context.set_offline(True)
    post(rosa, "Escrita antes de que cerrara el paso")
    desk.locator(".tile", has_text="Sala 3").get_by_role("button", name="Siguiente paso: Votar").click()
    rosa.context.set_offline(False)
    expect(rosa.locator(".note.bad")).to_contain_text("quedó guardado para el equipo facilitador", timeout=60_000)
    tile = desk.locator(".tile", has_text="Sala 3")
    tile.locator(".state > summary").click()
    late = tile.locator("div.late")
    expect(late).to_contain_text("Escrita antes de que cerrara el paso")
    late.get_by_role("button", name="Poner en el tablero").click()
    expect(card(rosa, "Escrita antes de que cerrara")).to_be_visible()


def test_taps_without_a_line_become_one_ballot_and_never_overwrite_another_device(join, house, open_page):
    rosa = join("Rosa", room=2)
    post(rosa, "Una idea para votar")
    code = house["server"] and rosa.evaluate("""async () => {
      const page = await (await fetch(location.pathname.replace(/\\/r\\/.*/, ""))).text();
      return page.match(/class="mono">([\\w-]+)</)[1]; }""")
    rosa.wait_for_selector(".saved")
    meeting = house["meeting"]
    app = cast.app(house["data"])
    cast.to_step(app, meeting["rooms"][1], 1)
    app.extensions["house"].store.close()
    other = open_page()
    other.goto("/")
    other.fill("#code", code)
    other.locator("button.main.wide").click()
    rosa.reload()
    for page in (rosa, other):
        page.wait_for_selector(".chip.line.online")
    plus = card(rosa, "Una idea para votar").get_by_role("button", name="Un punto más")
    expect(plus).to_be_visible()  # what a vote needs has come
    rosa.context.set_offline(True)
    for _ in range(3):
        plus.click()
    expect(rosa.locator(".chip.line")).to_contain_text("1 por enviar")
    card(other, "Una idea para votar").get_by_role("button", name="Un punto más").click()
    expect(other.locator("#bar")).to_contain_text("Le quedan 4 puntos")
    rosa.context.set_offline(False)
    expect(rosa.locator(".note.bad")).to_contain_text("Su voto cambió en otro aparato", timeout=60_000)
    expect(rosa.locator("#bar")).to_contain_text("Le quedan 4 puntos")
    expect(other.locator("#bar")).to_contain_text("Le quedan 4 puntos")


def test_a_tab_that_is_killed_leaves_its_words_to_the_next_one(join, house):
    rosa, luis = join("Rosa"), join("Luis")
    rosa.context.set_offline(True)
    for i in range(3):
        post(rosa, f"Antes de morir {i}")
    expect(rosa.locator(".chip.line")).to_contain_text("3 por enviar", timeout=60_000)
    rosa.close(run_before_unload=False)  # no handler of the page runs
    rosa.context.set_offline(False)
    again = rosa.context.new_page()
    again.goto(f"/w/{house['meeting']['workshop']}/r/1")
    for i in range(3):
        expect(card(luis, f"Antes de morir {i}")).to_have_count(1, timeout=60_000)


@pytest.mark.parametrize("noticed", [True, False], ids=["the server notices", "only the pages can tell"])
def test_what_a_restored_server_has_forgotten_the_phones_bring_back(join, house, noticed):
    rosa, luis = join("Rosa"), join("Luis")
    server, data = house["server"], house["data"]
    before, after = f"Antes de la copia {noticed}", [f"Después de la copia {i} {noticed}" for i in range(3)]
    post(rosa, before)
    expect(card(luis, before)).to_have_count(1)
    server.stop()
    copy = {file.name: file.read_bytes() for file in data.glob("tinkuy.sqlite*")}
    server.start()
    for text in after:
        post(rosa, text)
        expect(card(luis, text)).to_have_count(1, timeout=60_000)
    server.stop()
    for file in data.glob("tinkuy.sqlite*"):
        file.unlink()
    for name, content in copy.items():
        (data / name).write_bytes(content)
    if not noticed:
        (data / "reached").write_text(json.dumps({"total": 0, "file": (data / "tinkuy.sqlite").stat().st_ino}))
    server.start()
    for page in (luis, rosa):
        for text in (before, *after):
            expect(card(page, text)).to_have_count(1, timeout=60_000)


def test_who_came_after_the_copy_can_keep_what_the_restored_server_has_forgotten(join, house):
    server, data = house["server"], house["data"]
    server.stop()
    copy = {file.name: file.read_bytes() for file in data.glob("tinkuy.sqlite*")}
    server.start()
    rosa = join("Rosa Tardía")
    post(rosa, "La copia no la conoce")
    rosa.wait_for_selector(".saved")
    server.stop()
    for file in data.glob("tinkuy.sqlite*"):
        file.unlink()
    for name, content in copy.items():
        (data / name).write_bytes(content)
    server.start()
    button = rosa.get_by_role("button", name="Guardar lo que escribí en un archivo")
    expect(button).to_be_visible(timeout=60_000)
    with rosa.expect_download() as download:
        button.click()
    assert "La copia no la conoce" in Path(download.value.path()).read_text()


def test_a_person_who_is_removed_can_keep_what_was_written(join, house):
    rosa = join("Rosa Removida")
    rosa.context.set_offline(True)
    post(rosa, "Esto no se debe perder")
    store = Store(f"sqlite:///{house['data'] / 'tinkuy.sqlite'}")
    with store.write() as session:
        session.query(Seat).filter_by(name="Rosa Removida").one().revoked_at = utc_now()
    store.close()
    rosa.context.set_offline(False)
    button = rosa.get_by_role("button", name="Guardar lo que escribí en un archivo")
    expect(button).to_be_visible(timeout=60_000)
    with rosa.expect_download() as download:
        button.click()
    assert Path(download.value.path()).read_text() == "Esto no se debe perder\n"


def test_who_opens_a_page_without_a_line_is_told_so_and_nothing_of_a_person_is_kept(join):
    rosa = join("Rosa")
    address = rosa.url
    rosa.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    rosa.reload()
    expect(rosa.locator(".chip.line.online")).to_be_visible(timeout=60_000)
    kept = rosa.evaluate("""async () => {
        const kept = await Promise.all((await caches.keys()).map(async (name) => (await caches.open(name)).keys()));
        return kept.flat().map((one) => new URL(one.url).pathname); }""")
    assert kept and all(path == "/offline" or path.startswith("/a/") for path in kept), kept
    rosa.context.set_offline(True)
    rosa.goto(address)
    expect(rosa.locator("h1")).to_have_text("Sin conexión")
    rosa.context.set_offline(False)
    rosa.get_by_role("link", name="Intentar de nuevo").click()
    expect(rosa.locator(".chip.line.online")).to_be_visible(timeout=60_000)


def test_a_browser_takes_our_answer_on_compression_and_both_read_what_is_said(open_page, join):
    rosa = join("Rosa")
    heads, network = [], rosa.context.new_cdp_session(rosa)
    network.on("Network.webSocketHandshakeResponseReceived", lambda seen: heads.append(seen["response"]["headers"]))
    network.send("Network.enable")
    rosa.reload()
    rosa.wait_for_selector(".chip.line.online")
    agreed = {name.lower(): value for name, value in heads[0].items()}["sec-websocket-extensions"]
    assert "permessage-deflate" in agreed and "client_no_context_takeover" in agreed
    luis = join("Luis")
    for i in range(3):  # each begins as the one before, to which the browser must not refer
        post(rosa, f"Comprimida cada una por sí sola, la {i}")
        expect(card(luis, f"por sí sola, la {i}")).to_have_count(1)
    assert rosa.locator(".chip.line.online").count() == 1 and len(heads) == 1, "on one line"
