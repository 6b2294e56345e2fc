"""Text as it is kept, and what nobody sees."""
import json
import re
import unicodedata

import pytest

from tests.support.real import real
from workshop.domain.limits import clean_text, is_invisible
from workshop.domain.people.names import clean_name


@pytest.mark.parametrize("separator", ["\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "\r", "\r\n", "\n"])
def test_whatever_separates_lines_elsewhere_is_a_line_end_here(separator):
    assert clean_text(f"uno{separator}dos") == "uno\ndos"
    assert clean_name(f"Ana{separator}Quispe") == "Ana Quispe"


def test_a_separator_of_words_is_a_space_and_what_separates_nothing_is_taken_out():
    assert clean_text("uno\x1fdos") == "uno dos"
    assert clean_text("u\0n\x08o\x9b") == "uno"


@pytest.mark.parametrize("text", [
    "", " ", "\u200b\u200b", "\ufeff", "\u2060", "\u3164", "\u115f\u1160", "\uffa0", "\u2800", "\u00ad", "\ufe0f", "\u200d",
    "\U000e0041\U000e007f", "\U000e0100", "\u180e", "\u034f", "\u061c", "\u202e\u202c", "\u00a0\u3000\u205f", "\t\n\v",
    "\u17b4", "\u2065", "\ufff9", "\u2028"], ids=lambda text: "+".join(f"{ord(sign):04x}" for sign in text) or "nothing")
def test_what_nobody_sees_is_empty(text):
    assert is_invisible(text)
    assert clean_text(text) == clean_name(text) == ""


@pytest.mark.parametrize("text", [
    "a", "0", ".", "\u2014", "\u0301a", "👩\u200d🌾", "❤\ufe0f",
    "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "क\u094d\u200dष", "می\u200cخواهم", "\u0600", "\ufffd", "\u0378", "ñ", "Idea con\u00a0espacio\u200b duro"])
def test_what_somebody_sees_stays_sign_by_sign(text):
    assert not is_invisible(text)
    assert clean_text(text) == unicodedata.normalize("NFC", text)


def test_an_emoji_of_several_parts_stays_whole():
    for text in json.loads(real("texts", "emoji-sample.json").read_text()):
        assert clean_text(text) == unicodedata.normalize("NFC", text).strip()
        assert not is_invisible(text)


def test_a_heap_of_combining_marks_is_put_into_order_in_pieces():
    heap = "a" + "\u0301" * 50_000 + "\u0327" * 50_000
    kept = clean_text(heap)
    assert kept.replace("\u034f", "") != "" and kept.count("\u0327") == 50_000
    assert max(map(len, re.findall("[\u0301\u0327]+", kept))) <= 30
    assert clean_text(kept) == kept
    zalgo = "e" + "\u0301\u0327\u0308" * 9
    assert clean_text(zalgo) == unicodedata.normalize("NFC", zalgo)
