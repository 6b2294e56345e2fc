"""Makes identifiers and the codes that people type."""
import re
import secrets
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

# 31 signs: no 0/O, 1/I/L, so that a code read aloud or from the wall is typed right.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
ID = re.compile(r"^[A-Za-z0-9_-]{8,40}$")
WORKSHOP, REENTRY = 6, 8  # signs of a workshop's code, and of a seat's own for coming back
LONGEST = 16  # signs of what may be a code
TRIED = 3  # readings of one text
SEARCHED, PIECES = 600, 40  # signs, and words, of a text in which a code is looked for

# Capitals of other alphabets that a keyboard of theirs gives for ours.
CAPITALS = str.maketrans("АВЕКМНРСТУХЅЈԜԚΑΒΕΖΗΚΜΝΡΤΥΧ", "ABEKMHPCTYXSJWQABEZHKMNPTYX")
ADDRESS = re.compile(r"(?:^|[/\s])J/+([^/?#&\s]+)")
SCREEN = re.compile(r"/s/+([A-Za-z0-9_-]{20,60})")
SIGNS = re.compile(r"[A-Z0-9]+")


def new_id() -> str:
    """Makes a random identifier of 16 characters (96 bits)."""
    return secrets.token_urlsafe(12)


def new_token() -> str:
    """Makes a bearer secret of 43 characters (256 bits), for cookies and links."""
    return secrets.token_urlsafe(32)


def new_code(length: int = WORKSHOP) -> str:
    """Makes a code to type: 31^6 is about 8.9e8 for a workshop; re-entry codes are longer."""
    drawn, code = secrets.randbelow(len(ALPHABET) ** length), ""
    for _ in range(length):
        drawn, sign = divmod(drawn, len(ALPHABET))
        code += ALPHABET[sign]
    return code


def clean_code(text: str) -> str:
    """Cleans what somebody typed into the form in which codes are stored ('tky-4m7 ' -> 'TKY4M7'); '' where there is none.
    """
    return next(iter(codes_in(text)), "")


def codes_in(text: str) -> list[str]:
    """Finds the codes that a text may mean, at most three, the likeliest first: 'código 989-JP5', 'https://…/j/989JP5/?r=1',
    '９８９ＪＰ５', '«989 jp5».' -> ['989JP5'].

    A text of letters and digits that is short enough is one as it stands. Of a longer one, the signs that follow each other
    and are as many as a code has, in as few pieces as can be.
    """
    flat = unicodedata.normalize("NFKD", unquote(str(text)[:SEARCHED])).upper().translate(CAPITALS)
    flat = "".join(sign for sign in flat if unicodedata.category(sign) not in ("Cf", "Mn"))
    address = ADDRESS.search(flat)
    first = _readings(SIGNS.findall(address[1])) if address else []
    found = sorted(dict.fromkeys(first + _readings(SIGNS.findall(flat)[:PIECES])), key=lambda code: not _is_code(code))
    return found[:1 if any(map(_is_code, first)) else TRIED]


def _readings(pieces: list[str]) -> list[str]:
    """Lists the codes that the pieces may mean, the likeliest first."""
    whole = "".join(pieces)
    as_it_stands = len(whole) <= LONGEST and (len(pieces) == 1 or _is_code(whole))
    found = [code for _rank, code in sorted(_runs(pieces), reverse=True)]
    return ([whole] if as_it_stands else []) + found or [whole[:LONGEST]] * bool(whole)


def _runs(pieces: list[str]) -> Iterator[tuple[tuple[bool, bool, int, int], str]]:
    """Iterates over (rank, code) of each run of pieces that has as many signs as a code."""
    for first in range(len(pieces)):
        for after in range(first + 1, min(first + REENTRY, len(pieces)) + 1):
            code = "".join(pieces[first:after])
            if len(code) in (WORKSHOP, REENTRY):
                yield (_is_code(code), any(map(str.isdigit, code)), first - after, -first), code


def _is_code(code: str) -> bool:
    """Tells whether it could have been drawn here."""
    return len(code) in (WORKSHOP, REENTRY) and set(code) <= set(ALPHABET)


def screen_key_in(text: str) -> str | None:
    """Finds the key of the wall's page, where somebody typed or pasted its address."""
    found = SCREEN.search(unicodedata.normalize("NFKC", str(text)))
    return found and found[1]


def spell(code: str) -> str:
    """Spells the code in two halves for the wall: 'TKY4M7' -> 'TKY-4M7'."""
    half = (len(code) + 1) // 2
    return f"{code[:half]}-{code[half:]}"
