"""The memoria tells the result of every kind of vote."""
import html
import io
import json
import random
import re
import zipfile
from collections import Counter

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from tests.exports.texts import READERS, of_docx, squeezed
from tests.support import cast
from workshop.actions.rooms.rooms import add_activity
from workshop.domain.kinds import kinds
from workshop.exports import votes
from workshop.exports.formats import docx_tables
from workshop.store.counts.turnout import Turnout
from workshop.store.models import Activity, Room, Workshop
from workshop.store.streams import numbering
from workshop.words import _, figure, speaking, spoken

# What reacts is counted as votes are; what asks for costs is nothing without them (tests/kinds/test_budget.py).
VOTES = {name: kind for name, kind in sorted(kinds().items()) if kind.votes and not (kind.options and kind.options.costs)}
FAIR = [{"key": "feria", "title": {"es": "En la *feria*", "fr": "À la foire", "en": "At the *fair*"}},
        {"key": "escuela", "title": "En la <b>escuela</b>"}]
TEXTS = {"a": "Guardar semilla propia", "b": "Una feria cada semana", "c": "Agua para los potreros", "d": "Escuela abierta"}
WHERE = ("¿Dónde?", "", [], ["Puesto", "Qué se votó", "La eligieron", "Delegaciones de las que son"],
         [["1", "En la <b>escuela</b>", "1", "1"], ["2", "En la *feria*", "0", "0"]])


def expected(name: str, form: str = "page") -> tuple[str, str, list[str], list[str], list[list[str]]]:
    """What the report must tell of the example of a kind, in Spanish: (title, what is said of all of it, what is said of
    each card, headings, rows).  The figures are the example's; the words are the kind's own."""
    kind = VOTES[name]
    with speaking("es"):
        result = kind.report.result(kind.settings, kind.example.tally)
        title = spoken(kind.settings.get("title")) or _(kind.title)
        cards = kind.example.tally.get("items", {}) if kind.on_cards(kind.settings) else {}
        said = [kind.report.of_card(kind.settings, one).text for one in cards.values()]
        told = {row.key: row for row in result.rows}
        ranks = [row.rank for row in result.rows if row.rank is not None]
        rows = []
        for key, figures in kind.example.rows:
            mine = told[key].rank
            tied = form not in ("xlsx", "json") and ranks.count(mine) > 1
            place = [] if not ranks else ["None" if form == "json" else ""] if mine is None else [
                str(1 + sum(rank > mine for rank in ranks)) + " empate" * tied]
            number = [f"R1-{1 + list(TEXTS).index(key):03}"] if key in TEXTS else []
            rows.append([*place, *number, TEXTS.get(key) or told[key].text, *(
                written(n, form) for n in figures)])
        what = "Qué se votó" if kind.decides or form == "json" else "Reacciones"
        about = [*(["Puesto"] if ranks else []), *(["Número"] if told.keys() & TEXTS.keys() else []), what]
        return title, result.said, said, [*about, *result.headings], rows


def written(n: float | None, form: str) -> str:
    """A figure as the report has it; nothing, where there is none."""
    return {"xlsx": "", "json": "None"}.get(form, "–") if n is None else f"{n:g}" if form in ("xlsx", "json") else figure(n)


def all_expected(form: str = "page") -> dict:
    return {name: expected(name, form) for name in VOTES} | {"where": WHERE}


@pytest.fixture
def voted(app, meeting, phone):
    """Four cards in room 1, of every kind a vote in which people have voted as its example says, and a choice between two
    places.  Returns how many people there are."""
    home = cast.activities(app, meeting["rooms"][0])
    delegations = cast.delegations(app, meeting)
    people = {}

    def person(delegation: str | None, place: int) -> cast.Phone:
        """The one of a delegation of the examples with this place among its voters."""
        names = [None, *dict.fromkeys(of for kind in VOTES.values() for _choices, of in kind.example.ballots if of)]
        if (delegation, place) not in people:
            people[delegation, place] = phone()
            people[delegation, place].join(meeting["code"], f"Persona {len(people)}", delegation=delegation and delegations[
                names.index(delegation)])
        return people[delegation, place]
    first = person(None, 0)
    cards = {key: cast.ok(first.post(home["ideas"], text))["card"]["id"] for key, text in TEXTS.items()}
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        room = session.get(Room, meeting["rooms"][0])
        room.steps = [{"key": "all", "minutes": 0, "opens": list(kinds())}]
        for position, kind in enumerate((name for name in VOTES if name not in home), 10):
            home[kind] = add_activity(session, room, kind, position, {"source": home["ideas"]}).id
        where = add_activity(session, room, "choice", 30, {
            "source": home["ideas"], "options": FAIR, "title": {"es": "¿Dónde?", "fr": "Où ?", "en": "Where?"}}).id
    for name, kind in VOTES.items():
        places = Counter()
        for choices, of in kind.example.ballots:
            who, places[of] = person(of, places[of]), places[of] + 1
            cast.ok(who.do("ballot.cast", {"activity": home[name], "base_rev": 0, "choices": {
                cards.get(key, key): choice for key, choice in choices.items()}}))
    cast.ok(person("sur", 0).do("ballot.cast", {"activity": where, "choices": {"escuela": 1}, "base_rev": 0}))
    app.extensions["house"].performer.count()
    return len(people)


@pytest.mark.parametrize("form", sorted(READERS))
def test_each_result_stands_in_each_format(memoria, voted, form):
    text = squeezed(READERS[form](memoria(form)))
    for vote, (title, said, of_cards, _headings, _rows) in all_expected().items():
        assert squeezed(title) in text and squeezed(said) in text, vote
        # A workbook tells what people said of cards in columns of numbers.
        assert [one for one in of_cards if form != "xlsx" and squeezed(one) not in text] == [], vote


@pytest.mark.parametrize("form", ["docx", "md", "xlsx", "json", "page"])
def test_each_vote_is_a_ranked_table_in_each_format(app, meeting, elena, memoria, voted, form):
    found = TABLES[form](app, meeting, elena, memoria)
    wanted = all_expected(form)
    for vote, (_title, _said, _of_cards, headings, rows) in wanted.items():
        assert [headings, *rows] in found, vote
    if form not in ("xlsx", "json"):  # there a place is a number
        assert any("empate" in row[0] for _title, _said, _of, _headings, rows in wanted.values() for row in rows)


def test_the_pdf_sets_each_row_out_in_a_line(memoria, voted):
    text = squeezed(READERS["pdf"](memoria("pdf")))
    for vote, (_title, _said, _of_cards, _headings, rows) in all_expected().items():
        for row in rows:
            assert squeezed("".join(row)) in text, vote


def _of_docx(_app, _meeting, _elena, memoria):
    tables = docx.Document(io.BytesIO(memoria("docx"))).tables
    return [[[cell.text.replace(" ■", "") for cell in row.cells[:-1]] for row in table.rows] for table in tables]


def _of_md(_app, _meeting, _elena, memoria):
    tables = [block.splitlines() for block in READERS["md"](memoria("md")).split("\n\n") if block.startswith("|")]
    return [[[cell.strip() for cell in line.strip("| ").split(" | ")][:len(lines[1].split("|")) - 3] for line in lines
             if not line.startswith("|-")] for lines in tables]


def _of_xlsx(_app, _meeting, _elena, memoria):
    sheet, found = openpyxl.load_workbook(io.BytesIO(memoria("xlsx")))["Votaciones"], []
    for row in sheet.iter_rows(values_only=True):
        cells = [str(cell) for cell in row if cell is not None]
        if {"Qué se votó", "Reacciones"} & {*cells}:
            found.append([cells])
        elif len(cells) > 1 and found:
            found[-1].append(cells)
    assert len(sheet._charts) == len(found), "and a chart beside each"
    assert '0 "empate"' in {cell.number_format for row in sheet.iter_rows() for cell in row}, "its place is a number"
    return found


def _of_json(_app, _meeting, _elena, memoria):
    votes = [vote for room in json.loads(memoria("json"))["results"] for vote in room["votes"]]
    found = []
    for vote in votes:
        lines = vote["result"]
        before = [name for name, key in (("Puesto", "place"), ("Número", "number"), ("Qué se votó", "text"))
                  if any(line[key] for line in lines)]
        keys = {"Puesto": "place", "Número": "number", "Qué se votó": "text"}
        found.append([[*before, *lines[0]["figures"]], *(
            [*(str(line[keys[name]]) for name in before), *(
                written(n, "json") for n in line["figures"].values())] for line in lines)])
    return found


def _of_page(app, meeting, elena, _memoria):
    client = app.test_client()
    client.set_cookie("tinkuy", elena.secret)
    page = client.get(f"/w/{meeting['workshop']}/report?lang=es").get_data(as_text=True)
    def words(cell: str) -> str:
        return html.unescape(re.sub(r"<[^>]*>", "", cell)).strip()
    return [[[words(cell) for cell in re.findall(r"<t[hd][ >].*?</t[hd]>", row, re.S)][:-1]
             for row in re.findall(r"<tr>.*?</tr>", table, re.S)]
            for table in re.findall(r'<table\s+class="ranked">.*?</table>', page, re.S)]


TABLES = {"docx": _of_docx, "md": _of_md, "xlsx": _of_xlsx, "json": _of_json, "page": _of_page}


def test_in_the_workbook_every_figure_has_its_column(memoria, voted):
    sheet = openpyxl.load_workbook(io.BytesIO(memoria("xlsx")))["Tarjetas"]
    found = {head.value: cell.value for head, cell in zip(sheet[1], sheet[2], strict=True)}
    with speaking("es"):
        first = [(kind, kind.example.tally["items"]["a"]) for kind in VOTES.values()
                 if kind.on_cards(kind.settings)]
        wanted = [pair for kind, one in first for pair in kind.report.of_card(kind.settings, one).figures.items()]
    names = Counter(name for name, _n in wanted)
    assert {name: found.get(name) for name, _n in wanted if names[name] == 1} == {
        name: n for name, n in wanted if names[name] == 1}
    assert found["En desacuerdo"] == 1 and found["Corazones"] == 2 and found["Aquí también"] == 1


def test_what_a_vote_says_is_said_in_the_language_of_the_report(memoria, voted):
    text = of_docx(memoria("docx", "en"))
    assert "Keep 1 · Adjust 0 · Stop 1 · from 1 delegation" in text and "At the *fair*" in text
    assert f"1 person of {voted} voted." in text and "What was voted on" in text


def test_a_result_that_waits_for_the_end_is_not_told_before(app, meeting, memoria, voted, elena):
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        vote = session.query(Activity).filter_by(room_id=meeting["rooms"][0], kind="consent").one()
        vote.settings, vote.tally = vote.settings | {"reveal": "close"}, None
    for form in (*READERS, "json"):
        text = READERS[form](memoria(form)) if form in READERS else memoria(form).decode()
        assert "El resultado se muestra cuando termina la votación." in text and "con reserva 1" not in text, form
    results = json.loads(memoria("json"))["results"][0]["votes"]
    assert next(vote for vote in results if vote["vote"] == "Consentimiento")["result"] == []
    elena.do("room.close", {"room": meeting["rooms"][0]})
    assert "con reserva 1" in of_docx(memoria("docx"))


def test_nothing_stands_twice_and_votes_come_in_the_order_in_which_they_were_held(app, meeting, memoria, voted, elena):
    first, later = "¿Dónde?", "Elección"
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        room = session.get(Room, meeting["rooms"][0])
        room.method = {"key": "x", "name": {"es": "x"}, "report": {
            "section": "desarrollo", "show": ["summary", "top_cards", "dissent", "vote"]}}
    text = of_docx(memoria("docx"))
    for title in (first, later, "Corazones"):
        assert text.split("\n").count(title) == 1 or title == "Corazones", "a method that names both has one table"
    annex = text[text.rindex("Anexo"):]
    assert "Promedio 3" in text and "Promedio 3" not in annex


def test_nothing_that_people_named_is_a_formula_of_a_chart(app, meeting, memoria, voted):
    with app.extensions["house"].store.write() as session:
        for vote in session.query(Activity).filter_by(room_id=meeting["rooms"][0]):
            vote.settings = vote.settings | {"title": "=Tarjetas!$A$1"}
            if vote.kind == "positions":
                vote.settings = vote.settings | {"axes": {side: {"key": side, "title": "=1+1"} for side in "xy"}}
    book = zipfile.ZipFile(io.BytesIO(memoria("xlsx")))
    charts = [book.read(name).decode() for name in book.namelist() if name.startswith("xl/charts/chart")]
    formulas = {formula for chart in charts for formula in re.findall(r"<c:f>(.*?)</c:f>", chart)}
    assert len(charts) == len(VOTES) + 1 and formulas and all(one.startswith("Votaciones!") for one in formulas)


@pytest.mark.parametrize("seed", range(40))
def test_who_voted_is_told_of_no_group_so_small_that_it_tells_what_one_of_them_chose(seed):
    chance = random.Random(seed)
    could = {str(i): (chance.choice("abcdefg"[:1 + seed % 7]), chance.choice(("hall", "remote", "phone", "paper")))
             for i in range(chance.randrange(1, 40))}
    voted = {seat for seat in could if chance.random() < chance.choice((0.1, 0.5, 0.9))}
    found = votes.groups(Turnout(could, voted), {one: one.upper() for one in "abcdef"})
    for lines in ([line for line in found if (line[0] in HALLS) == way] for way in (False, True)):
        assert not lines or (sum(line[1] for line in lines), sum(line[2] for line in lines)) == (len(voted), len(could))
        assert all(votes.FEW <= n <= of for _who, n, of in lines) and len(lines) != 1


HALLS = ("in the hall", "far away", "presencial", "a distancia")


def test_in_an_anonymous_workshop_it_is_not_told_at_all(app, meeting, memoria, voted):
    assert votes.groups(Turnout({str(i): ("a", "hall" if i > 4 else "remote") for i in range(10)}, set("0123456789")), {})
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = "anonymous"
    results = json.loads(memoria("json"))["results"][0]["votes"]
    assert results and not any(vote["by"] for vote in results)
    assert "Quiénes votaron" not in of_docx(memoria("docx"))


def test_the_bars_of_the_docx_are_as_long_as_their_numbers_and_the_first_is_lit(memoria, voted):
    tables = docx.Document(io.BytesIO(memoria("docx"))).tables
    heads = ["Puntos", "Personas", "Delegaciones de las que son"]
    [points] = [one for one in tables if [cell.text for cell in one.rows[0].cells[3:6]] == heads
                and one.rows[1].cells[3].text == "5"]
    drawn = []
    for row in points.rows[1:]:
        [bar] = row.cells[-1].tables
        pieces = [(int(cell._tc.tcPr.find(qn("w:tcW")).get(qn("w:w"))), cell._tc.tcPr.find(qn("w:shd")).get(qn("w:fill")))
                  for cell in bar.rows[0].cells]
        drawn.append((int(row.cells[3].text), pieces[0], sum(size for size, _colour in pieces)))
    (first, (longest, lit), whole), (second, (shorter, soft), same) = drawn
    assert longest == whole == same and shorter == pytest.approx(longest * second / first, abs=1)
    assert (lit, soft) == (docx_tables.WON, docx_tables.REST)
