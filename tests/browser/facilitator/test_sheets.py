"""The sheets of the delegations, on a phone and as they are printed."""
from tests.browser.everybody.test_everybody import NARROW, complaints
from tests.support import cast
from workshop.actions.rooms.building import build_room
from workshop.domain.methods.library import library
from workshop.store.models import Workshop
from workshop.store.session import Store
from workshop.store.streams import numbering


def test_everybody_can_read_them_and_on_paper_each_has_its_page(staff, house):
    store, meeting = Store(f"sqlite:///{house['data']}/tinkuy.sqlite"), house["meeting"]
    with store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        number = build_room(session, session.get(Workshop, meeting["workshop"]), "Ejes", method=library()["cris"]).number
    store.close()
    page = staff(f"/w/{meeting['workshop']}/r/{number}/sheets")
    assert page.locator(".crossed").count() == len(cast.DELEGATIONS) and complaints(page) == []
    page.set_viewport_size(NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"], "only the tables go sideways"
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") == len(cast.DELEGATIONS)
