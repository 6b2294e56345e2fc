"""Two people change one sentence of a summary without having seen each other's words."""
import pytest

from tests.support import cast

BASE = "Cada familia guarda su semilla."
KEY = "una-frase-de-la-sala"


@pytest.fixture
def cards(app, meeting, phone):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    return [cast.ok(rosa.post(board, text))["card"]["id"] for text in ("Semilla", "Feria", "Agua")]


@pytest.fixture
def write(app, meeting, elena, cards):
    """write(base_rev, text, cites, **body) -> the answer; the sentence is there, and cites the first two cards."""
    summary = cast.activities(app, meeting["rooms"][0])["summary"]

    def item(base: int, text: str, cites: list[str], **body) -> dict:
        return elena.do("summary.item", {"activity": summary, "id": KEY, "cites": cites, "base_rev": base,
                                         "body": {"section": "commitment", "text": text} | body}, None)
    cast.ok(item(0, BASE, cards[:2]))
    return item


def test_changes_in_different_places_are_both_kept_with_the_cards_of_both(write, cards):
    cast.ok(write(1, "Cada familia guarda su semilla nativa.", [cards[1]], who="Taraco"))
    answer = cast.ok(write(1, "Toda familia guarda su semilla.", [*cards[:2], cards[2]], when="en marzo"))
    assert answer["card"]["body"] == {"section": "commitment", "text": "Toda familia guarda su semilla nativa.",
                                      "who": "Taraco", "when": "en marzo"}
    assert answer["card"]["cites"] == [cards[1], cards[2]]
    assert answer["met"] == {"staff": True}


def test_where_they_meet_the_later_stands_and_is_given_the_other(write, cards):
    cast.ok(write(1, "Cada familia guarda papa.", cards[:2]))
    answer = cast.ok(write(1, "Cada familia guarda quinua.", cards[:2]))
    assert answer["card"]["body"]["text"] == "Cada familia guarda quinua."
    assert answer["met"]["text"] == "Cada familia guarda papa."


def test_who_saw_the_last_text_meets_nobody(write, cards):
    assert "met" not in cast.ok(write(1, "Otra frase.", cards[:2]))
    assert "met" not in cast.ok(write(2, "Otra frase más.", cards[:1]))


def test_what_nobody_ever_saw_is_refused_with_the_text_that_stands(write, cards):
    answer = write(7, "De un día que no fue.", cards)
    assert answer["code"] == "stale" and answer["values"]["body"]["text"] == BASE
