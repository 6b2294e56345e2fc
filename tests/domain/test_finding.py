"""Looking for cards."""
import json

import pytest

from tests.support.real import real
from workshop.domain.cards.finding import Wanted, fits, fold

ROOM = {"id": "r1", "number": 2, "axis": "a1"}
CARD = {"id": "c1", "number": 12, "delegation": "taraco", "channel": "hall", "name": "Rosa Mamani", "mine": "s1",
        "body": {"text": "Guardar semilla propia en cada comunidad", "title": "Semilla", "fields": {"quien": "Los añeros"}}}


@pytest.mark.parametrize("text", ["", "semilla", "SEMÍLLA comunidad", "añeros", "aneros", "12", "r2-012", "R2-12", "mamani"])
def test_words_in_any_order_accents_aside_and_numbers_find_a_card(text):
    assert fits(Wanted(text), CARD, ROOM)


@pytest.mark.parametrize("text", ["semilla feria", "13", "r3-012", "semillas"])
def test_what_the_card_does_not_say_does_not_find_it(text):
    assert not fits(Wanted(text), CARD, ROOM)


def test_a_card_that_came_from_another_room_is_found_by_the_number_that_it_has_kept():
    card = CARD | {"home": 5}
    assert fits(Wanted("R5-012"), card, ROOM) and not fits(Wanted("R2-012"), card, ROOM)


def test_each_filter_asks_for_one_thing():
    yes = [Wanted(delegation="taraco"), Wanted(channel="hall"), Wanted(axis="a1"), Wanted(room="r1"), Wanted(mine=True),
           Wanted(single=True)]
    no = [Wanted(delegation="lima"), Wanted(channel="remote"), Wanted(axis="a2"), Wanted(room="r2"), Wanted(votes=True),
          Wanted(loose=True)]
    assert [fits(wanted, CARD, ROOM) for wanted in yes + no] == [True] * len(yes) + [False] * len(no)
    assert fits(Wanted(votes=True), CARD, ROOM, {"c1"})
    assert not fits(Wanted(single=True), CARD | {"group": "g"}, ROOM, groups={"g"})
    assert fits(Wanted(single=True), CARD | {"group": "g"}, ROOM), "the group is no more"
    assert fits(Wanted(loose=True), CARD, ROOM, loose={"c1"})


def test_where_nobody_sees_who_wrote_asking_for_a_delegation_finds_nothing():
    hidden = {name: value for name, value in CARD.items() if name not in ("delegation", "name", "channel", "mine")}
    assert fits(Wanted("semilla"), hidden, ROOM)
    for wanted in (Wanted(delegation="taraco"), Wanted("mamani"), Wanted(mine=True)):
        assert not fits(wanted, hidden, ROOM)


def test_texts_in_quechua_aymara_and_of_the_naughty_kind_find_themselves():
    for text in json.loads((real("texts") / "blns.json").read_text(encoding="utf-8")):
        if text.strip():
            assert fits(Wanted(text), CARD | {"body": {"text": text}}, ROOM), text
    assert fold("Ñuqanchik PAQARIY") == "nuqanchik paqariy"
