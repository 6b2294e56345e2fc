"""The page of parts names what it shows."""
from workshop.pages.shell.icons import ICONS
from workshop.pages.shell.parts import WORDS


def test_each_icon_has_a_word_beside_it():
    assert WORDS.keys() == ICONS.keys()
