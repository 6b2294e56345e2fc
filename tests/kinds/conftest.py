"""Everything here holds on both kinds of store."""
from tests.support.servers import database  # noqa: F401
