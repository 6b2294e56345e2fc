"""Letters of old machines."""
import pytest

from workshop import intake
from workshop.intake.decoding import decode

TEXTS = ["Título;Texto\nReunión más corta;El niño y la niña cuidarán el sueño\n¿Cuándo?;¡Mañana según el común!\n",
         "Titre;Texte\nForêt préservée;Où est l’école ? Là-bas, ça coûte déjà très cher\nÉté;Les élèves à côté\n",
         "Idea;Nota\nAgua para el ayllu de Ñuñoa;según don José\n", "Precio;Texto\n5 €;Señalización “clara” – año 2021\n"]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("encoding", [
    "cp1252", "mac_roman", "utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
def test_letters_come_back_as_they_were_written(encoding, text):
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", TEXTS[:1] + TEXTS[2:3])
def test_what_excel_saves_for_ms_dos_is_read(text):
    assert decode(text.encode("cp850")) == text


def test_what_is_no_text_is_none():
    assert decode(bytes(range(256)) * 8) is None
    assert [fault.code for fault in intake.read(b"\0" * 64).faults] == ["not_a_table"]


@pytest.mark.parametrize("page", [
    "<!DOCTYPE html><html><table><tr><td>a</td></tr></table>", "<html>", '<?xml version="1.0"?><Workbook/>',
    "<table><tr><td>Idea</td></tr></table>"])
def test_a_web_page_that_is_called_a_workbook_is_told(page):
    assert [fault.code for fault in intake.read(page.encode()).faults] == ["web_page"]
