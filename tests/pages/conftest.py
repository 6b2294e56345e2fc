"""People who change methods."""
import pytest

from tests.pages.facilitator.people import Browser
from tests.pages.methods.editing import EDIT
from tests.pages.shell.attacks.test_guard import signed_in
from tests.support.cast import PASSWORD
from workshop import hashing
from workshop.actions.rooms import workshops


@pytest.fixture
def elena(app, meeting) -> Browser:
    return signed_in(app)


@pytest.fixture
def editing(elena) -> Browser:
    """Elena before the form of her copy of FODA."""
    elena.open("/methods/foda")
    elena.send("/methods/foda/copy", "/copy")
    assert elena.path == EDIT
    return elena


@pytest.fixture
def luis(app, meeting) -> Browser:
    """Another facilitator."""
    house = app.extensions["house"]
    password_hash = hashing.make(PASSWORD)
    with house.store.write() as session:
        workshops.create_account(session, house.clock(), "luis@example.org", "Luis", password_hash)
    luis = Browser(app)
    luis.open("/login")
    luis.send("/login", email="luis@example.org", password=PASSWORD)
    return luis
