"""On a phone the table under a result moves in itself: the rapporteur's page stays as wide as the screen."""
from playwright.sync_api import expect

from tests.support import cast
from tests.support.cast import ok, to_step

OPEN = "() => { for (const one of document.querySelectorAll('details')) one.open = true; }"


def test_a_table_of_a_result_makes_the_page_no_wider(house, staff):
    app, meeting = cast.app(house["data"], tally_every=0), house["meeting"]
    room, of = meeting["rooms"][0], house["activities"][0]
    for n, delegation in enumerate(cast.delegations(app, meeting)):
        phone = cast.Phone(app.test_client())
        ok(phone.join(meeting["code"], f"Persona {n}", delegation=delegation))
        to_step(app, room, 0)
        text = f"{n} Guardar semilla propia en cada casa aunque la cosecha sea poca"
        card = ok(phone.post(of["ideas"], text))["card"]["id"]
        to_step(app, room, 1)
        ok(phone.do("ballot.cast", {"activity": of["dots"], "base_rev": 0, "choices": {card: 1}}))
    to_step(app, room, 2)
    inside = app.extensions["house"]
    inside.performer.count()
    inside.store.close()
    page = staff(f"/w/{meeting['workshop']}/r/1/scribe", "phone")
    expect(page.locator(".result table").first).to_be_attached()
    page.evaluate(OPEN)
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 740})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
