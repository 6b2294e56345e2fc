"""The head of a request, read at once when it is plain and has come whole.

The standard library takes it for the head of a letter: seventy calls for what fourteen lines say.  When ninety people come
in within a second, that is a tenth of what they cost.  Whatever is not plain is left to it
(tests/live/transport/test_head.py holds
both to the same reading).  What two readers may take for two different requests is refused in both ways (`is_clear`): a
proxy in front would end the request elsewhere than we do, and what follows would be somebody else's.
"""
import re

ASKED = re.compile(rb"(?P<method>[A-Z]{3,7}) (?P<path>/(?!/)[!-~]*) HTTP/1\.1\r\n")
FIELDS = re.compile(rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~]*\r\n)+\r\n")
NUMBER = re.compile("[0-9]{1,15}")
LINE = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n\0]*\r?\n|\r?\n")  # a field, or the end
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


def is_clear(fields: list[tuple[str, str]], version: str) -> bool:
    """Whether all who read these fields (name, value) of a request find the same host, and the same end of its body."""
    hosts, lengths, codings = [], [], []
    seen = {"host": hosts, "content-length": lengths, "transfer-encoding": codings}
    for name, value in fields:
        values = seen.get(name.lower())
        if values is not None:
            values.append(value.strip(" \t\r\n"))
    if codings and (lengths or version != "HTTP/1.1" or len(codings) > 1 or codings[0].lower() != "chunked"):
        return False
    if lengths and (len(lengths) > 1 or not NUMBER.fullmatch(lengths[0])):
        return False
    return len(hosts) == 1 or (not hosts and version != "HTTP/1.1")


def are_plain_lines(lines: list[bytes]) -> bool:
    """Whether the lines of a head are fields that begin where they seem to: nothing folded, no space before the colon."""
    return all(map(LINE.fullmatch, lines))
