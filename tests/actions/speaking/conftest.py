"""People in the plenary."""
import pytest

from tests.support.cast import ok
from workshop.store.models import Workshop


@pytest.fixture
def person(phone, meeting):
    """Somebody with a phone."""
    def come(name: str, **more):
        one = phone()
        ok(one.join(meeting["code"], name, **more))
        return one
    return come


@pytest.fixture
def privacy(app, meeting):
    """Says how names are shown in the workshop."""
    def say(how: str) -> None:
        with app.extensions["house"].store.write() as session:
            session.get(Workshop, meeting["workshop"]).privacy = how
    return say
