"""Codes in every form in which people give them."""
import pytest

from tests.support.real import real
from workshop.domain.ids import clean_code, codes_in, screen_key_in

CODE, OWN = "989JP5", "ABCD2345"


@pytest.mark.parametrize("typed", [
    "989JP5", "989jp5", " 989-JP5 ", "989 JP5", "９８９ＪＰ５", "http://HOST/j/989JP5", "código 989JP5", "CÓDIGO: 989-JP5.",
    "/j/989JP5/", "989JP5/", "«989 jp5»", "“989JP5”", "989·JP5", "989.jp5", "989_JP5", "989–JP5", "9 8 9 J P 5",
    "Código:\n989-JP5\n", "\ufeff989\u200bJP5\u2060", "989\u00a0JP5", "https://tinkuy.pe/j/989JP5?r=2&row=Cr%C3%A9dito",
    "HTTPS://TINKUY.PE/J/989JP5", "tinkuy.pe/j/989jp5#main", "http://10.0.0.1:5000/j/989JP5", "j/http://HOST/j/989JP5",
    "host.org/j/989%20JP5", "Entre con el código 989-JP5, por favor.", "989ЈР5", "es el 989 JP5", "'989JP5'", "(989JP5)",
    "[989-JP5]", "989JP5,", "*989JP5*", "#989JP5", "𝟗𝟖𝟗𝐉𝐏𝟓", "９８９－ＪＰ５"])
def test_what_people_type_says_the_code_of_the_workshop(typed):
    assert clean_code(typed) == CODE


def test_every_form_that_was_found_says_the_code():
    lines = (real("found") / "t23-codes.txt").read_text(encoding="utf-8").splitlines()
    forms = [form.partition(" (")[0].split(" with ")[0] for line in lines for form in line.split(" / 9")]
    assert len(forms) > 6
    for form in forms:
        text = form if CODE[:2] in form or "９" in form else f"9{form}"
        assert CODE in codes_in(text), text


@pytest.mark.parametrize("typed", ["ABCD-2345", "abcd 2345", "АBCD2345", "mi código es ABCD-2345", "AB CD 2345",
                                   "ＡＢＣＤ２３４５"])
def test_the_code_for_coming_back_is_found_in_the_same_forms(typed):
    assert OWN in codes_in(typed)


@pytest.mark.parametrize("typed", ["", " ", "!!", "¡!", "\u200b", "ñ"])
def test_where_nothing_is_there_is_no_code(typed):
    assert clean_code(typed) == ("N" if typed == "ñ" else "")


def test_a_text_is_never_read_as_more_than_three_codes_and_a_long_one_not_to_its_end():
    assert len(codes_in(" ".join(f"ABC{i}" for i in range(2000)))) <= 3
    assert codes_in("x " * 100_000 + CODE) != [CODE]


def test_words_before_a_code_in_two_pieces_do_not_hide_it():
    assert CODE in codes_in("code d’accès : 989 JP5") and CODE in codes_in("de la sala ABC 989 JP5")


def test_a_word_of_eight_letters_before_the_code_does_not_hide_it():
    assert codes_in("es 989JP5") == ["ES989JP5", "989JP5"], "both are looked up"


@pytest.mark.parametrize("typed", ["https://h/s/{}", " h/s/{}/ ", "h/s/{}?x=1", "La pared: http://h/s/{}."])
def test_the_key_of_the_wall_is_found_in_its_address(typed):
    key = "aB3_-x" * 7
    assert screen_key_in(typed.format(key)) == key and screen_key_in("989JP5") is None
