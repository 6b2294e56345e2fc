"""Invitations and accounts as people use them: on a phone, on plain http, with and without script."""
import re

import pytest

from tests.browser.everybody.test_everybody import complaints
from tests.support import cast

NAME = "María de los Ángeles Quispe Huamán de la Cruz Choquehuanca Mamani"
MAIL = "maria.de.los.angeles.quispe.huaman.de.la.cruz@cooperacion-andina.example.org"


@pytest.fixture
def team(house, staff):
    """Elena before the page of her team."""
    def enter(size: str = "phone", **options):
        return staff(f"/w/{house['meeting']['workshop']}/team", size, **options)
    return enter


def invite(page, role: str = "observer") -> str:
    """Elena invites somebody with a long name; the path of the link."""
    page.fill("#name", NAME)
    page.fill("#email", MAIL)
    page.select_option("#role-new", role)
    page.click("form.sheet >> nth=0 >> button.main")
    page.wait_for_selector("#link")
    return re.sub(r"^https?://[^/]+", "", page.input_value("#link"))


def test_a_link_is_copied_and_shown_and_whoever_has_it_comes_in(house, team, open_page):
    elena = team(host="tinkuy.test")  # plain http: without a clipboard, as in a hall
    link = invite(elena, "rapporteur")
    assert elena.evaluate("navigator.clipboard === undefined")
    elena.click("[data-copy]")
    elena.wait_for_selector("[data-copy]:has-text('Copiado')")
    elena.fill("#name", "")
    elena.focus("#name")
    elena.keyboard.press("Control+v")
    assert elena.input_value("#name").endswith(link)
    assert elena.locator("section img").evaluate("image => image.naturalWidth > 100")
    assert complaints(elena) == []
    maria = open_page("phone", host="tinkuy.test")
    maria.goto(link)
    assert maria.input_value("#email") == MAIL and maria.input_value("#name") == NAME
    assert complaints(maria) == []
    maria.fill("#password", "corta y fea")
    assert maria.get_attribute("#password", "type") == "password"
    maria.check("[data-shows] input")
    assert maria.get_attribute("#password", "type") == "text"
    maria.fill("#password", "balanza propia de Taraco")
    maria.click("button.main")
    maria.wait_for_url(f"**/w/{house['meeting']['workshop']}/desk")
    maria.goto("/account")
    assert "Chrome · Linux" in maria.inner_text("main")
    assert complaints(maria) == []


def test_without_script_there_is_no_button_that_does_nothing(team, open_page):
    elena = team(java_script_enabled=False)
    link = invite(elena)
    assert not elena.is_visible("[data-copy]")
    ines = open_page("phone", java_script_enabled=False)
    ines.goto(link)
    assert not ines.is_visible("[data-shows]")
    ines.fill("#email", "ines@example.org")
    ines.fill("#password", "balanza propia de Taraco")
    ines.click("button.main")
    assert "Segundo encuentro" in ines.inner_text("h1")


def test_whoever_is_signed_out_elsewhere_is_told_on_the_desk_and_comes_back_to_it(house, staff):
    desk = f"/w/{house['meeting']['workshop']}/desk"
    laptop, phone = staff(desk), staff("/account", "phone")
    laptop.wait_for_selector(".chip.line.online")
    phone.click("form[action='/account/devices/end-all'] button")
    laptop.wait_for_selector("#notes:has-text('Ya no tiene la sesión abierta en este aparato')")
    laptop.click("#notes button:has-text('Ingresar')")
    laptop.wait_for_url("**/login?next=*")
    laptop.fill("#email", "elena@example.org")
    laptop.fill("#password", cast.PASSWORD)
    laptop.click("button.main")
    laptop.wait_for_url(f"**{desk}")


def test_whoever_is_removed_is_told_on_her_screen(house, join, staff):
    rosa, elena = join("Rosa Retirada"), staff(f"/w/{house['meeting']['workshop']}/people")
    elena.get_by_label("Elegir a Rosa Retirada").check()
    elena.get_by_role("button", name="Retirar…").click()
    elena.click("button:has-text('Sí, retirar')")
    rosa.wait_for_selector("#notes:has-text('ya no está, en el taller')")
