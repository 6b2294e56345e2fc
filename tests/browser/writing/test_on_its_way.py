"""What was sent while the device still stores it: it comes back into no field, not even that of who wrote it."""
import re

from playwright.sync_api import expect

from tests.browser.conftest import HOST
from tests.browser.facilitator.test_a_meeting import card
from tests.browser.way_in.test_seats import family, speak
from tests.support.waiting import wait_for

FIELD = "#text"
# What is put into the store is there when `held` is over: until then each reading is followed by another.
SLOW = """
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (...what) {
  const spin = () => { if (window.held) this.count().onsuccess = spin; }, asked = put.apply(this, what);
  spin();
  return asked;
};
"""


def test_what_is_on_its_way_is_not_taken_for_what_another_tab_has_left(open_page, house):
    rosa, waiting = open_page("phone", host=HOST), []  # plain http: no service worker fetches beside the page
    rosa.add_init_script(SLOW)
    rosa.route(re.compile("/part-late"), lambda route: waiting.append(route))  # the part that looks for what tabs have left
    rosa.goto(f"/j/{house['meeting']['code']}?r=1")
    rosa.fill("#name", "Rosa")
    rosa.locator("input[name=delegation]").first.check()
    rosa.locator("input[name=channel]").first.check()
    rosa.locator("button.main.wide").click()
    rosa.wait_for_selector(".chip.line.online")
    rosa.fill(FIELD, "La he mandado")
    wait_for(lambda: rosa.evaluate("localStorage.drafts"), "something is typed", every=0.1)
    rosa.locator(FIELD).blur()
    rosa.locator(FIELD).focus()  # draws
    wait_for(lambda: waiting, "the part is asked for", every=0.1)
    rosa.evaluate("window.held = true")
    rosa.click("#composer button.main")
    for route in waiting:
        route.continue_()
    rosa.wait_for_function("() => Boolean(tinkuy.held.late)")
    rosa.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    expect(rosa.locator(FIELD)).to_have_value("")
    rosa.evaluate("window.held = false")
    expect(card(rosa, "La he mandado")).to_contain_text("Guardado")
    expect(rosa.locator(FIELD)).to_have_value("")


def test_what_one_has_sent_is_no_draft_of_theirs_though_another_is_chosen_meanwhile(open_page, house):
    phone = family(open_page, house, "Madre", "Hija")
    phone.evaluate(f"() => {{ {SLOW} }}")
    phone.fill(FIELD, "De la madre")
    phone.evaluate("window.held = true")
    phone.click("#composer button.main")
    speak(phone, "Hija")
    expect(phone.locator(".people [aria-pressed=true]")).to_have_text("Hija")
    phone.evaluate("window.held = false")
    expect(card(phone, "De la madre")).to_contain_text("Guardado")
    speak(phone, "Madre")
    expect(phone.locator(FIELD)).to_have_value("")
