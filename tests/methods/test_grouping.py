"""Who may put cards together, and what it is called: one word, one meaning."""
import pytest

from workshop import words
from workshop.domain.methods.library import library
from workshop.words.later import LATER
from workshop.words.screen import SCRIBE

KEYS = ("arrange", "arrange.group", "arrange.merge", "arrange.split", "arrange.out", "arrange.hide", "arrange.here", "move")
COMMANDS = [*(LATER[key] for key in KEYS), SCRIBE["pairs.merge"]]


def plain(text: str) -> str:
    return text.strip(" …").casefold()


@pytest.mark.parametrize("language", ["es", "fr", "en"])
def test_no_step_is_called_as_a_command_is(language):
    with words.speaking(language):
        commands = {plain(words._(one)) for one in COMMANDS}
    assert len(commands) > 6
    called = {plain(getattr(step.title, language)): f"{key}: {step.key}"
              for key, method in library().items() for step in method.steps}
    assert len(called) > 40
    assert {name: where for name, where in called.items() if name in commands} == {}
    merge = {plain(words.catalogue(language).gettext(LATER["arrange.merge"])).split()[0]}
    assert {where for name, where in called.items() if name.split()[0] in merge} == set()


def test_grouping_is_the_facilitators_and_rapporteurs_in_every_method_until_somebody_opens_it():
    assert len(library()) > 20
    assert [f"{key}: {step.key}" for key, method in library().items() for step in method.steps
            if step.may.group not in ("staff", "nobody")] == []
