"""A pasted list, whatever stands in it."""
import json

import pytest

from tests.support.real import real
from workshop import intake
from workshop.domain.limits import TEXT, clean_text


def texts(pasted: str, reading: str = "") -> list[str]:
    """What becomes of a pasted text, when there is no fault."""
    table = intake.paste(pasted, reading)
    rows, faults = intake.rows(table, intake.guess(table))
    assert faults == []
    return [row.text for row in rows]


def test_bullets_and_numbers_are_taken_off_and_blank_lines_are_no_faults():
    pasted = "1. Agua\r\n\r\n- Semilla\n  • Ferias\n 12) Caminos\n(3) Luz\n*\tRiego\n– Trueque\na) Abono\n·  Quinua\n"
    assert texts(pasted) == ["Agua", "Semilla", "Ferias", "Caminos", "Luz", "Riego", "Trueque", "Abono", "Quinua"]


@pytest.mark.parametrize("line", ["-5 grados en la noche", "1.5 toneladas", "2021. Año de sequía", "A. Quispe propone riego",
                                  "-", "3 de mayo", "o que vuelva la feria", "+ recursos", "***", "1."])
def test_what_only_looks_like_a_bullet_stays(line):
    assert texts(line) == [line]


def test_the_line_of_each_card_is_the_one_that_a_person_counts():
    table = intake.paste("uno\n\n\ndos\x0btres")
    assert [row.line for row in intake.rows(table, intake.guess(table))[0]] == [1, 4, 5]


def test_hostile_texts_become_cards_as_they_are():
    hostile = [text for text in json.loads(real("texts", "blns.json").read_text()) if clean_text(text)]
    emoji = json.loads(real("texts", "emoji-sample.json").read_text())
    wanted = [clean_text(text) for text in hostile + emoji if "\n" not in text and not text.startswith(("* ", "- "))]
    assert len(wanted) > 580
    told = texts("\n".join(wanted), "list")
    assert [text for text in told if text not in set(wanted)] == []
    assert len(told) == len(wanted)


def test_articles_in_quechua_and_aymara_come_in_letter_by_letter():
    for language in json.loads(real("texts", "udhr-articles.json").read_text()):
        articles = [" ".join(str(article).split()) for article in language["articles"].values()]
        assert len(articles) == 30
        assert texts("\n".join(f"{n}. {article}" for n, article in enumerate(articles, 1)), "list") == [
            clean_text(article) for article in articles]


def test_a_thousand_lines_are_taken_and_the_next_is_told_with_its_line():
    table = intake.paste("\n".join(f"idea {n}" for n in range(1, 1006)))
    rows, faults = intake.rows(table, intake.guess(table))
    assert (len(rows), rows[-1].text) == (1000, "idea 1000")
    assert [(fault.line, fault.code, fault.values) for fault in faults] == [(1001, "too_many_rows", {"limit": 1000})]
    assert len(texts("\n".join(f"idea {n}" for n in range(1000)))) == 1000


def test_a_text_that_is_too_long_is_told_whole_and_never_cut():
    long = "ñ" * (TEXT + 1)
    table = intake.paste(f"corto\n{long}\n{'x' * TEXT}")
    rows, faults = intake.rows(table, intake.guess(table))
    assert [len(row.text) for row in rows] == [5, TEXT]
    assert [(one.line, one.code, one.values["length"], one.values["text"] == long) for one in faults] == [
        (2, "too_long", TEXT + 1, True)]


def test_cells_copied_from_a_sheet_are_a_table_and_a_list_if_one_says_so():
    pasted = "título\ttexto\nRiego\tAgua para todos\nFeria\t\"Cada\nsemana\""
    table = intake.paste(pasted)
    rows, _faults = intake.rows(table, intake.guess(table))
    assert [(row.line, row.title, row.text) for row in rows] == [
        (2, "Riego", "Agua para todos"), (3, "Feria", "Cada\nsemana")]
    assert len(texts(pasted, "list")) == 4


def test_a_text_that_is_too_big_is_told():
    assert [fault.code for fault in intake.paste("x" * (intake.BYTES + 1)).faults] == ["too_many_bytes"]
