"""The methods that come with the program, and what a room takes over from one."""
import json

import pytest

from workshop.domain.methods.checking import check
from workshop.domain.methods.library import library, load, settings_of, to_yaml

TWENTY = {
    "foda", "arbol_problemas", "linea_tiempo", "recuperacion", "cris", "porque", "comparativa", "semaforo", "cafe_mundial",
    "uno_dos_cuatro", "pecera", "feria", "carrusel", "acuerdos", "mapa_actores", "impacto_esfuerzo", "relatoria_grupo",
    "mesa_sintesis", "evaluacion_dia", "lluvia"}
MOMENTS = {"sistematizacion", "inventario", "preguntas", "conclusiones", "comunicacion"}
METHODS = [method for method in library().values() if method.steps]


def words(method):
    """Every {es, fr, en} of a method."""
    yield from (method.name, method.purpose, method.advice, *method.labels.values())
    for part in (*method.steps, *method.process):
        yield part.title
    yield from (step.instruction for step in method.steps)


def test_the_twenty_and_the_five_moments_are_there():
    assert len(TWENTY) == 20
    assert set(library()) == TWENTY | MOMENTS


@pytest.mark.parametrize("method", library().values(), ids=lambda method: method.key)
def test_a_method_comes_back_from_its_yaml(method):
    assert check(to_yaml(method), library()) == method


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.key)
def test_every_label_is_used(method):
    board, votes, _ = settings_of(method, "es")
    said = json.dumps([board, votes])
    assert [key for key in method.labels if f'"key": "{key}"' not in said] == []


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.key)
def test_every_vote_and_the_board_are_opened_by_some_step_and_every_column_takes_cards(method):
    opened = {key for step in method.steps for key in step.opens}
    assert {vote.key for vote in method.votes} | {"board"} <= opened
    adding = [step for step in method.steps if "board" in step.opens and step.may.add != "nobody"]
    assert {key for step in adding for key in step.columns or method.board.columns} == set(method.board.columns)


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.key)
def test_an_instruction_fits_on_a_telephone(method):
    for step in method.steps:
        assert all(len(text) <= 160 for text in step.instruction.model_dump().values()), step.key


@pytest.mark.parametrize("method", library().values(), ids=lambda method: method.key)
def test_sentences_are_written_in_three_languages_and_not_copied(method):
    for said in (method.purpose, method.advice, *(step.instruction for step in method.steps)):
        assert len({said.es, said.fr, said.en}) == 3
    assert all(word == word.strip() for said in words(method) for word in said.model_dump().values())


def test_who_works_in_silence_sees_only_their_own_and_nobody_reacts():
    silent = [step for method in METHODS for step in method.steps if step.see == "own"]
    assert len(silent) > 5
    for step in silent:
        assert (step.may.comment, step.may.react, step.closes) == ("nobody", "nobody", True), step
        assert step.limit


def test_one_two_four_all_widens_step_by_step():
    assert [(step.see, step.minutes) for step in library()["uno_dos_cuatro"].steps] == [
        ("own", 1), ("pair", 2), ("four", 4), ("room", 5)]


def test_the_process_goes_through_the_five_moments_in_order():
    parts = library()["sistematizacion"].process
    moments = [part.title.en[0] for part in parts]
    assert moments == sorted(moments)
    assert set(moments) == set("12345")
    assert [part.day for part in parts] == sorted(part.day for part in parts)


def test_a_room_takes_over_a_matrix_with_its_scale():
    board, votes, steps = settings_of(library()["cris"], "fr")
    assert board["layout"] == "matrix"
    assert board["rows"][0] == {"key": "contexto", "title": {"es": "Contexto", "fr": "Contexte", "en": "Context"}}
    assert [column["title"]["en"] for column in board["columns"]] == [
        "What happened", "What shows it", "Why", "What is missing"]
    assert [(vote["kind"], vote["from"], vote["to"], vote["reveal"]) for vote in votes] == [("scale", 1, 5, "close")]
    assert votes[0]["name"] == votes[0]["title"]["fr"] == "À quel point nous en sommes sûrs"
    assert (steps[0]["key"], steps[0]["minutes"], steps[0]["see"], steps[0]["grace"]) == ("solo", 6, "own", 20)
    assert steps[0]["may"] == {"add": "all", "edit": "own", "move": "own", "group": "staff", "comment": "nobody",
                               "react": "nobody", "vote": "all", "attach": "all"}


def test_a_room_takes_over_axes_lanes_and_cards_with_fields():
    plane = settings_of(library()["mapa_actores"], "es")[0]
    assert plane["axes"]["y"] == {"key": "interes", "title": {"es": "Interés", "fr": "Intérêt", "en": "Interest"}}
    kind = plane["fields"][1]
    assert (kind["key"], kind["type"], kind["required"], kind["options"][0]["title"]["en"]) == (
        "tipo", "choice", False, "Community or organisation")
    line = settings_of(library()["linea_tiempo"], "es")[0]
    assert (line["scale"], [lane["key"] for lane in line["lanes"]]) == (
        "year", ["contexto", "hitos", "logros", "dificultades", "personas"])
    dots = settings_of(library()["linea_tiempo"], "es")[1][0]
    assert (dots["budget"], dots["per_item"]) == (3, 1)


def test_each_delegation_gets_its_column():
    towns = [{"key": key, "title": dict.fromkeys(("es", "fr", "en"), key.title())} for key in ("taraco", "salinas")]
    board = settings_of(library()["comparativa"], "es", towns)[0]
    assert [column["key"] for column in board["columns"]] == ["taraco", "salinas", "coincidencias", "diferencias"]
    alone = settings_of(library()["comparativa"], "es")[0]
    assert [column["key"] for column in alone["columns"]] == ["cada_delegacion", "coincidencias", "diferencias"]


def test_what_a_room_keeps_can_be_kept_as_json():
    for method in library().values():
        kept = settings_of(method, "en")
        assert json.loads(json.dumps(kept)) == list(kept)


def test_a_process_has_no_board_of_its_own():
    assert settings_of(library()["sistematizacion"], "es") == ({}, [], [])


@pytest.mark.parametrize(("name", "text", "reason"), [
    ("foda.yaml", b"key: [", "foda.yaml: method_not_yaml"),
    ("foda.yaml", b"key: \xff", "foda.yaml: .*utf-8"),
    ("otra.yaml", to_yaml(library()["foda"]).encode(), "otra.yaml: method_wrong .*key"),
    ("sistematizacion.yaml", to_yaml(library()["sistematizacion"]).encode(), "sistematizacion.yaml: method_no_method"),
])
def test_a_bad_file_stops_the_program_with_its_name_and_the_reason(tmp_path, name, text, reason):
    (tmp_path / name).write_bytes(text)
    with pytest.raises(RuntimeError, match=reason):
        load(tmp_path)


def test_a_vote_of_a_method_may_be_hidden_until_one_has_voted():
    from workshop.domain.methods.shape import Vote
    assert Vote(key="puntos", kind="scale", reveal="voted", **{"from": 1, "to": 5}).reveal == "voted"
