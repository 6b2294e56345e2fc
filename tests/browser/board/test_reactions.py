"""Reactions on cards: signs with a word, one tap each, from several people on one phone, also without a line."""
from playwright.sync_api import expect

from tests.browser.boards import seldom
from tests.browser.everybody.test_everybody import complaints
from tests.browser.facilitator.test_a_meeting import card, post


def two(open_page, house):
    """The phone of Rosa and Don Julio."""
    phone = open_page()
    phone.goto(f"/j/{house['meeting']['code']}?r=1")
    phone.fill("#name", "Rosa")
    phone.locator("input[name=delegation]").first.check()
    phone.locator("input[name=channel]").first.check()
    phone.get_by_text("Somos varios").click()
    phone.fill("#name-1", "Don Julio")
    phone.locator("button.main.wide").click()
    phone.wait_for_selector(".chip.line.online")
    return phone


def react(one, word: str) -> None:
    seldom(one).get_by_role("button", name="Reaccionar").click()
    one.get_by_role("button", name=word).click()


def test_two_on_one_phone_react_and_the_others_see_how_many_but_not_who(join, open_page, house):
    rosa, luis = two(open_page, house), join("Luis", size="laptop")
    post(luis, "Guardar semilla propia")
    hers, his = card(rosa, "Guardar semilla"), card(luis, "Guardar semilla")
    react(hers, "Aquí también")
    expect(hers.get_by_role("button", name="Aquí también 1")).to_have_attribute("aria-pressed", "true")
    rosa.get_by_role("button", name="Don Julio").click()
    expect(hers.get_by_role("button", name="Aquí también 1")).to_have_attribute("aria-pressed", "false")
    hers.get_by_role("button", name="Aquí también 1").click()
    expect(his.get_by_role("button", name="Aquí también 2")).to_have_attribute("aria-pressed", "false")
    react(his, "No entiendo")
    expect(hers.get_by_role("button", name="No entiendo 1")).to_be_visible()
    his.get_by_role("button", name="No entiendo 1").click()
    expect(hers.get_by_role("button", name="No entiendo")).to_have_count(0)
    seldom(his).get_by_role("button", name="Reaccionar").click()
    assert complaints(luis) == complaints(rosa) == []


def test_what_is_tapped_without_a_line_is_counted_once_when_it_is_back(join):
    rosa, luis = join("Rosa"), join("Luis")
    post(luis, "Ferias cada semana")
    hers, his = card(rosa, "Ferias cada semana"), card(luis, "Ferias cada semana")
    hers.get_by_role("button", name="Reaccionar").click()  # the signs come with the line
    expect(hers.get_by_role("button", name="Es importante")).to_be_visible()
    rosa.context.set_offline(True)
    hers.get_by_role("button", name="Es importante").click()
    expect(rosa.locator(".chip.line")).to_contain_text("por enviar")
    rosa.context.set_offline(False)
    expect(his.get_by_role("button", name="Es importante 1")).to_be_visible()


def test_without_script_a_card_is_reacted_to_by_a_link_and_a_button(join, open_page, house):
    luis = join("Luis")
    post(luis, "Trueque en la frontera")
    plain = open_page("phone", java_script_enabled=False)
    plain.goto(f"/j/{house['meeting']['code']}?r=1")
    plain.fill("#name", "Elvira")
    plain.locator("input[name=delegation]").first.check()
    plain.locator("input[name=channel]").first.check()
    plain.locator("button.main.wide").click()
    one = card(plain, "Trueque en la frontera")
    one.get_by_role("link", name="Reaccionar").click()
    one.get_by_role("button", name="Me preocupa").click()
    expect(card(plain, "Trueque en la frontera")).to_contain_text("Me preocupa 1")
    expect(card(luis, "Trueque en la frontera").get_by_role("button", name="Me preocupa 1")).to_be_visible()
