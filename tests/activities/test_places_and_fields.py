"""What people may write on a card and where they may put it, in every layout."""
import json
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.real import real
from workshop.activities.ideas.rules import check
from workshop.domain.errors import Refusal
from workshop.domain.methods.library import library, settings_of

COLUMNS = [{"key": "efectos", "title": "Efectos"},
           {"key": "causas", "title": {"es": "Causas", "fr": "Causes", "en": "Causes"}}]
FIELDS = [
    {"key": "que", "title": {"es": "Qué hay", "fr": "Ce qu'il y a", "en": "What"}, "type": "text", "options": [],
     "required": True},
    {"key": "clase", "title": "Clase", "type": "choice", "options": [{"key": "acta", "title": "Acta"}], "required": False},
    {"key": "enlace", "title": "Enlace", "type": "link", "options": [], "required": False},
    {"key": "fecha", "title": "Fecha", "type": "date", "options": [], "required": False}]
BOARDS = {
    "columns": {"layout": "columns", "columns": COLUMNS},
    "matrix": {"layout": "matrix", "columns": COLUMNS, "rows": [{"key": "antes", "title": "Antes"}]},
    "open matrix": {"layout": "matrix", "columns": COLUMNS,
                    "rows": [{"key": "antes", "title": {"es": "Antes", "fr": "Avant"}}], "open_rows": True},
    "timeline": {"layout": "timeline", "lanes": [{"key": "hitos", "title": "Hitos"}], "scale": "year"},
    "tree": {"layout": "tree", "columns": COLUMNS},
    "plane": {"layout": "plane", "columns": [], "axes": {"x": {"key": "x", "title": "x"}, "y": {"key": "y", "title": "y"}}},
    "list": {"layout": "list", "columns": [], "fields": FIELDS}}


def place(board: str, **said) -> dict:
    return check(BOARDS[board] | {"fields": []}, {"text": "Semilla"}, said)[1]


def code(board: dict, body: dict, said: dict) -> str:
    with pytest.raises(Refusal) as refused:
        check(board, body, said)
    return refused.value.code


@pytest.mark.parametrize(("board", "said", "kept"), [
    ("columns", {}, {"column": "efectos"}),
    ("columns", {"column": "causas", "row": "antes"}, {"column": "causas"}),
    ("matrix", {}, {}),
    ("matrix", {"column": "causas", "row": "antes"}, {"column": "causas", "row": "antes"}),
    ("open matrix", {"row": "  El \n agua "}, {"row": "El agua"}),
    ("open matrix", {"row": "Avant"}, {"row": "antes"}),
    ("open matrix", {"row": "ñ" * 80}, {"row": "ñ" * 80}),
    ("timeline", {"lane": "hitos", "at": "2021-10"}, {"lane": "hitos", "at": "2021-10"}),
    ("timeline", {"at": "2024-02-29"}, {"at": "2024-02-29"}),
    ("tree", {"column": "causas", "parent": "card-0001"}, {"column": "causas", "parent": "card-0001"}),
    ("plane", {"column": "causas"}, {}),
    ("list", {"at": "2021"}, {})])
def test_a_card_keeps_of_its_place_what_the_layout_uses(board, said, kept):
    assert place(board, **said) == kept


@pytest.mark.parametrize(("board", "said", "refused"), [
    ("columns", {"column": "fines"}, "no_such_column"), ("columns", {"column": ["efectos"]}, "no_such_column"),
    ("matrix", {"column": "fines"}, "no_such_column"), ("matrix", {"row": "luego"}, "no_such_row"),
    ("matrix", {"row": {"key": "antes"}}, "no_such_row"),
    ("open matrix", {"row": "\u0007 \n"}, "no_such_row"), ("open matrix", {"row": 7}, "no_such_row"),
    ("open matrix", {"row": "ñ" * 81}, "too_long"),
    ("timeline", {"lane": "otra"}, "no_such_lane"),
    *(("timeline", {"at": at}, "bad_date") for at in (
        "21", "2021-13", "2021-02-30", "2021-2-3", "0000", "mañana", "2021-10-12T00:00", "٢٠٢١",
        2021, ["2021"], " 2021", "2021\n")),
    ("tree", {"column": "medios"}, "no_such_column"), ("tree", {"parent": "no id"}, "no_such_card"),
    ("tree", {"parent": {"id": 1}}, "no_such_card")])
def test_a_place_that_the_board_does_not_have_is_refused(board, said, refused):
    assert code(BOARDS[board], {"text": "Semilla"}, said) == refused


@pytest.mark.parametrize(("scale", "taken", "refused"), [
    ("day", ["2021-10-12"], ["2021", "2021-10"]), ("month", ["2021-10", "2021-10-12"], ["2021"]),
    ("year", ["2021", "2021-10", "2021-10-12"], []), (None, ["2021", "2021-10", "2021-10-12"], [])])
def test_a_date_may_be_finer_than_the_scale_but_not_coarser(scale, taken, refused):
    board = BOARDS["timeline"] | {"scale": scale}
    assert [check(board, {"text": "x"}, {"at": at})[1]["at"] for at in taken] == taken
    assert {code(board, {"text": "x"}, {"at": at}) for at in refused} <= {"bad_date"}


def test_where_nobody_wrote_a_text_the_first_field_of_text_is_the_text():
    body, _ = check(BOARDS["list"], {"text": "", "fields": {"clase": "acta", "que": "Acta de 2019"}}, {})
    assert body == {"text": "Acta de 2019", "fields": {"que": "Acta de 2019", "clase": "acta"}}
    body, _ = check(BOARDS["list"], {"text": "Está en la escuela", "title": " Un\n título ", "fields": {"que": "Acta"}}, {})
    assert body == {"text": "Está en la escuela", "title": "Un título", "fields": {"que": "Acta"}}


@pytest.mark.parametrize(("fields", "refused"), [
    ({}, "field_missing"), ({"que": "  "}, "field_missing"), ({"que": "x" * 601}, "field_long"),
    ({"que": "Acta", "clase": "foto"}, "field_choice"), ({"que": "Acta", "fecha": "ayer"}, "field_date"),
    ({"que": "Acta", "enlace": "https://a.pe/" + "x" * 500}, "field_long"), ({"que": "Acta", "otro": "x"}, "no_such_field"),
    ({"que": ["Acta"]}, "bad_payload"), (["Acta"], "bad_payload"), ({"que": 7}, "bad_payload")])
def test_a_field_that_does_not_fit_is_refused(fields, refused):
    assert code(BOARDS["list"], {"text": "Acta", "fields": fields}, {}) == refused


@pytest.mark.parametrize("link", [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//a.pe", "a.pe",
    "https:a.pe", "http://", "https://banco.pe@malo.example/", "https://a.pe\\@b.pe", "https://a.pe/ onclick=x", "mailto:",
    "mailto:a", "ftp://a.pe", "https://a.pe/\u202egpj.exe", "java\nscript:alert(1)", "https://a.pe/<b>",
    "mailto:a@b.pe\nbcc:c@d.pe"])
def test_a_link_that_could_run_or_deceive_is_refused(link):
    assert code(BOARDS["list"], {"fields": {"que": "Acta", "enlace": link}}, {}) == "field_link"


@pytest.mark.parametrize("link", ["https://a.pe", "http://192.168.1.4:5000/w/1?x=1#y", "HTTPS://Ñandú.pe/acta%20final",
                                  "mailto:rosa@salinas.bo", "https://a.pe/@rosa"])
def test_an_address_is_kept_as_it_was_written(link):
    assert check(BOARDS["list"], {"fields": {"que": "Acta", "enlace": link}}, {})[0]["fields"]["enlace"] == link


@pytest.mark.parametrize("method", [method for method in library().values() if method.board], ids=lambda method: method.key)
def test_the_board_of_every_method_takes_a_card(method):
    board, _, _ = settings_of(method, "es")
    values = {"text": "Algo", "date": "2021", "link": "https://a.pe"}
    fields = {f["key"]: f["options"][0]["key"] if f["options"] else values[f["type"]] for f in board["fields"]}
    body, kept = check(board, {"text": "Algo", "fields": fields}, {"at": "2021-10-12"})
    assert body["fields" if fields else "text"] == (fields or "Algo")
    assert kept.keys() <= {"column", "at"}


anything = st.recursive(st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3) |
                        st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=6)
keys = st.sampled_from(["column", "row", "lane", "at", "parent", "otro"])
values = anything | st.sampled_from(["efectos", "antes", "hitos", "2021", "2021-10", "card-0001", "El agua", "ñ" * 90])
lines = st.dictionaries(st.sampled_from(["que", "clase", "enlace", "fecha", "x"]), values, max_size=4)
bodies = st.fixed_dictionaries({}, optional={"text": st.text(max_size=50), "title": anything, "fields": lines | anything})


@given(st.sampled_from(sorted(BOARDS)), bodies, st.dictionaries(keys, values, max_size=4))
def test_whatever_is_sent_is_kept_in_a_form_that_is_taken_again_or_refused(board, body, said):
    try:
        kept = check(BOARDS[board], body, said)
    except Refusal:
        return
    assert check(BOARDS[board], *kept) == kept
    assert json.loads(json.dumps(kept)) == list(kept)
    texts = [kept[0]["text"], kept[0].get("title", ""), *kept[0].get("fields", {}).values(), *kept[1].values()]
    assert all(isinstance(text, str) and not re.search(r"[\0-\b\x0b-\x1f\x7f]", text) for text in texts)
    assert kept[0]["text"] and not re.search(r"\s\s|\n", kept[1].get("row", ""))


def test_hostile_texts_are_kept_whole_in_every_part_of_a_card():
    hostile = [text for text in json.loads(real("texts", "blns.json").read_text()) if text.strip()]
    kept = 0
    for text in hostile:
        board = BOARDS["open matrix"] | {"fields": FIELDS}
        try:
            body, where = check(board, {"text": text, "title": text[:200], "fields": {"que": text[:600]}},
                                {"row": text[:80]})
        except Refusal as refused:
            assert refused.code in ("empty", "no_such_row", "field_missing"), text
            continue
        kept += 1
        assert body["text"] == unicodedata.normalize("NFC", body["text"]) and check(board, body, where) == (body, where)
    assert kept > 450
