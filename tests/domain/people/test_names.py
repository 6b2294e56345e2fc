"""What is kept of a name that was typed, and what is none."""
import json

import pytest

from tests.support.real import real
from workshop.domain.limits import is_invisible
from workshop.domain.people.names import clean_name
from workshop.words.bidi import isolate

OVERRIDE, ZERO_WIDTH = "\u202e", "\u200b"


@pytest.mark.parametrize("name", [
    ZERO_WIDTH, "\u3164", "\u2800", "\ufeff", "\u2060", "\u115f", "\u1160", "\uffa0", "\u00ad", OVERRIDE, "\u200d",
    "\ufe0f", "\U000e0041", "\u00a0\u2003\u3000", "\u0301", "\u200e \u200f", "\x07", "◆", "🔷"])
def test_a_name_of_which_nothing_can_be_seen_is_none(name):
    assert clean_name(name) == "" and (is_invisible(name) or name in "◆🔷\u0301")


def test_the_invisible_names_and_ideas_that_were_found_are_none():
    found = json.loads((real("found") / "t20-invisible.json").read_text(encoding="utf-8"))
    assert found["names"] and not any(map(clean_name, found["names"]))
    assert all(is_invisible(text) for text in found["names"] + found["ideas"])


@pytest.mark.parametrize("name", [
    "María Ñaupari", "Q’eqchi’ Ch’aska", "مریم", "می‌خواهم", "שָׁלוֹם", "க்ஷ", "क्‍ष", "Nguyễn Thị Ánh", "👩‍🌾 Rosa",
    "👨‍👩‍👧", "❤️ Ana", "🇵🇪 Lima", "1️⃣ Ana", "José ⭐", "✔ Elena", "Ван", "山田 花子", "김 Elena", "O'Higgins-Peña (Taraco)",
    "à̤"])
def test_names_of_all_scripts_and_emoji_stay_as_they_were_typed(name):
    assert clean_name(name) == name and not is_invisible(name)


@pytest.mark.parametrize(("typed", "kept"), [
    (f"{OVERRIDE}anelE", "anelE"), (f"Ele{ZERO_WIDTH}na", "Elena"), ("\u2067Elena\u2069", "Elena"),
    ("Ele\u00adna", "Elena"), ("  Elena\u00a0\u2003Quispe \n", "Elena Quispe"), ("E\u0301l", "Él"), ("A\u200dna", "Ana"),
    ("\u200dAna\u200c", "Ana"), ("Elena\ufe0f", "Elena"), ("Ana\U000e0061\U000e007f", "Ana"), ("a" * 200, "a" * 80),
    ("Z" + "\u0301\u0316\u0317\u0318\u0319\u031c" * 9 + "algo", "\u0179\u0316\u0317\u0318algo"),
    ("◆ Equipo facilitador", "Equipo facilitador"), ("🔹Equipo", "Equipo"), ("❖ ⬥ Ana", "Ana")])
def test_what_turns_hides_or_imitates_is_left_out(typed, kept):
    assert clean_name(typed) == kept


@pytest.mark.parametrize("name", [
    "Elena", OVERRIDE + "ab", "Z\u0316\u0317\u0301\u0318algo", "می‌خواهم", " x ", "👩‍🌾‍", "a\u200d\u200db"])
def test_a_name_that_was_cleaned_is_clean(name):
    assert clean_name(clean_name(name)) == clean_name(name)


def test_only_a_name_that_is_written_from_the_right_is_set_apart_in_a_sentence():
    assert isolate("مریم 3") == "\u2068مریم 3\u2069" and isolate("Elena 3") == "Elena 3" and isolate("") == ""
