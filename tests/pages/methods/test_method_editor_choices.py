"""Votes, the board, the cards' fields, the family and the report in the form of a method."""
import pytest

from tests.pages.methods.editing import EDIT, Form, kept, rows, send


@pytest.fixture
def copied(elena):
    """Somebody who has copied a method of the library, by its key, and stands in its form."""
    def copy(key: str):
        elena.open(f"/methods/{key}")
        elena.send(f"/methods/{key}/copy", "/copy")
        assert 'name="votes.0.kind"' in elena.page or 'id="votes"' in elena.page
        return elena
    return copy


def test_family_people_and_the_place_in_the_report_are_changed(app, editing):
    send(editing, EDIT, family="decide", people__0="4", people__1="12", report__section="acuerdos",
         report__show=["vote", "board"], do="save")
    method = kept(app)
    assert (method.family, method.people) == ("decide", (4, 12))
    assert (method.report.section, set(method.report.show)) == ("acuerdos", {"vote", "board"})


def test_the_votes_of_a_person_and_when_the_result_is_seen_are_changed(app, editing):
    send(editing, EDIT, votes__0__budget="7", votes__0__per_card="", votes__0__reveal="live", labels__puntos__es="Corazones",
         votes__0__kind="likes", do="save")
    vote = kept(app).votes[0]
    assert (vote.kind, vote.numbers, vote.reveal) == ("likes", {"budget": 7}, "live")
    assert kept(app).labels["puntos"].es == "Corazones"


def test_dots_become_those_of_a_delegation_and_of_each_person_again(app, editing):
    assert kept(app).votes[0].budget_of == "seat"
    send(editing, EDIT, votes__0__budget_of="delegation", do="save")
    assert kept(app).votes[0].budget_of == "delegation"
    assert "que una delegación comparte" in editing.open("/methods/foda_2")
    editing.open(EDIT)
    send(editing, EDIT, votes__0__budget_of="seat", do="save")
    assert kept(app).votes[0].budget_of == "seat"
    editing.open(EDIT)
    send(editing, EDIT, votes__0__budget_of="delegation", votes__0__kind="likes", do="save")
    assert (kept(app).votes[0].kind, kept(app).votes[0].budget_of) == ("likes", "seat")


def test_a_light_goes_from_rows_to_cards_and_back_and_only_a_light_stands_on_rows(app, copied):
    elena, edit = copied("comparativa"), "/methods/comparativa_2/edit"
    for per in ("card", "row"):
        elena.open(edit)
        send(elena, edit, votes__0__per=per, do="save")
        assert kept(app, "comparativa_2").votes[0].per == per, elena.said
        assert ("en cada fila del tablero" in elena.open("/methods/comparativa_2")) == (per == "row")
    elena.open(edit)
    send(elena, edit, votes__0__kind="opinions", do="save")
    assert kept(app, "comparativa_2").votes[0].per == "card"


@pytest.mark.parametrize(("kind", "options", "numbers"), [
    ("light", ("seguir", "ajustar", "dejar"), (None, None, None, None)),
    ("consent", ("si", "con_reserva", "no"), (None, None, None, None)),
    ("scale", (), (None, None, 1, 5)), ("choice", (), (None, None, None, None)), ("opinions", (), (None, None, None, None)),
    ("likes", (), (5, 2, None, None))])
def test_any_kind_of_vote_becomes_any_other_in_one_go(app, editing, kind, options, numbers):
    send(editing, EDIT, votes__0__kind=kind, do="save")
    assert editing.path == "/methods/foda_2", editing.said
    vote = kept(app).votes[0]
    assert (vote.kind, vote.options) == (kind, options)
    assert tuple(map(vote.numbers.get, ("budget", "per_card", "from", "to"))) == numbers


def test_who_tries_another_kind_and_comes_back_finds_what_was_there(app, editing):
    before = kept(app)
    send(editing, EDIT, votes__0__kind="scale", board__layout="list", do="show")
    assert 'name="votes.0.from"' in editing.page and 'name="votes.0.budget"' not in editing.page
    assert 'id="board.columns"' not in editing.page
    send(editing, EDIT, votes__0__kind="dots", board__layout="columns", do="show")
    send(editing, EDIT, do="save")
    assert kept(app) == before


def test_a_vote_is_added_opened_by_a_step_and_another_is_removed(app, editing):
    send(editing, EDIT, do="votes.add")
    send(editing, EDIT, labels__vote_1__es="¿Seguimos?", votes__1__kind="consent", do="votes.1.up")
    send(editing, EDIT, do="votes.1.remove")
    send(editing, EDIT, steps__4__opens=["board", "vote_1"], do="save")
    method = kept(app)
    assert [(vote.key, vote.kind) for vote in method.votes] == [("vote_1", "consent")]
    assert method.steps[4].opens == ("board", "vote_1") and method.labels["vote_1"].fr == "¿Seguimos?"
    assert "puntos" not in method.labels and all("puntos" not in step.opens for step in method.steps)


def test_answers_of_a_vote_are_added_moved_and_removed(app, editing):
    send(editing, EDIT, votes__0__kind="choice", do="show")
    for _ in range(3):
        send(editing, EDIT, do="votes.0.options.add")
    send(editing, EDIT, labels__option_1__es="Sí", labels__option_2__es="No", labels__option_3__es="Tal vez",
         do="votes.0.options.2.up")
    send(editing, EDIT, do="votes.0.options.0.remove")
    send(editing, EDIT, do="save")
    method = kept(app)
    assert [method.labels[key].es for key in method.votes[0].options] == ["Tal vez", "No"]
    assert "option_1" not in method.labels


def test_a_board_of_columns_becomes_a_matrix_whose_rows_the_group_names(app, editing):
    send(editing, EDIT, board__layout="matrix", do="show")
    send(editing, EDIT, board__open_rows="1", board__delegations="oportunidades", do="save")
    board = kept(app).board
    assert (board.layout, board.open_rows, board.delegations, len(board.columns)) == ("matrix", True, "oportunidades", 8)


def test_a_board_becomes_a_timeline_with_lanes_and_a_plane_with_axes(app, copied):
    person = copied("lluvia")
    where = "/methods/lluvia_2/edit"
    send(person, where, board__layout="timeline", do="show")
    send(person, where, board__scale="month", do="board.lanes.add")
    send(person, where, labels__lane_1__es="Cosechas", do="save")
    board = kept(app, "lluvia_2").board
    assert (board.layout, board.scale, board.lanes) == ("timeline", "month", ("lane_1",))
    person.open(where)
    send(person, where, board__layout="plane", do="show")
    send(person, where, labels__eje_x__es="Costo", labels__eje_y__es="Provecho", do="save")
    method = kept(app, "lluvia_2")
    assert (method.board.layout, method.board.lanes, method.board.scale) == ("plane", (), None)
    assert method.labels[method.board.axes.x].fr == "Costo" and "lane_1" not in method.labels


def test_a_method_loses_its_board_and_its_steps_open_it_no_more(app, copied):
    person = copied("lluvia")
    send(person, "/methods/lluvia_2/edit", board__layout="", do="save")
    method = kept(app, "lluvia_2")
    assert method.board is None and all("board" not in step.opens for step in method.steps)


def test_the_cards_ask_for_an_answer_out_of_several(app, editing):
    send(editing, EDIT, do="board.fields.add")
    send(editing, EDIT, labels__field_1__es="¿Quién?", do="board.fields.add")
    send(editing, EDIT, labels__field_2__es="Clase", board__fields__1__type="choice", do="show")
    send(editing, EDIT, do="board.fields.1.options.add")
    send(editing, EDIT, labels__option_1__es="Acta", board__fields__1__required="1", do="board.fields.1.up")
    send(editing, EDIT, do="save")
    first, second = kept(app).board.fields
    assert (first.key, first.type, first.options, first.required) == ("field_2", "choice", ("option_1",), True)
    assert (second.key, second.type, second.options, second.required) == ("field_1", "text", (), False)
    editing.open(EDIT)
    send(editing, EDIT, board__fields__0__required=None, board__fields__0__type="date", do="save")
    first = kept(app).board.fields[0]
    assert (first.type, first.options, first.required) == ("date", (), False) and "option_1" not in kept(app).labels


def test_words_that_two_places_share_are_typed_once_and_stay_when_one_goes(app, copied):
    person = copied("relatoria_grupo")
    where = "/methods/relatoria_grupo_2/edit"
    send(person, where, do="votes.add")
    send(person, where, labels__vote_1__es="Otra", votes__1__kind="consent", do="show")
    assert kept(app, "relatoria_grupo_2").labels["si"]
    ids = Form(person.page).ids
    assert len(ids) == len(set(ids)) and ids.count("labels.si.es") == 1
    send(person, where, do="votes.0.remove")
    send(person, where, do="save")
    method = kept(app, "relatoria_grupo_2")
    assert method.votes[0].key == "vote_1" and {*method.votes[0].options} <= {*method.labels}


@pytest.mark.parametrize(("changed", "place", "words"), [
    ({"votes__0__budget": ""}, "votes.0.budget", "Votación 1, Votos para dar"),
    ({"votes__0__budget": "un montón"}, "votes.0.budget", "Votación 1, Votos para dar"),
    ({"votes__0__budget": "101"}, "votes.0.budget", "Votación 1"),
    ({"votes__0__per_card": "6"}, "votes.0.per_card", "Como mucho en una tarjeta"),
    ({"votes__0__kind": "sorteo"}, "votes.0.kind", "Votación 1, Forma de votar"),
    ({"votes__0__reveal": "mañana"}, "votes.0.reveal", "Cuándo se ve el resultado"),
    ({"family": "magia"}, "family", "Tipo de método"),
    ({"people__0": "9", "people__1": "3"}, "people", "Personas en un grupo"),
    ({"people__1": ""}, "people.1", "Personas en un grupo"),
    ({"report__section": "nada"}, "report.section", "En la memoria, Sección"),
    ({"board__layout": "espiral"}, "board.layout", "Tablero, Forma del tablero"),
    ({"board__layout": "timeline"}, "board.lanes", "Tablero, Carriles"),
    ({"board__layout": "matrix"}, "board.rows", "Tablero, Filas"),
    ({"board__layout": "plane"}, "labels.eje_x.es", "faltan las palabras"),
])
def test_what_does_not_fit_is_said_beside_its_field_and_everything_typed_stays(app, editing, changed, place, words):
    before = kept(app)
    send(editing, EDIT, advice__es="Escrito con esfuerzo", labels__fortalezas__es="Lo que sabemos", do="save", **changed)
    assert editing.path == EDIT and words in editing.said, editing.said
    assert f'id="{place}-wrong"' in editing.page and f'id="{place}"' in editing.page
    again = Form(editing.page).data()
    assert again["advice.es"] == ["Escrito con esfuerzo"] and again["labels.fortalezas.es"] == ["Lo que sabemos"]
    for name, value in changed.items():
        assert again[name.replace("__", ".")] == [value]
    assert kept(app) == before


@pytest.mark.parametrize("what", [
    "votes.99.remove", "votes.0.options.7.up", "votes.50.options.add", "board.fields.3.options.add", "board.lanes.0.down",
    "votes.0.budget.add", "votes..add", "board.fields.-1.remove", "process.add", "labels.add"])
def test_buttons_that_no_page_has_change_nothing(app, editing, what):
    before = kept(app)
    send(editing, EDIT, do=what)
    assert editing.status == 200
    send(editing, EDIT, do="save")
    assert editing.path == "/methods/foda_2" and kept(app) == before


@pytest.mark.parametrize("base", [
    "votes: [{key: {a: b}, options: {c: d}, kind: [dots]}]", "board: {layout: [x], axes: [1], fields: [a, {key: }]}",
    "report: [x]", "people: {a: b}", "family: [x]", "board: {layout: plane, axes: {x: {a: b}, z: c}}", "votes: {a: b}"])
def test_a_form_whose_hidden_part_was_tampered_with_is_refused_and_drawn_again(app, editing, base):
    before = kept(app)
    send(editing, EDIT, base=base, do="save")
    assert editing.status == 200 and editing.said and editing.path == EDIT
    assert kept(app) == before and rows(app)[0].revision == 1
