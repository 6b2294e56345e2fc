"""Changing one's own methods in the form: nothing typed is lost."""

import pytest

from tests.pages.methods.editing import EDIT, Form, kept, rows, send
from workshop.domain.methods.library import library


def test_a_copy_is_saved_unchanged_by_a_form_that_nobody_touched(app, editing):
    before = kept(app)
    send(editing, EDIT, do="save")
    assert editing.path == "/methods/foda_2"
    assert kept(app) == before == library()["foda"].model_copy(update={"key": "foda_2", "name": before.name})
    assert before.name.es == "FODA (2)"
    assert [row.revision for row in rows(app)] == [2]


def test_any_method_of_the_library_can_be_copied_and_saved(app, elena):
    for key in library():
        elena.open(f"/methods/{key}")
        elena.send(f"/methods/{key}/copy", "/copy")
        ids = Form(elena.page).ids
        assert len(ids) == len(set(ids))
        before = kept(app, f"{key}_2")
        send(elena, f"/methods/{key}_2/edit", do="save")
        assert elena.path == f"/methods/{key}_2", elena.said
        assert kept(app, f"{key}_2") == before


def test_words_minutes_and_rights_are_changed(app, editing):
    send(editing, EDIT, name__es="FODA del agua", steps__0__minutes="12", steps__0__limit="", steps__1__limit="3",
         steps__1__see="pair", steps__1__may__add="staff", steps__1__closes="1", steps__1__grace="0",
         steps__4__opens=["puntos", "board"], steps__0__columns=["amenazas"], labels__fo__fr="Forces et chances", do="save")
    method = kept(app)
    assert (method.name.es, method.name.fr) == ("FODA del agua", "AFOM (2)")
    assert method.labels["fo"].fr == "Forces et chances"
    first, second = method.steps[:2]
    assert (first.minutes, first.limit, first.columns) == (12, None, ("amenazas",))
    assert (second.limit, second.see, second.may.add, second.closes, second.grace) == (3, "pair", "staff", True, 0)
    assert method.steps[4].opens == ("puntos", "board")


def test_steps_are_added_moved_and_removed_and_what_was_typed_stays(app, editing):
    send(editing, EDIT, purpose__es="Mi propósito", do="steps.add")
    assert "Mi propósito" in editing.page and 'id="steps.6"' in editing.page
    send(editing, EDIT, steps__6__title__es="Cierre", steps__6__instruction__es="Nos despedimos.", do="steps.6.up")
    send(editing, EDIT, do="steps.0.remove")
    assert rows(app)[0].revision == 1
    send(editing, EDIT, do="save")
    method = kept(app)
    assert [step.title.es for step in method.steps] == [
        "Leemos todas", "Juntar las parecidas", "El cruce", "Escoger", "Cierre", "Resumen"]
    assert method.steps[4].title.fr == "Cierre" and method.purpose.es == "Mi propósito"


def test_a_step_gets_five_minutes_more_or_less_and_never_too_few_or_too_many(app, editing):
    assert "</summary>" in editing.page.split('id="steps.0"')[1].split('id="steps.1"')[0], "one line, which opens in place"
    for typed, do, minutes in (("8", "less", "3"), ("3", "less", "1"), ("8", "more", "13"), ("479", "more", "480"),
                               ("muchos", "more", "muchos")):
        send(editing, EDIT, steps__0__minutes=typed, do=f"steps.0.{do}")
        assert Form(editing.page).data()["steps.0.minutes"] == [minutes]
    send(editing, EDIT, steps__0__minutes="8", do="steps.99.more")
    assert editing.status == 200 and rows(app)[0].revision == 1


def test_columns_are_added_moved_and_removed(app, editing):
    send(editing, EDIT, do="board.columns.add")
    send(editing, EDIT, labels__column_1__es="Suerte", do="board.columns.8.up")
    send(editing, EDIT, do="board.columns.0.remove")
    send(editing, EDIT, do="save")
    method = kept(app)
    assert " ".join(method.board.columns) == "oportunidades debilidades amenazas fo do fa column_1 da"
    assert "fortalezas" not in method.labels and method.labels["column_1"].en == "Suerte"
    assert all("fortalezas" not in step.columns for step in method.steps)


def test_a_board_without_columns_gets_some(app, elena):
    elena.open("/methods/lluvia")
    elena.send("/methods/lluvia/copy", "/copy")
    send(elena, "/methods/lluvia_2/edit", do="board.columns.add")
    send(elena, "/methods/lluvia_2/edit", labels__column_1__es="Sueños", do="save")
    assert kept(app, "lluvia_2").labels["column_1"].es == "Sueños"


def test_a_process_gets_a_part_and_loses_one(app, elena):
    elena.open("/methods/sistematizacion")
    elena.send("/methods/sistematizacion/copy", "/copy")
    where = "/methods/sistematizacion_2/edit"
    send(elena, where, part="foda", do="process.add")
    send(elena, where, do="process.0.remove")
    send(elena, where, process__0__day="2", do="save")
    process = kept(app, "sistematizacion_2").process
    assert (process[0].method, process[0].day) == ("preguntas", 2)
    assert (process[-1].method, process[-1].day, process[-1].title.es) == ("foda", 3, "FODA")


@pytest.mark.parametrize(("changed", "place", "words"), [
    ({"name__fr": ""}, "name.fr", "Nombre, Français: faltan las palabras"),
    ({"steps__1__title__en": " "}, "steps.1.title.en", "Paso 2, Título, English: faltan las palabras"),
    ({"labels__fo__es": ""}, "labels.fo.es", "faltan las palabras"),
    ({"steps__0__minutes": "muchos"}, "steps.0.minutes", "Paso 1, Minutos"),
    ({"steps__0__minutes": "0"}, "steps.0.minutes", "Paso 1, Minutos"),
    ({"steps__2__limit": "-4"}, "steps.2.limit", "Paso 3, Tarjetas por persona"),
    ({"steps__2__may__add": "la abuela"}, "steps.2.may.add", "Paso 3"),
    ({"steps__3__opens": ["cohetes"]}, "steps.3.opens", "cohetes"),
    ({"purpose__es": "x" * 601}, "purpose.es", "Para qué sirve"),
])
def test_what_is_refused_is_said_beside_its_field_and_everything_typed_stays(app, editing, changed, place, words):
    before = kept(app)
    send(editing, EDIT, lend=None, advice__es="Escrito con esfuerzo", do="save", **changed)
    assert editing.path == EDIT and words in editing.said
    assert f'id="{place}-wrong"' in editing.page and f'href="#{place}"' in editing.page and f'id="{place}"' in editing.page
    again = Form(editing.page).data()
    assert again["advice.es"] == ["Escrito con esfuerzo"]
    for name, value in changed.items():
        if "opens" not in name and "may" not in name:
            assert again[name.replace("__", ".")] == [value.strip()], "what nobody sees comes back as nothing"
    assert kept(app) == before


def test_words_left_empty_are_lent_only_if_asked(app, editing):
    page = editing.page
    send(editing, EDIT, advice__es="Solo en español", advice__fr="", advice__en="", do="save")
    assert set(kept(app).advice.model_dump().values()) == {"Solo en español"}
    editing.page = page
    send(editing, EDIT, lend=None, advice__fr="", do="save", revision="2")
    assert "faltan las palabras" in editing.said and kept(app).advice.fr == "Solo en español"
