"""JSON as a table."""
import json

import pytest

from workshop import intake
from workshop.intake import objects


def brought(text: str):
    """(texts, faults) of a JSON file."""
    table = intake.read(text.encode())
    rows, faults = intake.rows(table, intake.guess(table, ("column",)))
    return [row.text for row in rows], [fault.code for fault in faults]


@pytest.mark.parametrize(("said", "texts"), [
    (["Agua", "Luz"], ["Agua", "Luz"]), ({"ideas": ["Agua", "Luz"]}, ["Agua", "Luz"]),
    ({"meta": {"n": 2}, "data": {"items": [{"id": 1, "text": "Agua"}, {"id": 2, "text": "Luz\vy más"}]}},
     ["Agua", "Luz\ny más"]),
    ([{"title/es": "", "description": {"es": "Agua"}}], ["Agua"]),
    ([["id", "texto"], [1, "Agua"], [2, "Luz"]], ["Agua", "Luz"]),
    ([{"id": 12345678901234567890, "texto": "Agua", "votos": 1.50, "sí": True, "nada": None}], ["Agua"]),
    ([{"body": {"text": "Agua", "por": ["Ana", "Luis"]}}], ["Agua"]), ([], []),
    ([None, 3], ["3"]), ({"texto": "Agua"}, ["Agua"])])
def test_lists_of_texts_objects_and_rows_are_tables(said, texts):
    assert brought(json.dumps(said))[0] == texts


def test_numbers_stay_as_they_are_written_and_lists_are_lines():
    table = intake.read(b'[{"texto": "Agua", "n": 12345678901234567890, "v": 1.50, "por": ["Ana", "Luis"]}]')
    assert table.rows == [(1, ["texto", "n", "v", "por"]), (2, ["Agua", "12345678901234567890", "1.50", "Ana\nLuis"])]


def test_one_object_a_line_is_a_list_and_pasted_json_is_read_too():
    assert brought('{"text": "Agua"}\n{"text": "Luz"}\n')[0] == ["Agua", "Luz"]
    table = intake.paste('[{"texto": "Agua"}]')
    assert [row.text for row in intake.rows(table, intake.guess(table))[0]] == ["Agua"]
    assert intake.paste('["Agua"]', "list").rows == [(1, ['["Agua"]'])]


@pytest.mark.parametrize("text", ["[x] hacer la feria", "{agua}", "[1, 2", '{"a": 1}', "[" * 100_000, '{"a":' * 50_000,
                                  '["' + "9" * 5000 + '", ' + "9" * 5000 + "]"])
def test_what_only_begins_like_json_is_a_list_and_depth_ends_nothing(text):
    assert intake.read(text.encode()).rows or len(text) > 1000


def test_objects_within_objects_are_read_to_a_depth_and_never_further():
    deep: dict = {"text": "fondo"}
    for _level in range(50):
        deep = {"a": deep}
    table = intake.read(json.dumps([deep | {"texto": "arriba"}]).encode())
    assert "arriba" in [cell for _line, cells in table.rows for cell in cells]
    assert all(heading.count("/") <= objects.DEPTH for heading in table.rows[0][1])


@pytest.mark.parametrize("broken", [
    {"format": "tinkuy/1"}, {"format": "tinkuy/1", "tables": []}, {"format": "tinkuy/1", "tables": {"room": [3]}},
    {"format": "tinkuy/1", "tables": {"room": [], "activity": [{"id": "x"}], "contribution": []}}])
def test_a_damaged_memoria_is_told(broken):
    assert brought(json.dumps(broken)) == ([], ["file_damaged"])


@pytest.mark.parametrize(("text", "called_so", "at", "character"), [
    ('{"ideas": ["a",', False, 1, 16), ('[\n{"texto": "Agua"},\n{"texto" "Luz"}]', False, 3, 10),
    ('{"text": "Agua"}\n{"text": "Luz",\n', False, 2, 16), ("[1, 2", True, 1, 6), ("Agua", True, 1, 1)])
def test_broken_json_is_told_with_its_place_and_no_card_is_made_of_it(text, called_so, at, character):
    table = intake.read(text.encode(), json=called_so)
    assert table.rows == [] and [(fault.code, fault.values) for fault in table.faults] == [
        ("json_broken", {"at": at, "character": character})]


def test_nothing_in_it_turns_the_letters_of_a_text_around():
    assert brought('["Agua \\u202eotra\\u202c cosa"]')[0] == ["Agua otra\u202c cosa"]
