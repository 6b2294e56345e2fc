"""Bringing ideas in: what columns say of an idea besides its text, and texts that are longer than a card."""
import io
import re
from html import unescape

import pytest

from tests.pages.bulk_add.test_bring import Desk, cards
from workshop.domain.limits import TEXT
from workshop.store.models import Contribution, Workshop

CSV = ("Código;Propuesta;Autora;Día;Votos;Página;Depende de;Barrio\n"
       "7;Un puente nuevo;Rosa Mamani;12/10/2021;35;https://example.org/7;9;Centro\n"
       "9;Caminos;Julio;13/10/2021;1;;;Norte\n"
       "11;Una escuela;Ana;;;;404;\n")
COLUMNS = {"text_at": "1", "author_of": "2", "date_of": "3", "supports_of": "4", "link_of": "5", "number_of": "0",
           "parent_of": "6", "below": "7"}


@pytest.fixture
def desk(app, meeting):
    return Desk(app, meeting)


def shown(desk, **columns) -> Desk:
    desk.show(file=(io.BytesIO(CSV.encode()), "ideas.csv"))
    desk.show(**({"header": "yes"} | columns))
    return desk


def test_columns_become_what_a_person_says_that_they_are(app, meeting, desk):
    shown(desk, **COLUMNS)
    assert "No se traen" not in desk.page and "«404» no está en esta lista" in unescape(desk.page)
    desk.bring(**(COLUMNS | {"header": "yes"}))
    assert "3 tarjetas están en el tablero" in desk.page
    found = {body["text"].split("\n")[0]: body["text"].split("\n")[1:] for _n, body, _place in cards(app, meeting)}
    assert found == {
        "Un puente nuevo": ["Rosa Mamani · 12/10/2021 · 35 apoyos · https://example.org/7 · n.º 7", "Barrio: Centro"],
        "Caminos": ["Julio · 13/10/2021 · 1 apoyo · n.º 9", "Barrio: Norte"], "Una escuela": ["Ana · n.º 11"]}
    with app.extensions["house"].store.read() as session:
        rows = {row.body["text"].split("\n")[0]: row for row in session.query(Contribution).filter_by(kind="idea")}
        assert rows["Un puente nuevo"].origins == [rows["Caminos"].id] and not rows["Una escuela"].origins


def test_what_is_not_chosen_is_told_as_left_out(desk):
    shown(desk, text_at="1", author_of="2")
    assert "No se traen: Código, Día, Votos, Página, Depende de, Barrio" in unescape(desk.page)


def test_who_wrote_is_not_brought_in_where_nobody_is_to_see_it(app, meeting, desk):
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = "anonymous"
    shown(desk, **COLUMNS)
    assert 'name="author_of"' not in desk.page and "Rosa Mamani ·" not in desk.page
    assert "No se traen: Autora" in unescape(desk.page)


def test_an_idea_that_hangs_from_one_that_stays_out_is_brought_in_alone(app, meeting, desk):
    shown(desk, **COLUMNS)
    desk.bring(**(COLUMNS | {"header": "yes", "line": ["2"]}))
    with app.extensions["house"].store.read() as session:
        [row] = session.query(Contribution).filter_by(kind="idea").all()
        assert row.body["text"].startswith("Un puente") and not row.origins


LONG = " ".join(f"palabra{n}." for n in range(600))
assert len(LONG) > TEXT


@pytest.mark.parametrize(("how", "texts"), [("shorten", 1), ("split", 2)])
def test_a_text_that_is_too_long_is_shortened_or_split_when_somebody_says_so(app, meeting, desk, how, texts):
    desk.show(text=f"Corta\n{LONG}")
    assert [line for line, _text in desk.lines] == ["1"] and "1 texto es demasiado largo" in desk.page
    desk.show(**{"long-2": how})
    assert len(re.findall(r'name="line" value="2[.\d]*" checked', desk.page)) == texts
    desk.bring(**{"long-2": how, "line": re.findall(r'name="line" value="([\d.]+)" checked', desk.page)})
    brought = [body["text"] for _n, body, _place in cards(app, meeting)][1:]
    assert len(brought) == texts and all(len(text) <= TEXT for text in brought)
    if how == "split":
        assert [text[:6] for text in brought] == ["(1/2) ", "(2/2) "]
        assert " ".join(text[6:] for text in brought) == LONG
    else:
        assert brought[0].endswith(".…") and LONG.startswith(brought[0][:-1])


def test_all_long_texts_are_treated_alike_but_those_for_which_something_else_was_said(desk):
    desk.show(text=f"{LONG}\n{LONG} otra\n{LONG} más")
    desk.show(long="split", **{"long-2": "shorten", "long-3": "out"})
    assert re.findall(r'name="line" value="([\d.]+)"', desk.page) == ["1.1", "1.2", "2"]
    assert "Línea 3" in desk.faults


def test_one_part_of_a_split_text_can_be_left_out(app, meeting, desk):
    desk.show(text=LONG)
    desk.show(long="split")
    desk.bring(long="split", line=["1.2"])
    assert [body["text"][:6] for _n, body, _place in cards(app, meeting)] == ["(2/2) "]


def test_what_is_not_ticked_is_counted_above_the_list_with_a_way_to_it(desk):
    desk.show(text="Agua para todos\nNo al agua para todos\nAGUA, para todos")
    assert re.findall(r'name="line" value="(\d)"( checked)?', desk.page) == [("1", " checked"), ("2", " checked"), ("3", "")]
    assert re.search(r'1 línea no está marcada y queda fuera: <a href="#line-3">3</a>', desk.page)
    assert 'id="line-3"' in desk.page


def test_a_moment_as_programs_count_it_is_a_day_and_a_figure_that_is_none_is_told(desk):
    desk.show(file=(io.BytesIO(b"texto;timestamp_ms\nUn puente;1658934589213\nCaminos;77\n"), "polis.csv"))
    desk.show(header="yes", text_at="0", date_of="1")
    page = unescape(desk.page)
    assert "2022-07-27" in page and "1658934589213" not in page.split('class="lines"')[1]
    assert page.count("no hay una fecha") == 1


def test_one_hidden_row_is_said_as_one():
    from workshop.words import speaking
    from workshop.words.intake import sentence
    with speaking("es"):
        assert "1 fila oculta." in sentence("hidden_rows", {"n": 1, "text": ""})
        assert "2 filas ocultas." in sentence("hidden_rows", {"n": 2, "text": ""})
