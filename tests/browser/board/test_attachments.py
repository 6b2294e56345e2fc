"""Photos and voice notes from a phone to the other screens, with the line going away in between."""
import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import HOST
from tests.browser.everybody.test_everybody import complaints
from tests.browser.facilitator.test_a_meeting import card, post
from tests.media.pictures import jpeg, wav

WIDTH = "img => img.complete && img.naturalWidth"


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    """A photo of a telephone, as a file."""
    file = tmp_path_factory.mktemp("camera") / "IMG_0001.jpg"
    file.write_bytes(jpeg(2400, 1800))
    return file


@pytest.fixture(scope="module")
def recording(tmp_path_factory):
    """A recording made by another program of the telephone."""
    file = tmp_path_factory.mktemp("recorder") / "nota.wav"
    file.write_bytes(wav(2))
    return file


def choose(page, file, kind: str = "photo") -> None:
    """Add a file beside the field, as the camera gives it back."""
    page.get_by_role("button", name="Agregar una foto o una nota de voz").click()
    page.locator(f"input[data-kind={kind}]").set_input_files(file)
    page.wait_for_selector(".picks img" if kind == "photo" else ".picks audio")


def seen(page, text: str) -> int:
    """The points of the thumbnail on the card, once it is there."""
    thumbnail = card(page, text).locator(".photo img")
    expect(thumbnail).to_be_visible(timeout=60_000)
    thumbnail.scroll_into_view_if_needed()
    page.wait_for_function(WIDTH, arg=thumbnail.element_handle())
    return thumbnail.evaluate("img => img.naturalWidth")


def test_a_photo_taken_without_a_line_is_on_the_other_screen_when_it_returns(join, picture):
    rosa, luis = join("Rosa"), join("Luis", size="laptop")
    choose(rosa, picture)
    rosa.context.set_offline(True)
    post(rosa, "El almacén de semilla")
    mine = card(rosa, "El almacén de semilla")
    expect(mine).to_contain_text("Foto: En este aparato, falta enviar")
    expect(rosa.locator(".chip.line")).to_contain_text("2 por enviar", timeout=60_000)
    assert seen(rosa, "El almacén de semilla") == 1280  # what is shown meanwhile is the device's own
    rosa.context.set_offline(False)
    assert 80 <= seen(luis, "El almacén de semilla") <= 320
    expect(mine).to_contain_text("✓ Foto: Guardado", timeout=60_000)
    expect(rosa.locator(".chip.line")).not_to_contain_text("por enviar", timeout=60_000)
    with luis.context.expect_page() as whole:
        card(luis, "El almacén de semilla").locator(".photo").click()
    whole.value.wait_for_load_state()
    assert whole.value.evaluate("document.images[0].naturalWidth") == 1280
    assert [said for page in (rosa, luis) for said in complaints(page)] == []
    rosa.on("dialog", lambda dialog: dialog.accept())
    mine.get_by_role("button", name="Quitar la foto").click()
    expect(card(luis, "El almacén de semilla").locator(".photo")).to_have_count(0)


def test_a_photo_that_was_not_sent_survives_that_the_page_is_loaded_again(join, picture):
    rosa, luis = join("Rosa"), join("Luis")
    rosa.on("dialog", lambda dialog: dialog.accept())
    rosa.route("**/api/attach", lambda route: route.abort())
    choose(rosa, picture)
    post(rosa, "La feria de Taraco")
    expect(card(luis, "La feria de Taraco")).to_have_count(1)
    expect(card(rosa, "La feria de Taraco")).to_contain_text("Foto: En este aparato, falta enviar")
    rosa.reload()
    expect(card(rosa, "La feria de Taraco")).to_contain_text("Foto: En este aparato, falta enviar", timeout=60_000)
    expect(card(luis, "La feria de Taraco").locator(".photo")).to_have_count(0)
    rosa.unroute("**/api/attach")
    assert 80 <= seen(luis, "La feria de Taraco") <= 320
    expect(card(rosa, "La feria de Taraco")).not_to_contain_text("falta enviar", timeout=60_000)


def test_who_does_not_write_leaves_a_voice_note_and_the_rapporteur_writes_it_down(join, staff, house, recording):
    rosa, luis = join("Rosa", room=2, host=HOST), join("Luis", room=2)  # plain http: no microphone for the page
    choose(rosa, recording, "voice")
    rosa.click("#composer button.main")
    for page in (rosa, luis):
        expect(card(page, "(Nota de voz)").locator("audio")).to_be_visible(timeout=60_000)
    expect(card(rosa, "(Nota de voz)")).to_contain_text("✓ Nota de voz: Guardado", timeout=60_000)
    length = card(luis, "(Nota de voz)").locator("audio").evaluate(
        "audio => new Promise(told => { audio.onloadedmetadata = () => told(audio.duration); audio.preload = 'metadata'; })")
    assert length == pytest.approx(2)
    scribe = staff(f"/w/{house['meeting']['workshop']}/r/2/scribe")
    expect(scribe.locator(".voices li")).to_have_count(1)
    assert complaints(scribe) == []
    scribe.get_by_label("¿Qué dice?").fill("Que la feria siga cada semana.")
    scribe.locator(".voices").get_by_role("button", name="Guardar").click()
    expect(scribe.locator(".voices")).to_have_count(0)
    expect(card(luis, "Que la feria siga cada semana.").locator("audio")).to_be_visible()  # they are the card's text now
    expect(card(luis, "(Nota de voz)")).to_have_count(0)


def test_what_is_said_into_the_microphone_becomes_a_card(join, house):
    rosa, luis = join("Rosa", room=3, permissions=["microphone"]), join("Luis", room=3)
    rosa.get_by_role("button", name="Agregar una foto o una nota de voz").click()
    rosa.get_by_role("button", name="Nota de voz", exact=True).click()
    expect(rosa.get_by_role("timer")).to_contain_text(re.compile("[1-9]$"))  # whichever second a busy machine shows first
    post(rosa, "Lo digo en voz alta")  # sending ends the recording
    expect(card(luis, "Lo digo en voz alta").locator("audio")).to_be_visible(timeout=60_000)
    kind = luis.request.get(card(luis, "Lo digo en voz alta").locator("audio").get_attribute("src")).headers["content-type"]
    assert kind in ("audio/mp4", "audio/webm")


def test_a_file_that_is_no_photo_is_said_at_once(join, recording):
    rosa = join("Rosa")
    rosa.get_by_role("button", name="Agregar una foto o una nota de voz").click()
    rosa.locator("input[data-kind=photo]").set_input_files(recording)
    expect(rosa.locator(".note.bad")).to_contain_text("Esto no es una foto")


PASTE = """async ([bytes, type, text]) => {
  const board = new DataTransfer();
  board.items.add(new File([Uint8Array.from(bytes)], "image", { type }));
  if (text) board.setData("text/plain", text);
  document.querySelector("#text").dispatchEvent(new ClipboardEvent("paste", { clipboardData: board, bubbles: true }));
}"""


def test_a_picture_that_is_pasted_becomes_a_photo_and_text_beside_one_stays_text(join, picture):
    rosa, luis = join("Rosa", size="laptop"), join("Luis")
    content = list(picture.read_bytes())
    rosa.evaluate(PASTE, [content, "image/jpeg", "una celda"])
    expect(rosa.locator(".picks")).to_have_count(0)
    rosa.evaluate(PASTE, [content, "image/jpeg", ""])
    rosa.wait_for_selector(".picks img")
    post(rosa, "Pegado de la pantalla")
    assert 80 <= seen(luis, "Pegado de la pantalla") <= 320
    assert complaints(rosa) == []


@pytest.mark.parametrize(("kind", "head", "said"), [
    ("photo", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "captura de pantalla"),
    ("voice", b"#!AMR\n" + b"\x3c" * 320, "M4A o MP3")])
def test_what_the_server_cannot_read_is_said_before_it_leaves_the_device(join, tmp_path, kind, head, said):
    rosa = join("Rosa", room=2, host=HOST)

    def without_the_extra(route) -> None:
        words = route.fetch(url=route.request.url.replace(HOST, "127.0.0.1")).json()
        route.fulfill(json={key: word for key, word in words.items() if not key.startswith("takes.")})
    rosa.route("**/words/*", without_the_extra)
    rosa.route("**/api/attach", lambda route: pytest.fail("it was sent"))
    rosa.reload()
    file = tmp_path / "of-a-phone"
    file.write_bytes(head)
    rosa.get_by_role("button", name="Agregar una foto o una nota de voz").click()
    rosa.locator(f"input[data-kind={kind}]").set_input_files(file)
    expect(rosa.locator(".note.bad")).to_contain_text(said)
    expect(rosa.locator(".picks img, .picks audio")).to_have_count(0)
