"""Tabs whose process is killed while much waits to be sent (T10)."""
import os
import signal

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SIZES
from tests.browser.facilitator.test_a_meeting import post
from tests.support import needs

EACH = 10


@pytest.fixture
def own_browser(chromium):
    """A browser whose tabs may die."""
    path = needs.program("chromium-headless-shell", "chromium", "chromium-browser")
    browser = chromium.browser_type.launch(executable_path=path, args=["--no-sandbox"])
    yield browser
    browser.close()


def kill_tabs(browser) -> int:
    """kill -9 to the processes of all tabs; how many there were."""
    session = browser.new_browser_cdp_session()
    renderers = [one["id"] for one in session.send("SystemInfo.getProcessInfo")["processInfo"] if one["type"] == "renderer"]
    for pid in renderers:
        os.kill(pid, signal.SIGKILL)
    return len(renderers)


def enter(context, house, name: str):
    """Somebody comes into room 1."""
    page = context.new_page()
    page.goto(f"{house['url']}/j/{house['meeting']['code']}?r=1")
    page.fill("#name", name)
    page.locator("input[name=delegation]").first.check()
    page.locator("input[name=channel]").first.check()
    page.locator("button.main.wide").click()
    page.wait_for_selector(".chip.line.online")
    return page


@pytest.mark.parametrize("tabs", [1, 2])
def test_twenty_ideas_that_waited_in_tabs_that_were_killed_are_stored_once(join, own_browser, house, tabs):
    width, height = SIZES["phone"]
    context = own_browser.new_context(viewport={"width": width, "height": height}, locale="es-PE", service_workers="block")
    luis = join("Luis")
    pages = [enter(context, house, "Rosa")]
    address = pages[0].url
    for _ in range(tabs - 1):
        pages.append(context.new_page())
        pages[-1].goto(address)
        pages[-1].wait_for_selector(".chip.line.online")
    context.set_offline(True)
    texts = [f"En {tabs} pestaña: {n:02d}" for n in range(2 * EACH)]
    for n, text in enumerate(texts):
        post(pages[n % tabs], text)
    for page in pages:
        expect(page.locator(".chip.line")).to_contain_text(f"{2 * EACH // tabs} por enviar", timeout=60_000)
    assert kill_tabs(own_browser) >= 1
    for page in pages:
        page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(address)
    again.wait_for_selector(".chip.line.online")
    for text in texts:
        expect(luis.locator(".card", has_text=text)).to_have_count(1, timeout=60_000)
    expect(again.locator(".chip.line")).not_to_contain_text("por enviar", timeout=60_000)
    luis.reload()
    expect(luis.locator(".card", has_text=f"En {tabs} pestaña")).to_have_count(2 * EACH, timeout=60_000)
