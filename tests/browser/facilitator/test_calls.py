"""From the desk to people's screens and back: a message that is read, help that is seen, a call that takes screens along and
keeps what is being typed."""
from playwright.sync_api import expect

from tests.browser.desks import seldom

# Five seconds may be too short for a test on a busy machine: the page presses the button when it comes.
STAYS = """() => { const look = new MutationObserver(() => {
    const stay = document.querySelector("#calls .call p:has(span) + .row button");
    if (stay) { look.disconnect(); stay.click(); } });
  look.observe(document.body, { childList: true, subtree: true, characterData: true }); }"""


def test_one_person_leads_from_the_desk_and_people_see_it(join, staff, house):
    rosa, julio = join("Rosa"), join("Julio", room=2)
    at = house["meeting"]["workshop"]
    desk = staff(f"/w/{at}/desk")
    desk.locator(".whom summary").click()
    desk.locator(".whom input").first.check()
    desk.fill("#say", "Faltan diez minutos")
    desk.get_by_role("button", name="Enviar a 1 persona").click()
    banner = rosa.locator("#calls .said-to")
    expect(banner).to_contain_text("Faltan diez minutos")
    expect(desk.locator("#saying")).to_contain_text("0 de 1 lo han leído")
    banner.get_by_role("button", name="Ya lo leí").click()
    expect(banner).to_have_count(0)
    expect(desk.locator("#saying")).to_contain_text("1 de 1 lo han leído")
    rosa.reload()
    expect(rosa.locator(".chip.line.online")).to_be_visible()
    expect(rosa.get_by_role("button", name="Pedir ayuda")).to_be_visible()  # its part has come: it knows what was read
    expect(rosa.locator("#calls .said-to")).to_have_count(0)
    expect(julio.locator("#calls .said-to")).to_have_count(0)

    rosa.get_by_role("button", name="Pedir ayuda").click()
    need = desk.locator("#needs .need").first
    expect(need).to_contain_text("pide ayuda")
    need.get_by_role("button", name="Ya voy").click()
    expect(rosa.locator("#calls .asked")).to_contain_text("Elena Quispe viene")
    desk.locator("#needs .need").first.get_by_role("button", name="Ya está resuelto").click()
    expect(rosa.locator("#calls .asked")).to_have_count(0)

    rosa.evaluate(STAYS)  # at this call: the next one takes the screen along
    seldom(desk.locator(".tile").nth(1)).locator("button", has=desk.locator("use[href='#i-call']")).click()
    expect(rosa.locator("#calls .call")).to_contain_text("sala 2")
    expect(rosa.locator("#calls .call a")).to_have_text("Ir a ese lugar")

    rosa.fill("#text", "Lo que estaba escribiendo")
    desk.get_by_role("button", name="Llamar a la plenaria").click()
    expect(rosa.locator("#calls .call")).to_contain_text("va a la plenaria")
    rosa.wait_for_url(f"**/w/{at}/plenary")
    expect(julio.locator("#calls .call")).to_have_count(0)
    rosa.locator("#calls .call-back a").click()
    rosa.wait_for_url(f"**/w/{at}/r/1**")
    expect(rosa.locator("#text")).to_have_value("Lo que estaba escribiendo")
