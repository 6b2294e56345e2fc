"""The memoria says what happened, and nothing that its reader may not know."""
import io

import openpyxl
import pytest

from tests.exports.texts import READERS, of_docx, squeezed
from workshop.store.models import Workshop

FORMATS = sorted(READERS)


@pytest.mark.parametrize("form", FORMATS)
def test_every_sentence_has_its_numbers_and_every_card_is_there(memoria, talked, form):
    text = squeezed(READERS[form](memoria(form)))
    assert form == "xlsx" or squeezed("Segundo encuentro andino") in text
    for said in ("La feria sostuvo el precio.", "R1-001, R1-002", "Una ordenanza.", "Salinas",
                 "La feria semanal mantuvo el precio", "Guardar semilla propia", "Nadie la recogió", "R1-003", "Rosa Mamani",
                 "También en Taraco", "Llegué tarde"):
        assert squeezed(said) in text, said
    assert squeezed("Acuerdo 1") in text


@pytest.mark.parametrize("form", FORMATS)
def test_an_idea_that_came_late_has_its_author(memoria, talked, form):
    below = squeezed(READERS[form](memoria(form))).split(squeezed("Llegué tarde"))[1][:60]
    assert squeezed("Rosa Mamani") in below and "Salinas" in below


def test_a_card_leads_forward_to_the_sentences_that_took_it_up(memoria, talked):
    text = of_docx(memoria("docx"))
    assert "3 puntos · 1 persona · de 1 delegación · Recogida en: Acuerdo 1" in text
    assert "Recogida en: Acuerdo 1, Compromiso 1" in text
    assert text.count("No recogida en el resumen") == 1
    assert "Votó 1 persona de 1." in text


@pytest.mark.parametrize("form", FORMATS)
def test_an_anonymous_memoria_names_nobody_and_no_delegation_beside_a_card(app, meeting, memoria, talked, form):
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = "anonymous"
    data = memoria(form)
    text = READERS[form](data)
    assert "Guardar semilla propia" in text
    assert "Rosa" not in text
    if form == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(data))["Tarjetas"]
        assert not any(cell.value == "Salinas" for row in sheet for cell in row)
    else:
        annex = text[text.rindex("Anexo"):]
        assert "Salinas" not in annex and "presencial" not in annex


@pytest.mark.parametrize("form", [*FORMATS, "json"])
def test_an_empty_workshop_has_a_memoria_too(memoria, form):
    assert len(memoria(form)) > 200
    if form in READERS:
        assert form == "xlsx" or "Covid-19 y el programa" in READERS[form](memoria(form)).replace("\n", " ")


@pytest.mark.parametrize(("language", "words"), [("es", "Quiénes participaron"), ("fr", "Qui a participé"),
                                                  ("en", "Who took part")])
def test_the_memoria_speaks_the_language_that_was_asked_for(memoria, talked, language, words):
    assert words in of_docx(memoria("docx", language))


def test_a_draft_is_called_a_draft(memoria, talked, elena):
    assert "Borrador" not in of_docx(memoria("docx"))
    elena.do("summary.publish", {"activity": talked["activities"]["summary"], "on": False})
    assert "Borrador" in of_docx(memoria("docx"))


def test_headings_and_language_are_real_in_a_docx(memoria, talked):
    import docx
    document = docx.Document(io.BytesIO(memoria("docx")))
    levels = {p.style.name for p in document.paragraphs}
    assert {"Title", "Heading 1", "Heading 2", "Heading 3"} <= levels
    assert document.core_properties.language == "es-PE"
    assert 'w:lang w:val="es-PE"' in document.styles.element.xml


def test_a_pdf_is_tagged_and_titled(memoria, talked):
    import pypdf
    reader = pypdf.PdfReader(io.BytesIO(memoria("pdf")))
    assert reader.metadata.title == "Segundo encuentro andino Perú-Bolivia"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"] and reader.trailer["/Root"]["/Lang"].startswith("es")
