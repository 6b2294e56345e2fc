"""Three journeys by keyboard alone: what is pressed is found by the words that the accessibility tree has for it, what has
the focus is seen, and a redraw does not take it away."""
import re

from playwright.sync_api import expect

MOST = 90  # presses of the tab key on one page
# How thick the ring is around what has the focus: its own, or that of the choice that it stands in.
RING = """() => Math.max(...[document.activeElement, document.activeElement.closest("label, li, .card, fieldset")]
  .filter((one) => one).map((one) => getComputedStyle(one)).map((style) =>
    style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth)))"""


def said(page) -> str:
    """What the accessibility tree says of what has the focus."""
    focus = page.locator(":focus")
    lines = focus.aria_snapshot().splitlines() if focus.count() else []
    return lines[0].replace("'", "") if lines else ""


def to(page, role: str, name: str, key: str = "Tab") -> None:
    """Go with the tab key to the first part with this role whose name begins so."""
    wanted, passed = re.compile(rf'- {role} "?(?:{name})'), []
    for _ in range(MOST):
        page.keyboard.press(key)
        passed.append(said(page))
        if wanted.match(passed[-1]):
            assert page.evaluate(RING) >= 2, f"the focus is not seen on {passed[-1]}"
            return
    raise AssertionError(f"no key leads to {role} {name!r}: {passed}")


def press(page, role: str, name: str, key: str = "Enter") -> None:
    to(page, role, name)
    page.keyboard.press(key)


def test_who_takes_part_comes_in_writes_votes_and_changes_it(open_page, staff, house):
    page = open_page("laptop")
    page.goto("/")
    to(page, "textbox", "Código del taller")
    page.keyboard.type(f"{house['meeting']['code']}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/j/*")
    to(page, "textbox", "Su nombre")
    page.keyboard.type("Rosa Mamani")
    press(page, "radio", "", "Space")
    press(page, "radio", "Aquí, en el encuentro|Presencial", "Space")
    press(page, "button", "Entrar")
    page.wait_for_url("**/w/*")
    page.wait_for_selector(".chip.line.online")
    press(page, "button", "Sala 3")
    page.wait_for_selector("#composer")
    page.wait_for_selector(".chip.line.online")
    to(page, "textbox", "Su idea")
    page.keyboard.type("Guardar semilla propia")
    press(page, "button", "Enviar")
    expect(page.locator(".card", has_text="Guardar semilla")).to_contain_text("Guardad")

    desk = staff(f"/w/{house['meeting']['workshop']}/desk")
    desk.locator(".tile", has_text="Sala 3").get_by_role("button", name="Siguiente paso").click()
    page.wait_for_selector("button[aria-label^='Un punto más']", state="attached")
    page.locator("#main").focus()
    press(page, "button", "Un punto más en R3-001")
    expect(page.locator("#bar")).to_contain_text("Le quedan 4 puntos")
    assert said(page).startswith('- button "Un punto más en R3-001"'), "the focus stays where it was"
    page.keyboard.press("Enter")
    expect(page.locator("#bar")).to_contain_text("Le quedan 3 puntos")
    to(page, "button", "Un punto menos en R3-001", "Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#bar")).to_contain_text("Le quedan 4 puntos")


def test_who_reports_writes_a_sentence_with_its_card_and_publishes_it(join, staff, house):
    rosa = join("Rosa", room=1)
    rosa.fill("#text", "La feria semanal mantuvo el precio")
    rosa.click("#composer button.main")
    rosa.wait_for_selector(".saved")
    page = staff(f"/w/{house['meeting']['workshop']}/r/1/scribe")
    page.wait_for_selector(".chip.line.online")
    page.wait_for_selector(".card")
    press(page, "button", "Citar")
    to(page, "textbox", "")
    page.keyboard.type("La feria sostuvo el precio.")
    press(page, "button", "Guardar")
    expect(page.locator(".sentence")).to_contain_text("La feria sostuvo el precio.")
    expect(page.locator(".sentence")).to_contain_text("R1-001")
    press(page, "button", "Publicar en plenaria")
    rosa.goto(f"/w/{house['meeting']['workshop']}/plenary")
    expect(rosa.locator("main")).to_contain_text("La feria sostuvo el precio.")


def test_who_leads_goes_to_the_next_step_pauses_and_goes_on(join, staff, house):
    rosa = join("Julio", room=2)
    page = staff(f"/w/{house['meeting']['workshop']}/desk")
    page.wait_for_selector(".chip.line.online", state="attached")
    tile = page.locator(".tile", has_text="Sala 2")
    tile.evaluate("(tile) => { tile.tabIndex = -1; tile.focus(); }")
    press(page, "button", "Siguiente paso: Votar")
    expect(rosa.locator("#step")).to_contain_text("Paso 2")
    tile.evaluate("(tile) => { tile.tabIndex = -1; tile.focus(); }")
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.seldom > summary')"):
            break
    page.keyboard.press("Enter")
    press(page, "button", 'Pausa"')
    expect(rosa.locator("header")).to_contain_text(re.compile("Pausa|⏸|En pausa"))
    page.wait_for_function("document.activeElement.closest('.tile')")  # the button is gone, and the focus stays near
    tile.evaluate("(tile) => { tile.tabIndex = -1; tile.focus(); }")
    press(page, "button", "Reanudar|Continuar")
    expect(rosa.locator("header")).not_to_contain_text(re.compile("⏸|En pausa"))
