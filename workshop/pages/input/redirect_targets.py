"""Checks addresses that came from outside and that a page redirects to."""
from werkzeug.routing import BaseConverter

LONGEST = 2000  # characters


class Typed(BaseConverter):
    """Converts what somebody typed or pasted behind an address of ours, slashes and all: `<typed:code>`."""

    part_isolating = False
    regex = ".+"


def inside(where: str) -> str:
    r"""Returns the address if it is a path of this site, else an empty text.

    Browsers read "//host", "/\host" and, because they leave tabs and line ends out, "/<tab>/host" as addresses elsewhere.
    """
    ours = where.startswith("/") and not where.startswith("//") and len(where) <= LONGEST
    return where if ours and "\\" not in where and all(_is_kept(sign) for sign in where) else ""


def _is_kept(sign: str) -> bool:
    return sign >= " " and not "\x7f" <= sign <= "\x9f" and not "\ud800" <= sign <= "\udfff"
