"""The head of a request, read at once when it is plain and has come whole.

The standard library takes it for the head of a letter: seventy calls for what fourteen lines say.  When ninety people come
in within a second, that is a tenth of what they cost.  Whatever is not plain is left to it (tests/live/test_head.py holds
both to the same reading).
"""
import re

ASKED = re.compile(rb"(?P<method>[A-Z]{3,7}) (?P<path>/(?!/)[!-~]*) HTTP/1\.1\r\n")
FIELDS = re.compile(rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~]*\r\n)+\r\n")
MOST, LONGEST = 64, 8000  # fields; bytes of all together


class Head:
    """The fields in their order, as eventlet's server asks a letter for them: by any spelling, the first of a name."""

    type = "text/plain"  # of a body about which nothing is said

    def __init__(self, fields: list[tuple[str, str]]):
        self._headers = fields
        self._first = {name.lower(): value for name, value in reversed(fields)}

    def get(self, name: str, default=None):
        """The value of the first field of this name."""
        return self._first.get(name.lower(), default)

    def __delitem__(self, name: str) -> None:
        name = name.lower()
        self._first.pop(name, None)
        self._headers = [field for field in self._headers if field[0].lower() != name]


def plain_head(line: bytes, ahead: bytes) -> tuple[str, str, Head, int] | None:
    """(method, path, fields, how much of `ahead` they are) of a request that begins with `line`; None for all that is not
    plain: other protocols, folded or foreign letters, a head that has not come whole, one who waits to be told to go on."""
    asked = ASKED.fullmatch(line)
    found = asked and FIELDS.match(ahead, 0, LONGEST)
    if not found:
        return None
    parts = [field.partition(":") for field in found[0].decode("ascii").split("\r\n")[:-2]]
    head = Head([(name, value.lstrip("\t ")) for name, _, value in parts])
    if len(parts) > MOST or head.get("expect") is not None:
        return None
    return asked["method"].decode("ascii"), asked["path"].decode("ascii"), head, found.end()
