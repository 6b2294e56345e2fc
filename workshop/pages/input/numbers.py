"""Numbers that an address or a form may say: foreign, and bounded before a store or a page works with them."""
from werkzeug.routing import IntegerConverter

LARGEST = 2**53 - 1  # what scripts and both kinds of store can hold
DIGITS = len(str(LARGEST))


def whole(text: str) -> int:
    """The whole number in a text, for `request.args.get(name, type=whole)`.  Raises ValueError for what is none or larger
    than LARGEST on either side."""
    if len(text) > DIGITS + 1 or abs(found := int(text)) > LARGEST:
        raise ValueError
    return found


class Bounded(IntegerConverter):
    """Numbers in the paths of pages: `<int:number>`.  One that is larger than any room's is no page."""

    regex = rf"\d{{1,{DIGITS - 1}}}"
