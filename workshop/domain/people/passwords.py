"""Checks passwords: long ones, of any words; only what a guesser tries first is refused."""
import re
import unicodedata
from functools import cache

from workshop.domain.errors import Refusal

LEAST, MOST = 12, 200  # characters
LEFT = 4  # different signs that must be left when everything has been taken out that is easily guessed
COMMON = ("password", "passwort", "contrasena", "motdepasse", "clave", "secreto", "secret", "tinkuy", "taller", "workshop",
          "atelier", "facilitador", "facilitadora", "administrador", "admin", "bienvenido", "welcome", "bonjour", "letmein",
          "iloveyou", "teamo", "peru", "bolivia", "andes")
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop", "qsdfghjklm",
        "wxcvbn")
RUN = 4  # signs in a row of the keyboard or of the alphabet


def check(password: str, *known: str) -> None:
    """Checks a password. Refusal `short_password`, `too_long` or `guessable_password`; `known` are the person's own words:
    e-mail, name, workshop."""
    if len(password) < LEAST:
        raise Refusal("short_password", limit=LEAST)
    if len(password) > MOST:
        raise Refusal("too_long", limit=MOST, length=len(password))
    left = folded(password)
    own = {word for text in known for word in re.split(r"[^a-z0-9]+", _plain(text)) if len(word) > 3}
    for word in sorted(own | set(COMMON), key=len, reverse=True):
        left = left.replace(word, "")
    if len(set(_without_runs(left))) < LEFT:
        raise Refusal("guessable_password")


def folded(text: str) -> str:
    """Folds to lower case letters and figures of any script, without accents."""
    return "".join(sign for sign in _plain(text) if sign.isalnum())


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))


def _without_runs(text: str) -> str:
    for run in _runs():
        text = text.replace(run, "")
    return text


@cache
def _runs() -> list[str]:
    """Lists every run of a row of keys, forwards and backwards, the longest first."""
    found = {row[start:end] for one in ROWS for row in (one, one[::-1]) for start in range(len(row))
             for end in range(start + RUN, len(row) + 1)}
    return sorted(found, key=lambda run: (-len(run), run))
