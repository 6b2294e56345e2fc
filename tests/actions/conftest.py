"""Everything here holds on both kinds of store."""
import pytest

from tests.support import cast
from tests.support.servers import database  # noqa: F401


@pytest.fixture
def elena(app, meeting):
    """The laptop of Elena, who leads the meeting."""
    return cast.facilitator(app, meeting)


@pytest.fixture
def do(elena, meeting):
    """Elena does something in the workshop."""
    return lambda verb, **payload: elena.do(verb, {"workshop": meeting["workshop"], **payload}, seat=None)
