"""Passwords are long, and not what is tried first."""
import pytest

from workshop.domain.errors import Refusal
from workshop.domain.people.passwords import LEAST, MOST, check

OWN = ("elena@example.org", "Elena Quispe", "Encuentro de semillas")


@pytest.mark.parametrize("password", [
    "quinua y papa nativa", "correct horse battery", "ñandú en la puna", "tres llamas cruzan", "T5%kq9!zR2xW",
    "ᠠᠡᠢᠣᠤᠥᠦᠧᠨᠩᠪᠫ", "elena come papa huayro"])
def test_words_are_a_good_password(password):
    check(password, *OWN)


@pytest.mark.parametrize("password", [
    "123456789012", "aaaaaaaaaaaaaaaa", "qwertyuiop12", "Contraseña2024!", "password1234", "tinkuy-tinkuy-1",
    "elena@example.org", "ElenaQuispe99", "semillas2026!", " " * 20, "zyxwvutsrqponm"])
def test_what_is_tried_first_is_refused(password):
    assert refused(password) == "guessable_password"


@pytest.mark.parametrize(("password", "code"), [
    ("corta", "short_password"), ("x" * (LEAST - 1), "short_password"), ("largo " * MOST, "too_long")])
def test_so_long_at_least_and_at_most(password, code):
    assert refused(password) == code


def refused(password: str) -> str:
    with pytest.raises(Refusal) as refusal:
        check(password, *OWN)
    return refusal.value.code
