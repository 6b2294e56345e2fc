"""Two changes of one text."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workshop.domain.cards.merging import join, together

BASE = "Guardar semilla propia en cada casa"


@pytest.mark.parametrize(("mine", "theirs", "both"), [
    ("Guardar la semilla propia en cada casa", "Guardar semilla propia en cada casa y almacén",
     "Guardar la semilla propia en cada casa y almacén"),
    ("Guardar semilla propia en cada casa", "Otra cosa", "Otra cosa"),
    ("Otra cosa", BASE, "Otra cosa"),
    ("Guardar semilla nativa en cada casa", "Guardar semilla criolla en cada casa", None),
    ("Guardar semilla", "Guardar semilla propia en cada comunidad", None),
    ("Cuidar semilla propia en cada casa", "Guardar semilla propia en cada comunidad",
     "Cuidar semilla propia en cada comunidad")])
def test_changes_in_different_places_are_both_kept(mine, theirs, both):
    assert join(BASE, mine, theirs) == both
    assert join(BASE, theirs, mine) == both


words = st.lists(st.sampled_from(["agua", "papa", "quinua", "feria", "y", "la"]), max_size=8).map(" ".join)


@given(words, words)
def test_where_only_one_has_changed_the_text_it_is_theirs_to_the_letter(base, changed):
    assert join(base, changed, base) == join(base, base, changed) == join(base, changed, changed) == changed


@given(words, words, words)
def test_nothing_stands_in_the_joined_text_that_nobody_wrote(base, mine, theirs):
    both = join(base, mine, theirs)
    assert both is None or set(both.split()) <= set(f"{base} {mine} {theirs}".split())


def test_of_titles_and_fields_each_is_the_one_that_was_changed():
    base = {"text": "a", "title": "t", "fields": {"who": "Rosa", "when": "mayo"}}
    mine = {"text": "a b", "title": "t", "fields": {"who": "Luis", "when": "mayo"}}
    theirs = {"text": "a", "title": "T", "fields": {"who": "Rosa", "when": "junio"}}
    assert together(base, mine, theirs) == (
        {"text": "a b", "title": "T", "fields": {"who": "Luis", "when": "junio"}}, None)
    assert together(base, {"text": "x"}, {"text": "y", "title": "t"}) == ({"text": "x"}, "y")
