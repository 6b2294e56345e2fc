"""In a workshop one may choose among its languages; a phone in another language keeps the way to its own."""
import re

from workshop.store.models import Workshop
from workshop.store.streams import numbering


def offered(page: str) -> list[str]:
    return re.findall(r'hreflang="(\w+)"', re.search(r'<nav class="languages".*?</nav>', page, re.S)[0])


def test_only_the_languages_of_the_workshop_are_offered(app, meeting, phone):
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        session.get_one(Workshop, meeting["workshop"]).languages = ["es", "fr"]
    rosa = phone()
    page = rosa.http.get(f"/j/{meeting['code']}", headers={"Accept-Language": "es"}).get_data(as_text=True)
    assert offered(page) == ["es", "fr"]
    page = rosa.http.get(f"/j/{meeting['code']}", headers={"Accept-Language": "en"}).get_data(as_text=True)
    assert sorted(offered(page)) == ["en", "es", "fr"], "who reads English sees which language this is"
    rosa.join(meeting["code"], "Rosa")
    page = rosa.http.get(f"/w/{meeting['workshop']}", headers={"Accept-Language": "es"}).get_data(as_text=True)
    assert offered(page) == ["es", "fr"]
    assert len(offered(rosa.http.get("/", headers={"Accept-Language": "es"}).get_data(as_text=True))) == 3
