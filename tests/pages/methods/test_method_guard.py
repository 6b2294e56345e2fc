"""Methods of one's own among others: nothing hostile does anything, nobody sees what is somebody else's."""
import json
import re
from html import unescape
from pathlib import Path

from tests.pages.facilitator.people import Browser
from tests.pages.methods.editing import EDIT, Form, bring, kept, rows, send
from tests.support import needs
from workshop.domain.limits import clean_text
from workshop.domain.methods.library import library, to_yaml

TEXTS = Path(__file__).parents[3] / ".." / "shared" / "data" / "texts" / "blns.json"


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
        said = without.get_data(as_text=True)
        again = without.status_code == 200 and "La página estuvo abierta" in said
        assert again or (without.status_code == 400 and "ya no se puede enviar" in said), path
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
