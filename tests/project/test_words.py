"""Every word has its translation, every refusal its sentence, every key of the scripts its word."""
import re
from datetime import date

import pytest
from babel.messages.pofile import read_po

from workshop import words
from workshop.domain.kinds import kinds
from workshop.folders import PACKAGE, STATIC, TEMPLATES
from workshop.pages.facilitator import team
from workshop.pages.shell import assets, errors
from workshop.words import extract, refusals, screen
from workshop.words.forms import day_said

PLACE = re.compile(r"\{\w+\}")


@pytest.mark.parametrize("language", ["es", "fr"])
def test_every_message_is_translated_with_its_values(language):
    with (words.FOLDER / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    messages = extract.messages()
    assert len(messages) > 200
    for key, forms in messages.items():
        entry = catalogue.get(key)
        assert entry is not None and not entry.fuzzy, f"{language}.po lacks {key!r}: python -m workshop.words.extract"
        said = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        assert all(said), f"{language}.po has no words for {key!r}"
        for form, translated in zip(forms, said, strict=True):
            assert set(PLACE.findall(form)) == set(PLACE.findall(translated)), f"{language}: {key!r}"


@pytest.mark.parametrize("language", ["es", "fr"])
def test_no_translation_is_left_of_messages_that_are_gone(language):
    with (words.FOLDER / f"{language}.po").open("rb") as file:
        held = {m.id[0] if isinstance(m.id, tuple) else m.id for m in read_po(file) if m.id}
    assert held == set(extract.messages())


def test_every_refusal_code_has_its_sentence_and_no_sentence_is_left_over():
    source = "".join(path.read_text() for path in PACKAGE.rglob("*.py"))
    named = re.findall(r'(?:Refusal|refused)\(\s*"(\w+)"(?: if .*? else "(\w+)")?', source)
    codes = {code for pair in named for code in pair if code}
    codes |= {"room_not_open", "room_closed", "room_paused", "step_closed", "time_over", "vote_closed", "not_a_voter",
              "no_delegation", "no_group"}
    codes |= set(errors.CODES.values())
    assert len(codes) > 30
    assert codes == set(refusals.SENTENCES)


def test_the_scripts_ask_only_for_words_that_are_there():
    source = "".join(path.read_text() for folder in (STATIC / "js", PACKAGE / "activities") for path in folder.rglob("*.js"))
    asked = set(re.findall(r'\bt\(\s*"([\w.]+)"', source))
    asked |= {f"{key}.{form}" for key in re.findall(r'\bcount\(\s*"([\w.]+)"', source) for form in ("one", "many")}
    held = {*screen.words(*screen.GROUPS), *screen.later(), *assets.kind_words()}
    assert len(asked) > 50
    assert asked <= held
    built = {"agree", "disagree", "pass", "publish", "unpublish", "unpublished", "open", "reopen", "writing", "in_progress",
             "closed.empty", "closed.unpublished",
             "hand.raise", "refused", "grow.from", "grow.into", "grow.one",
             "choice.card", "choice.done", "send", "late.closed", "step_of", "step_named",
             "news.open", "news.paused", "news.go_on", "quick.closed.by",
             "read.more", "read.less", "plane.all", "pause", "go_on", "move", "phone", "paper", "rows.none",
             "board.empty", "written", "board.none", "board.own", "board.private"}  # asked for by a value
    families = ("line.", "rule.", "room.", "see.", "section.", "step.", "refusal.", "lines.", "vote.", "view.", "channel.",
                "tree.", "place.", "reaction.", "arrange.to.", "carry.", "company.", "turn.", "doing.", "wall.",
                "speak.", "ask.", "did.", "hands.how.", "gender.", "motion.")
    assert {key for key in held - asked - built if not key.startswith(families)} == set()


def test_each_kind_says_its_own_words_and_nobody_else_does():
    owner = {key: name for name, kind in kinds().items() for key in kind.words}
    scripts = {path: path.parent.name for path in (PACKAGE / "activities").rglob("*.js")}
    scripts |= dict.fromkeys((STATIC / "js").rglob("*.js"), "")
    foreign = {(path.name, key) for path, name in scripts.items()
               for key in re.findall(r'\b(?:t|later|count)\(\s*"([\w.]+)"', path.read_text())
               for one in (key, f"{key}.one") if owner.get(one, name) != name}
    assert len(owner) > 30 and foreign == set()


# What each page's script is given, or fetches before it says it.
GIVEN = {page: (group, "later") for page, group in (("room", "board"), ("scribe", "scribe"), ("desk", "desk"),
                                                   ("plenary", "plenary"))}
IMPORT = re.compile(r'^import \{[^}]*\} from "(\.\./[\w/-]+\.js)";', re.M)
# Functions of a page's neighbours that it does not call.
NOT_CALLED = {"room": set(), "scribe": {"light"}, "desk": {"light", "read.it", "read.of", "read.placed"},
              "plenary": {"light", "undo", "now", "seconds", "minute", "minutes", "hours"}}


@pytest.mark.parametrize("page", GIVEN)
def test_each_page_has_the_words_for_which_its_own_script_asks(page):
    script, asked = STATIC / "js" / "pages" / f"{page}.js", {}
    for module in (script, *(script.parent / one for one in IMPORT.findall(script.read_text()))):
        source = module.read_text()
        keys = re.findall(r'\b(?:t|later)\(\s*"([\w.]+)"', source)
        keys += re.findall(r'\bt\([^()"]*\? "([\w.]+)"', source)
        keys += [f"{key}.{form}" for key in re.findall(r'\bcount\(\s*"([\w.]+)"', source) for form in ("one", "many")]
        asked |= dict.fromkeys(keys, module.name)
    assert len(asked) > 10
    held = {*screen.words(*GIVEN[page]), *NOT_CALLED[page]}
    assert {key: module for key, module in asked.items() if key not in held and not key.startswith("refusal.")} == {}


def test_a_language_that_is_not_known_leaves_the_words_as_they_are():
    with words.speaking("es"):
        assert words._("Send") == "Enviar"
        words.speak("tlh")
        assert words._("Send") == "Enviar"
    with words.speaking("fr"):
        assert words.count("{n} point", "{n} points", 0) == "0 point"


@pytest.mark.parametrize(("language", "last", "first"), [
    ("es", "lunes 30 de noviembre de 2026", "martes 1 de diciembre"), ("fr", "lundi 30 novembre 2026", "mardi 1er décembre"),
    ("en", "Monday 30 November 2026", "Tuesday 1 December")])
def test_a_day_is_said_as_its_language_says_it(language, last, first):
    with words.speaking(language):
        assert day_said(date(2026, 11, 30), year=True) == last and day_said(date(2026, 12, 1)) == first


@pytest.mark.parametrize("language", ["es", "fr"])
def test_names_of_roles_are_those_of_the_work_and_nobody_s_gender(language):
    with words.speaking(language):
        names = [words._(name) for name in team.ROLES.values()]
    gendered = re.compile(r"(?:or|ora|oras|ores|eur|euse|teur|trice|rice)$", re.I)
    assert len(set(names)) == 4 and not [name for name in names if gendered.search(name)]


def test_the_lines_of_the_templates_of_people_and_teams_are_not_too_long():
    for name in ("facilitator/people/people", "facilitator/people/macros", "facilitator/people/person",
                 "facilitator/team/team", "accounts/invitation", "facilitator/workshops"):
        lines = (TEMPLATES / f"{name}.html").read_text().splitlines()
        assert max(map(len, lines)) < 120, name
