"""Bounds the numbers that an address or a form may say, before a store or a page works with them."""
from werkzeug.routing import IntegerConverter

LARGEST = 2**53 - 1  # what scripts and both kinds of store can hold
DIGITS = len(str(LARGEST))


def whole(text: str) -> int:
    """Reads the whole number in a text, for `request.args.get(name, type=whole)`. Raises ValueError for what is none or
    larger than LARGEST on either side."""
    if len(text) > DIGITS + 1 or abs(found := int(text)) > LARGEST:
        raise ValueError
    return found


class Bounded(IntegerConverter):
    """Converts numbers in the paths of pages: `<int:number>`. One that is larger than any room's is no page."""

    regex = rf"\d{{1,{DIGITS - 1}}}"
