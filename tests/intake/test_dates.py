"""Dates as people write them in a table."""
import pytest

from workshop.intake import dates


@pytest.mark.parametrize(("written", "read"), [
    ("2021", "2021"), (" 2021-10 ", "2021-10"), ("2021-1-2", "2021-01-02"), ("2021/10/12", "2021-10-12"),
    ("12/10/2021", "2021-10-12"), ("1.2.2021", "2021-02-01"), ("12 - 10 - 2021", "2021-10-12"), ("10/2021", "2021-10"),
    ("octubre de 2021", "2021-10"), ("Oct. 2021", "2021-10"), ("12 de octubre del 2021", "2021-10-12"),
    ("setiembre, 2020", "2020-09"), ("12-oct-2021", "2021-10-12"), ("1er août 2021", "2021-08-01"),
    ("Décembre 2019", "2019-12"), ("October 12, 2021", "2021-10-12"), ("May 1st 2021", "2021-05-01"),
    ("2021-10-12 00:00:00", "2021-10-12"), ("2021-10-12T08:30:00Z", "2021-10-12"), ("44481", "2021-10-12"),
    ("44481.5", "2021-10-12")])
def test_a_date_is_read_however_a_secretary_in_three_languages_writes_it(written, read):
    assert dates.read(written) == read


@pytest.mark.parametrize("written", [
    "", "hacia 2019", "2019-2021", "12/10/21", "martes 2021", "1234567", "octubre", "20", "–", "٢٠٢١x"])
def test_what_is_no_date_is_not_guessed_at(written):
    assert dates.read(written) is None


@pytest.mark.parametrize("said", ["1658934589213", "1658934589", "1658934589.5"])
def test_seconds_and_milliseconds_since_1970_are_a_day(said):
    assert dates.read(said) == "2022-07-27"


@pytest.mark.parametrize("said", ["123", "12345678901", "99999999999999"])
def test_other_figures_are_no_date(said):
    assert dates.read(said) is None
