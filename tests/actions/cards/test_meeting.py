"""Two people change one card without having seen each other's text."""
import secrets

import pytest

from tests.support import cast

BASE = "Guardar semilla propia en cada casa"


@pytest.fixture
def rosa(phone, meeting):
    one = phone()
    one.join(meeting["code"], "Rosa Mamani")
    return one


@pytest.fixture
def card(meeting, rosa, board):
    """Rosa's card."""
    return rosa.post(board, BASE)["card"]["id"]


@pytest.fixture
def board(app, meeting):
    return cast.activities(app, meeting["rooms"][0])["ideas"]


def edit(phone, card: str, text: str, base: int, **options) -> dict:
    answer = phone.do("contribution.edit", {"id": card, "body": {"text": text}, "base_rev": base}, **options)
    assert answer["ok"], answer
    return answer


def test_changes_in_different_places_are_both_kept_and_the_later_writer_is_told_who_it_was(rosa, elena, card):
    rev = edit(rosa, card, f"{BASE} y almacén", 1)["card"]["rev"]
    answer = edit(elena, card, "Guardar la semilla propia en cada casa", rev - 1, seat=None)
    assert answer["card"]["body"]["text"] == "Guardar la semilla propia en cada casa y almacén"
    assert answer["met"] == {"name": "Rosa Mamani"}


def test_where_they_meet_the_later_stands_and_is_given_the_other(rosa, elena, card):
    edit(elena, card, "Guardar semilla nativa en cada casa", 1, seat=None)
    answer = edit(rosa, card, "Guardar semilla criolla en cada casa", 1)
    assert answer["card"]["body"]["text"] == "Guardar semilla criolla en cada casa"
    assert answer["met"] == {"staff": True, "text": "Guardar semilla nativa en cada casa"}


def test_who_changes_an_own_card_twice_without_a_line_does_not_meet_oneself(rosa, card):
    edit(rosa, card, f"{BASE} y almacén", 1)
    answer = edit(rosa, card, f"{BASE} y comunidad", 1)
    assert "met" not in answer and answer["card"]["body"]["text"] == f"{BASE} y comunidad"


def test_without_a_base_or_with_one_that_never_was_the_later_stands(rosa, elena, card):
    edit(elena, card, "Uno", 1, seat=None)
    assert "met" not in edit(rosa, card, "Dos", 99)
    answer = rosa.do("contribution.edit", {"id": card, "body": {"text": "Tres"}})
    assert answer["ok"] and "met" not in answer


def test_an_answer_that_is_asked_for_again_says_the_same(rosa, elena, card):
    edit(elena, card, "Guardar semilla nativa en cada casa", 1, seat=None)
    client = secrets.token_urlsafe(16)
    said = {"client": client, "n": 1, "verb": "contribution.edit", "seat": rosa.place["seats"][0]["id"],
            "payload": {"id": card, "body": {"text": "Guardar semilla criolla en cada casa"}, "base_rev": 1}}
    first, again = (rosa.http.post("/api/do", json=said, headers={"X-Workshop": "1"}).json for _ in range(2))
    assert first == again and first["met"]["text"].startswith("Guardar semilla nativa")


def test_an_edited_text_is_what_stands_in_the_card_into_which_it_was_merged(rosa, elena, card, board, meeting):
    other = rosa.post(board, "Cuidar la semilla")["card"]["id"]
    merged = elena.do("contribution.merge", {"activity": board, "cards": [other], "into": card}, seat=None)
    assert merged["ok"], merged
    edit(rosa, other, "Cuidar la semilla nativa", 1)
    held = elena.catch_up(meeting["rooms"][0])
    assert held[other]["body"]["text"] == "Cuidar la semilla nativa" and held[other]["into"] == card
