"""A board as tables for a wall: every card once, no table wider than can be read from the last row."""
from hypothesis import given

from tests.activities.test_outline import boards, made
from workshop.activities.ideas.crossed import MOST, tables


@given(boards)
def test_every_card_stands_in_a_table_once(board):
    settings, cards, _places = made(board)
    found = tables(settings, cards)
    there = [card["id"] for table in found for row in table["rows"] for cell in row["cells"] for card in cell]
    assert not found or sorted(there) == sorted(card["id"] for card in cards)
    assert all(len(table["heads"]) <= MOST[settings.get("layout") or "columns"] for table in found)
    assert all(len(row["cells"]) == len(table["heads"]) for table in found for row in table["rows"])


def titled(n: int) -> list[dict]:
    return [{"key": f"c{i}", "title": f"Columna {i}"} for i in range(n)]


def test_a_matrix_has_its_rows_and_four_columns_stand_on_two_tables_as_wide():
    settings = {"layout": "matrix", "columns": titled(4), "rows": [{"key": "agua", "title": "El agua"}], "open_rows": True}
    cards = [{"id": "a", "place": {"column": "c0", "row": "agua"}},
             {"id": "b", "place": {"column": "c3", "row": "Las ferias"}}, {"id": "c", "place": {}}]
    placed = tables(settings, cards[:2])
    assert [table["heads"] for table in placed] == [["Columna 0", "Columna 1"], ["Columna 2", "Columna 3"]]
    first, second = tables(settings, cards)
    assert first["heads"] == ["Columna 0", "Columna 1", "Columna 2"] and second["heads"] == ["Columna 3", None]
    assert [row["title"] for row in first["rows"]] == ["El agua", "Las ferias"]
    assert first["rows"][0]["cells"][0] == [cards[0]]
    assert second["rows"][1]["cells"] == [[cards[1]], []]
    assert [row["cells"] for row in second["rows"] if row["title"] is None] == [[[], [cards[2]]]]


def test_moments_stand_in_their_order_and_a_single_column_is_no_table():
    settings = {"layout": "timeline", "lanes": titled(2), "scale": "year"}
    cards = [{"id": n, "place": {"lane": "c1", "at": at}} for n, at in (("a", "2021-10"), ("b", "2019"))]
    [table] = tables(settings, cards)
    assert [row["title"] for row in table["rows"]] == ["2019", "10/2021"]
    assert [row["cells"][1] for row in table["rows"]] == [[cards[1]], [cards[0]]]
    assert tables({"columns": titled(1)}, cards) == [] == tables({"layout": "plane", "columns": titled(3)}, cards)
