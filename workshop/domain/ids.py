"""Identifiers and the codes that people type."""
import re
import secrets

# 31 signs: no 0/O, 1/I/L, so that a code read aloud or from the wall is typed right.
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
ID = re.compile(r"^[A-Za-z0-9_-]{8,40}$")


def new_id() -> str:
    """A random identifier of 16 characters (96 bits)."""
    return secrets.token_urlsafe(12)


def new_token() -> str:
    """A bearer secret of 43 characters (256 bits), for cookies and links."""
    return secrets.token_urlsafe(32)


def new_code(length: int = 6) -> str:
    """A code to type: 31^6 is about 8.9e8 for a workshop; re-entry codes are longer."""
    drawn, code = secrets.randbelow(len(ALPHABET) ** length), ""
    for _ in range(length):
        drawn, sign = divmod(drawn, len(ALPHABET))
        code += ALPHABET[sign]
    return code


def clean_code(text: str) -> str:
    """What somebody typed, in the form in which codes are stored ('tky-4m7 ' -> 'TKY4M7')."""
    return re.sub(r"[^A-Z0-9]", "", str(text).upper())[:16]


def spell(code: str) -> str:
    """The code in two halves for the wall: 'TKY4M7' -> 'TKY-4M7'."""
    half = (len(code) + 1) // 2
    return f"{code[:half]}-{code[half:]}"
