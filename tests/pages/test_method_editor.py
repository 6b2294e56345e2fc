"""Changing one's own methods: nothing typed is lost, nothing hostile does anything, nobody sees what is somebody else's."""
import io
import json
import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests import needs
from tests.cast import PASSWORD
from tests.pages.people import Browser
from tests.pages.test_guard import signed_in
from workshop.actions import opening, own_methods
from workshop.domain.library import library, to_yaml
from workshop.domain.limits import clean_text
from workshop.domain.methods import check
from workshop.store.models import Method

TEXTS = Path(__file__).parents[2] / ".." / "shared" / "data" / "texts" / "blns.json"
EDIT = "/methods/foda_2/edit"


class Form(HTMLParser):
    """The fields of the page's form as a browser would send them: [(name, value)], and all texts with ids."""

    def __init__(self, page: str):
        super().__init__(convert_charrefs=True)
        self.fields, self.ids, self.open, self._area, self._select = [], [], False, None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "form":
            self.open = "enctype" in attrs
        elif not self.open:
            return
        elif tag == "input" and "name" in attrs:
            ticked = attrs.get("type") not in ("checkbox", "radio") or "checked" in attrs
            if ticked and attrs.get("type") != "file":
                self.fields.append((attrs["name"], attrs.get("value", "")))
        elif tag == "textarea":
            self._area = [attrs["name"], ""]
        elif tag == "select":
            self._select = attrs["name"]
        elif tag == "option" and self._select and "selected" in attrs:
            self.fields.append((self._select, attrs["value"]))

    def handle_data(self, data):
        if self._area:
            self._area[1] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area:
            self.fields.append((self._area[0], self._area[1].removeprefix("\n")))
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self.open = False

    def data(self, **changed) -> dict:
        """{name: [values]} with what somebody types; a name's dots are written __, None leaves it out."""
        found = {}
        for name, value in self.fields:
            found.setdefault(name, []).append(value)
        for name, value in changed.items():
            found.pop(name := name.replace("__", "."), None)
            if value is not None:
                found[name] = value if isinstance(value, list) else [value]
        return found


def send(person: Browser, path: str, _form: Form | None = None, **changed) -> str:
    """Type something into the form of the page and press a button (`do`)."""
    data = (_form or Form(person.page)).data(**changed)
    return person._see(person.http.post(path, data=data, headers=person.headers, content_type="multipart/form-data",
                                        follow_redirects=True))


@pytest.fixture
def elena(app, meeting) -> Browser:
    return signed_in(app)


@pytest.fixture
def editing(elena) -> Browser:
    """Elena before the form of her copy of FODA."""
    elena.open("/methods/foda")
    elena.send("/methods/foda/copy", "/copy")
    assert elena.path == EDIT
    return elena


@pytest.fixture
def luis(app, meeting) -> Browser:
    """Another facilitator."""
    house = app.extensions["house"]
    with house.store.write() as session:
        opening.create_account(session, house.clock(), "luis@example.org", "Luis", PASSWORD)
    luis = Browser(app)
    luis.open("/login")
    luis.send("/login", email="luis@example.org", password=PASSWORD)
    return luis


def kept(app, key: str = "foda_2"):
    """The stored method."""
    with app.extensions["house"].store.read() as session:
        row = session.query(Method).filter_by(key=key).one()
        return check(row.text, own_methods.known(session, row.account_id))


def rows(app) -> list[Method]:
    with app.extensions["house"].store.read() as session:
        return session.query(Method).order_by(Method.key).all()


def bring(person: Browser, text: str, **files) -> str:
    """Paste a text or upload a file."""
    person.open("/methods/from-file")
    return send(person, "/methods/from-file", text=text, **files)


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
            assert again[name.replace("__", ".")] == [value]
    assert kept(app) == before


def test_words_left_empty_are_lent_only_if_asked(app, editing):
    page = editing.page
    send(editing, EDIT, advice__es="Solo en español", advice__fr="", advice__en="", do="save")
    assert set(kept(app).advice.model_dump().values()) == {"Solo en español"}
    editing.page = page
    send(editing, EDIT, lend=None, advice__fr="", do="save", revision="2")
    assert "faltan las palabras" in editing.said and kept(app).advice.fr == "Solo en español"


def hostile() -> list[str]:
    if not TEXTS.exists():
        needs.without("the hostile texts are not on this machine")
    return [text for text in json.loads(TEXTS.read_text()) if clean_text(text) and len(text) <= 600]


def test_hostile_texts_in_every_field_are_kept_as_text(app, editing):
    texts = hostile()
    assert len(texts) > 400
    fields = [name for name, _value in Form(editing.page).fields if name.endswith((".es", ".fr", ".en"))]
    assert len(fields) > 60
    for start in range(0, len(texts), len(fields)):
        typed = {name: text.encode("utf-8", "replace").decode() for name, text in zip(fields, texts[start:], strict=False)}
        editing.open(EDIT)
        send(editing, EDIT, do="save", **{name.replace(".", "__"): text for name, text in typed.items()})
        assert editing.path == "/methods/foda_2", editing.said
        body = editing.page.split("</style>")[1]
        assert "<script" not in body and "<img" not in body and not re.search(r"<[^>]*\son\w+=", body)
        form = Form(editing.open(EDIT)).data()
        assert "<script" not in editing.page.split("</style>")[1]
        for name, text in typed.items():
            assert form[name] == [clean_text(text)], name
        assert 'role="img"' in editing.open("/methods") and "<script" not in editing.page.split("</style>")[1]


def test_hostile_texts_where_no_text_belongs_are_refused_and_come_back_as_text(app, editing):
    before, page = kept(app), editing.page
    fields = ["steps.0.minutes", "steps.0.limit", "steps.0.grace", "steps.0.see", "steps.0.may.add", "steps.0.opens",
              "steps.0.columns", "base", "revision", "show", "part"]
    for number, text in enumerate(hostile()[::9]):
        editing.page = page
        name = fields[number % len(fields)]
        send(editing, EDIT, do="save" if number % 2 else "steps.add", **{name.replace(".", "__"): text})
        assert editing.status in (200, 404, 413)
        assert "<script" not in editing.page.split("</style>")[1]
    assert kept(app).steps[0].minutes == before.steps[0].minutes


BASES = ["[]", "steps: x", "steps: [x, {may: y, title: [z]}]", "board: x", "board: {axes: x}", "name: [x]", "&a [*a]",
         "board: {columns: {a: b}, fields: x}", "votes: [x, {key: [1]}]", "process: [x, {title: y}]", "labels: {a: b}"]


def test_a_form_that_no_page_of_ours_sent_does_no_harm(app, editing):
    before, page = kept(app), editing.page
    for base in BASES:
        for do in ("save", "steps.add", "board.columns.0.remove", "steps.0.up", "process.0.down", "x.y"):
            editing.page = page
            send(editing, EDIT, base=base, do=do)
            assert editing.status == 200 and kept(app) == before, (base, do)


def test_who_is_signed_out_or_came_too_late_finds_the_text_again(app, editing):
    page = editing.page
    send(editing, EDIT, token="x", purpose__es="Lo mío", do="save")
    assert editing.said.startswith("La página estuvo abierta") and "Lo mío" in editing.page
    send(editing, EDIT, do="save")
    assert editing.path == "/methods/foda_2" and kept(app).purpose.es == "Lo mío"
    stranger = Browser(app)
    stranger.open("/login")
    token = re.search(r'name="token" value="([^"]+)"', stranger.page)[1]
    send(stranger, EDIT, Form(page), token=token, purpose__es="De otro", do="save")
    assert stranger.said.startswith("Su sesión se cerró") and "De otro" in stranger.page
    assert kept(app).purpose.es == "Lo mío"


def test_two_tabs_do_not_overwrite_each_other_unasked(app, editing):
    page = editing.page
    send(editing, EDIT, purpose__es="Primero", do="save")
    editing.page = page
    send(editing, EDIT, purpose__es="Segundo", do="save")
    assert editing.said.startswith("Mientras tanto") and "Segundo" in editing.page and kept(app).purpose.es == "Primero"
    send(editing, EDIT, do="save")
    assert kept(app).purpose.es == "Segundo"


def test_nobody_else_sees_a_private_method(app, editing, luis):
    for path in ("/methods/foda_2", "/methods/foda_2/print", "/methods/foda_2.yaml", EDIT, "/methods/foda_2/yaml"):
        assert editing.http.get(path).status_code == 200
        luis.open(path)
        assert luis.status == 404 and "FODA (2)" not in luis.page
    assert "foda_2" not in luis.open("/methods")


def test_nobody_else_saves_copies_or_drops_it(app, editing, luis):
    page = editing.page
    luis.open("/methods/from-file")
    token = dict(Form(luis.page).fields)["token"]
    for path, form in ((EDIT, Form(page)), ("/methods/foda_2/yaml", None), ("/methods/foda_2/drop", None),
                       ("/methods/foda_2/copy", None)):
        send(luis, path, form, token=token, text=to_yaml(library()["cris"]), do="save")
        assert luis.status == 404, path
    assert [(row.key, row.revision) for row in rows(app)] == [("foda_2", 1)]


def test_two_people_may_have_the_same_key(app, editing, luis):
    luis.open("/methods/foda")
    luis.send("/methods/foda/copy", "/copy")
    assert luis.path == EDIT and len(rows(app)) == 2


def test_a_foreign_page_changes_nothing(app, editing):
    form = Form(editing.page).data(do="save", purpose__es="Ajeno")
    for path in (EDIT, "/methods/foda_2/drop", "/methods/foda_2/copy", "/methods/from-file", "/methods/foda_2/yaml"):
        data = form | {"text": to_yaml(library()["cris"])}
        foreign = editing.http.post(path, data=data, headers={"Origin": "https://evil.example"})
        assert foreign.status_code == 403
        without = editing.http.post(path, data=data | {"token": "x"})
        assert without.status_code in (200, 400) and "La página estuvo abierta" in without.get_data(as_text=True)
    assert [(row.key, row.revision) for row in rows(app)] == [("foda_2", 1)]


def test_a_method_of_mine_is_dropped_unless_a_process_needs_it(app, editing):
    process = to_yaml(library()["sistematizacion"]).replace("key: sistematizacion", "key: proceso", 1).replace(
        "method: inventario", "method: foda_2", 1)
    bring(editing, process)
    assert editing.path == "/methods/proceso"
    editing.open("/methods/foda_2")
    editing.send("/methods/foda_2/drop", "/drop")
    assert editing.status == 400 and "Su proceso «proceso» necesita" in unescape(editing.page)
    editing.open("/methods/foda_2/yaml")
    send(editing, "/methods/foda_2/yaml", text=to_yaml(kept(app)).replace("key: foda_2", "key: otra", 1))
    assert "Su proceso «proceso» necesita" in editing.said
    for key in ("proceso", "foda_2"):
        editing.open(f"/methods/{key}")
        editing.send(f"/methods/{key}/drop", "/drop")
    assert rows(app) == [] and editing.path == "/methods"


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
