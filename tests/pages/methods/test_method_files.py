"""Methods as text: pasted, from a file, edited by hand."""
import io

import pytest

from tests.pages.methods.editing import EDIT, Form, bring, kept, rows, send
from workshop.actions import own_methods
from workshop.domain.methods.library import library, to_yaml
from workshop.store.models import Method


@pytest.mark.parametrize(("change", "words"), [
    (lambda text: text.replace("  fr: AFOM\n", "", 1), "faltan las palabras en el idioma «fr»"),
    (lambda text: text + "colour: red\n", "colour"),
    (lambda text: "key: [", "Línea"),
    (lambda text: text.replace("minutes: 8", "minutes: ocho", 1), "steps.0.minutes"),
    (lambda text: text + "#" * 100 * 1024, "como máximo"),
])
def test_a_bad_text_is_refused_with_its_reason_and_stays_in_the_field(app, elena, change, words):
    text = change(to_yaml(library()["foda"]))
    bring(elena, text)
    assert elena.path == "/methods/from-file" and rows(app) == []
    assert dict(Form(elena.page).fields)["text"] == text
    assert words in elena.said


def test_a_process_that_comes_back_to_itself_is_refused(app, elena):
    process = to_yaml(library()["sistematizacion"])
    bring(elena, process.replace("key: sistematizacion", "key: uno", 1))
    bring(elena, process.replace("key: sistematizacion", "key: dos", 1).replace("method: inventario", "method: uno", 1))
    assert elena.path == "/methods/dos"
    elena.open("/methods/uno/yaml")
    send(elena, "/methods/uno/yaml", text=to_yaml(kept(app, "uno")).replace("method: inventario", "method: dos", 1))
    assert "vuelve sobre sí" in elena.said or "uno" in elena.said
    assert "dos" not in [part.method for part in kept(app, "uno").process]
    bring(elena, process.replace("method: inventario", "method: nada", 1))
    assert "nada" in elena.said


def test_a_method_comes_from_a_file_under_a_free_key(app, elena):

    elena.open("/methods/from-file")
    send(elena, "/methods/from-file", file=[(io.BytesIO(b"\xef\xbb\xbf" + to_yaml(library()["foda"]).encode()), "x.yaml")])
    assert elena.path == "/methods/foda_2" and kept(app).steps == library()["foda"].steps
    elena.open("/methods/from-file")
    send(elena, "/methods/from-file", file=[(io.BytesIO(b"\xff\xfe\x00"), "x.yaml")])
    assert elena.said.startswith("Línea 1") and len(rows(app)) == 1


def test_too_large_a_body_is_refused_before_it_is_read(elena):
    class Unread:
        def read(self, *_size):
            raise AssertionError("it was read")
        readline = readlines = __iter__ = read
    answer = elena.http.post("/methods/from-file", headers=elena.headers, environ_overrides={
        "wsgi.input": Unread(), "CONTENT_LENGTH": str(50 * 1024 * 1024), "CONTENT_TYPE": "multipart/form-data; boundary=x"})
    assert answer.status_code == 413 and "100 KB" in answer.get_data(as_text=True)


def test_the_key_of_another_method_is_not_taken_over(app, editing):
    for key in ("foda", "cris"):
        editing.open("/methods/foda_2/yaml")
        send(editing, "/methods/foda_2/yaml", text=to_yaml(kept(app)).replace("key: foda_2", f"key: {key}", 1))
        assert editing.said.startswith("Ya hay un método con la clave")
    editing.open("/methods/foda_2/yaml")
    send(editing, "/methods/foda_2/yaml", text=to_yaml(kept(app)).replace("key: foda_2", "key: agua", 1))
    assert editing.path == "/methods/agua" and kept(app, "agua")


def test_a_hundred_methods_are_enough(app, elena, meeting):
    house = app.extensions["house"]
    with house.store.write() as session:
        for _ in range(own_methods.MOST):
            own_methods.copy(session, house.clock(), meeting["owner"], "evaluacion_dia")
    elena.open("/methods/foda")
    elena.send("/methods/foda/copy", "/copy")
    assert elena.status == 400 and "100 métodos propios" in elena.page
    assert len(rows(app)) == own_methods.MOST
    assert elena.open("/methods").count('role="img"') == own_methods.MOST + len(library())


def test_a_method_that_this_version_does_not_know_is_listed_and_can_be_put_right(app, editing):
    with app.extensions["house"].store.write() as session:
        row = session.query(Method).one()
        row.text = row.text + "colour: red\n"
    assert "/methods/foda_2/yaml" in editing.open("/methods")
    editing.open(EDIT)
    assert editing.path == "/methods/foda_2/yaml"
    send(editing, "/methods/foda_2/yaml", text=dict(Form(editing.page).fields)["text"].replace("colour: red\n", ""))
    assert editing.path == "/methods/foda_2"
