"""Numbers as a sheet shows them."""
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.intake import dates
from workshop.intake.workbooks import formats


@pytest.mark.parametrize(("raw", "code", "shown"), [
    ("46355", "dd/mm/yyyy", "29/11/2026"), ("0.25", "0%", "25%"), ("0.255", "0.0%", "25.5%"), ("0.3", "", "0.3"),
    ("0.30000000000000004", "General", "0.3"), ("3", "000", "003"), ("-3", "000", "-003"), ("12", "@", "12"),
    ("1234567.5", "#,##0.00", "1,234,567.50"), ("1234", "#,##0", "1,234"), ("12", "#,##0", "12"), ("0", "#,##0", "0"),
    ("1234567890", "#,##0", "1,234,567,890"), ("-5", "0.00", "-5.00"), ("-5", "0.00;(0.00)", "(5.00)"),
    ("0", '0;-0;"nada"', "nada"), ("12.5", "[$S/-280A] #,##0.00", "S/ 12.50"), ("12.5", '"Bs." 0.00', "Bs. 12.50"),
    ("12.5", "#,##0.00\\ [$€-40C]", "12.50 €"), ("-1234.5", "[Red]-#,##0.00", "--1,234.50"), ("7", "0_);(0)", "7"),
    ("5551234", "[<=9999999]###-####;(###) ###-####", "555-1234"), ("1e3", "0.0E+0", "1.0E+3"),
    ("9875551234", "[<=9999999]###-####;(###) ###-####", "(987) 555-1234"), ("1.5", "# ?/?", "1 1/2"),
    ("0.125", "# ??/??", "1/8"), ("2", "# ?/?", "2"), ("0.5", "0/8", "4/8"), ("12345", "0.00E+00", "1.23E+04"),
    ("1500000", '0.0,,"M"', "1.5M"), ("5", '"Reunión "0', "Reunión 5"), ("5", ";;;", ""), ("45", "#", "45"),
    ("0", "#", ""), (".5", "#.##", ".5"), (".5", "0.#", "0.5"), ("1234.5", "# ##0.00", "1 234.50"),
    ("2.5", "0", "3"), ("0.5", "0%", "50%"), ("1234567890123456789", "0", "1234567890123456789"), ("nada", "0", "nada"),
    ("1e999", "0", "1e999"), ("nan", "0", "nan"), ("5", "x" * 300, "5")])
def test_a_number_is_shown_as_in_the_sheet(raw, code, shown):
    assert formats.shown(raw, code)[0] == shown


@pytest.mark.parametrize(("raw", "code", "shown", "read"), [
    ("44497", "m/d/yyyy", "2021-10-28", "2021-10-28"), ("44497", "mm-dd-yy", "2021-10-28", "2021-10-28"),
    ("44497", "d-mmm-yy", "28-oct-2021", "2021-10-28"), ("44497", "mmmm yyyy", "octubre 2021", "2021-10"),
    ("44497", 'd "de" mmmm "de" yyyy', "28 de octubre de 2021", "2021-10-28"), ("44497", "yyyy", "2021", "2021"),
    ("44497", "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", "28 octubre 2021", "2021-10-28"),
    ("44497", "[$-40C]d mmmm yyyy", "28 octobre 2021", "2021-10-28"),
    ("44497", "[$-409]mmmm d, yyyy", "October 28, 2021", "2021-10-28"),
    ("44497", 'dddd d "de" mmmm "de" yyyy', "jueves 28 de octubre de 2021", "2021-10-28"),
    ("44497", "dd.mm.yy", "28.10.2021", "2021-10-28"), ("44497.75", "dd/mm/yyyy h:mm", "28/10/2021 18:00", "2021-10-28"),
    ("44497.123", "mm/dd/yyyy hh:mm AM/PM", "2021-10-28 02:57 AM", "2021-10-28"),
    ("59", "dd/mm/yyyy", "28/02/1900", "1900-02-28"),
    ("61", "dd/mm/yyyy", "01/03/1900", "1900-03-01"), ("44497", formats.BUILT_IN[14], "28/10/2021", "2021-10-28"),
    ("44497", formats.BUILT_IN[15], "28-oct-2021", "2021-10-28")])
def test_a_day_is_shown_so_that_it_is_read_as_the_same_day(raw, code, shown, read):
    assert formats.shown(raw, code) == (shown, False)
    assert dates.read(shown) == read


@pytest.mark.parametrize(("raw", "code", "shown"), [
    ("0.5", "h:mm", "12:00"), ("0.75", "h:mm AM/PM", "6:00 PM"), ("1.5", "[h]:mm", "36:00"), ("0.0105", "mm:ss", "15:07"),
    ("0.5", "hh:mm:ss.00", "12:00:00.00"), ("-1", "dd/mm/yyyy", "-1"), ("99999999", "dd/mm/yyyy", "99999999")])
def test_hours_and_what_is_no_day(raw, code, shown):
    assert formats.shown(raw, code)[0] == shown


def test_days_since_1904_and_in_other_languages():
    assert formats.shown("43035", "dd/mm/yyyy", since_1904=True)[0] == "28/10/2021"
    assert formats.shown("44497", "d mmmm yyyy", language="fr")[0] == "28 octobre 2021"


def test_only_a_number_that_was_rounded_has_lost_digits():
    assert formats.shown("1.234567890123457e+18", "") == ("1234567890123457000", True)
    assert formats.shown("1234567890123456789", "") == ("1234567890123456789", False)
    assert formats.shown("123456789012345", "0") == ("123456789012345", False)


@given(st.one_of(st.floats().map(repr), st.text(max_size=12), st.integers().map(str)),
       st.text(st.sampled_from('0#?.,/%;E+-"\\_*[]<>=$hHmMsSyYdDaApPgeneral@ 1234567'), max_size=24))
@settings(deadline=None, max_examples=400)
def test_any_number_in_any_format_is_some_text(raw, code):
    said, lost = formats.shown(raw, code)
    assert isinstance(said, str) and isinstance(lost, bool) and len(said) < 2000
