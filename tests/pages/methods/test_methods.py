"""The library of methods: read, looked at, taken along."""
import re
from html import unescape

import pytest
import yaml

from tests.pages.facilitator.people import Browser
from tests.pages.shell.attacks.test_guard import signed_in
from workshop.domain.methods.checking import check
from workshop.domain.methods.library import library
from workshop.pages.methods.board_picture import picture
from workshop.words import LANGUAGES, speaking


def drawn(method) -> str:
    """The picture of a method without the words that are read aloud."""
    return re.sub(r"<title>.*?</title>", "", picture(method, library(), "x"))


@pytest.fixture
def elena(app, meeting) -> Browser:
    return signed_in(app)


def test_who_is_not_signed_in_is_asked_to(app, meeting):
    for path in ("/methods", "/methods/foda", "/methods/foda/print", "/methods/foda.yaml", "/methods/from-file"):
        stranger = Browser(app)
        stranger.open(path)
        assert stranger.path == "/login"


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_methods_stand_in_the_list_in_the_readers_language_with_a_picture(app, elena, language):
    page = elena.open(f"/methods?lang={language}")
    assert page.count('role="img"') == len(library())
    for method in library().values():
        assert f'href="/methods/{method.key}">{getattr(method.name, language)}</a>' in unescape(page)
        assert getattr(method.purpose, language) in unescape(page)


def test_every_method_is_shown_with_every_step_and_what_is_allowed(elena):
    for key, method in library().items():
        page = unescape(elena.open(f"/methods/{key}"))
        for said in (method.name, method.purpose, method.advice, *(part.title for part in (*method.steps, *method.process)),
                     *(step.instruction for step in method.steps)):
            assert said.es in page
        assert page.count("Quién puede hacer qué, quién ve qué") == sum(bool(step.opens) for step in method.steps)
        assert method.source in page


def test_what_is_allowed_is_said_of_those_who_may(elena):
    page = unescape(elena.open("/methods/foda"))
    first = page.split('<ol class="steps">')[1].split("</li>")[0]
    assert "<dt>Nadie</dt><dd>comentar, reaccionar</dd>" in first
    assert "<dt>Solo la facilitación y la relatoría</dt><dd>agruparlas</dd>" in first
    assert "Cada persona ve solo sus propias tarjetas." in first and "Máximo 8 tarjetas por persona." in first
    assert "65 min" in page and "4 a 20 personas" in page
    assert "7 h" in elena.open("/methods/sistematizacion")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_different_boards_look_the_same(language):
    seen = {}
    with speaking(language):
        for method in library().values():
            words = [method.labels[key] for key in method.labels] if method.board else []
            board = (str(method.board), str(words), str(method.process))
            seen.setdefault(drawn(method), set()).add(board)
    assert len(seen) > 20
    assert [boards for boards in seen.values() if len(boards) > 1] == []


def test_a_plain_list_shows_how_it_is_voted_on_and_how_many_share_what_they_write():
    lights, circles = drawn(library()["semaforo"]), drawn(library()["uno_dos_cuatro"])
    assert lights.count('class="sign pale"') == 2 * lights.count('class="sign t') == 8
    assert circles.count('class="option"') == 1 + 2 + 4 + 8 and circles.count('class="sign t0"') == 1
    assert circles.count('class="sign pale"') == 3


def test_a_picture_says_in_words_what_it_shows_and_holds_no_style_of_its_own(elena):
    pictures = re.findall(r'<svg class="picture" role="img".*?</svg>', elena.open("/methods"), re.S)
    titles = [unescape(re.search(r"<title>(.*?)</title>", svg)[1]) for svg in pictures]
    for method in library().values():
        for column in method.board.columns if method.board else ():
            assert any(method.labels[column].es in title for title in titles)
    assert len(pictures) == len(library()) and min(map(len, titles)) > 5
    for svg in pictures:
        assert "style=" not in svg and not re.search(r"[xy]\d?=\"-|width=\"-|height=\"-|nan", svg)


def test_the_largest_board_that_a_method_may_have_is_drawn_inside_its_picture():
    keys = [f"c{n}" for n in range(20)]
    words = {"es": "Palabras muy largas que no caben", "fr": "Mots", "en": "Words"}
    base = library()["foda"].model_dump(mode="json", by_alias=True, exclude_defaults=True)
    base["votes"], base["steps"] = [], [base["steps"][-1]]
    boards = [{"layout": "columns", "columns": keys}, {"layout": "matrix", "columns": keys, "rows": [*keys]},
              {"layout": "timeline", "lanes": keys, "scale": "day"}, {"layout": "tree", "columns": keys},
              {"layout": "list", "fields": [{"key": key, "type": "text"} for key in keys[:12]]}]
    for board in boards:

        method = check(yaml.safe_dump(base | {"board": board, "labels": {key: dict(words) for key in keys}}))
        svg = picture(method, {}, "x")
        width, height = map(float, re.search(r'viewBox="0 0 (\S+) (\S+)"', svg).groups())
        for x, y, wide, high in re.findall(r'<rect class="[^"]+" x="(\S+)" y="(\S+)" width="(\S+)" height="(\S+)"', svg):
            assert float(x) >= 0 and float(x) + float(wide) <= width + 1, board["layout"]
            assert float(y) >= 0 and float(y) + float(high) <= height + 1, board["layout"]


def test_every_open_workshop_of_mine_offers_a_room_with_the_method(app, elena, meeting):
    link = f'/w/{meeting["workshop"]}/desk?method=foda#new'
    assert link in elena.open("/methods/foda")
    assert "#new" not in elena.open("/methods/sistematizacion")  # a room works by a method, not by a process of several
    house = app.extensions["house"]
    with house.store.write() as session:
        from workshop.store.models import Workshop
        session.get(Workshop, meeting["workshop"]).closed_at = house.clock()
    assert link not in elena.open("/methods/foda")


def test_a_sheet_to_print_has_a_line_for_every_step(elena):
    page = elena.open("/methods/foda/print")
    assert page.count('class="box"') == len(library()["foda"].steps)
    assert elena.open("/methods/sistematizacion/print").count('class="box"') == len(library()["sistematizacion"].process)


def test_a_method_is_taken_along_as_a_file(elena):
    answer = elena.http.get("/methods/foda.yaml")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="foda.yaml"')
    assert answer.mimetype == "application/yaml" and check(answer.get_data(as_text=True)) == library()["foda"]


def test_what_is_not_there_or_not_mine_is_not_found(elena):
    for path in ("/methods/nada", "/methods/nada/print", "/methods/nada.yaml", "/methods/nada/edit", "/methods/foda/edit",
                 "/methods/foda/yaml", "/methods/..%2Ffoda"):
        elena.open(path)
        assert elena.status == 404, path


def test_nothing_of_the_library_is_dropped_or_saved_over(elena):
    elena.open("/methods/foda")
    elena.send("/methods/foda/drop", "/copy")
    assert elena.status == 404
    elena.open("/methods/foda")
    assert elena.status == 200
