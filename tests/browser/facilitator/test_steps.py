"""The steps of a room: one line each, which opens in place, with the keyboard and without script."""
import pytest
from playwright.sync_api import expect

CLOSED = 100  # px, that a step takes at most while it is closed


@pytest.mark.parametrize("size", ["phone", "laptop"])
def test_a_step_takes_one_line_and_opens_in_place(staff, house, size):
    page = staff(f"/w/{house['meeting']['workshop']}/r/1/process", size)
    steps = page.locator(".step")
    expect(steps).to_have_count(3)
    assert all(one.bounding_box()["height"] <= CLOSED for one in steps.all())
    expect(page.locator("button.main:visible:not(.unseen)")).to_have_count(1)
    second = steps.nth(1)
    expect(second.get_by_label("Título", exact=True)).to_be_hidden()
    second.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(second.get_by_label("Título", exact=True)).to_be_visible()
    page.keyboard.press("Tab")
    expect(second.get_by_label("Título", exact=True)).to_be_focused()


def test_minutes_and_order_change_without_script(staff, open_page, house):
    signed = staff(f"/w/{house['meeting']['workshop']}/r/1/process")
    plain = open_page("phone", java_script_enabled=False)
    plain.context.add_cookies(signed.context.cookies())
    plain.goto(f"/w/{house['meeting']['workshop']}/r/1/process")
    plain.get_by_role("button", name="5 minutos más: Paso 1").click()
    expect(plain.get_by_label("Minutos: Paso 1")).to_have_value("20")
    plain.locator(".step").nth(1).locator(".seldom > summary").click()
    plain.get_by_role("button", name="Subir").click()
    expect(plain.get_by_label("Minutos: Paso 2")).to_have_value("20")
