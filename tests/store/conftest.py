"""Everything here holds on both kinds of store."""
from tests.servers import database  # noqa: F401
