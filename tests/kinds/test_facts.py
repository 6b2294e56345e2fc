"""Every kind of vote carries its own facts: it can be chosen, set up, cast without script, and read in the report."""
import re
from html import unescape

import pytest

from tests.pages.facilitator.people import joined
from tests.pages.shell.attacks.test_guard import signed_in
from tests.support.cast import facilitator, ok, to_step
from workshop.actions import imported_json
from workshop.activities.__main__ import PAGE, update
from workshop.domain.kinds import votes
from workshop.domain.methods import yaml_text
from workshop.domain.methods.checking import check
from workshop.domain.methods.choices import fitted
from workshop.domain.methods.draft import draft_of, filled, text_of
from workshop.domain.methods.library import library
from workshop.domain.methods.moves import moved
from workshop.domain.methods.yaml_text import BadMethod
from workshop.pages.methods.board_picture import picture
from workshop.pages.methods.texts import vote_said
from workshop.store.models import Activity, Ballot
from workshop.words import LANGUAGES, _, speaking, spoken


@pytest.fixture(params=sorted(votes()))
def kind(request):
    return votes()[request.param]


class Form(dict):
    """What a browser sends."""

    def getlist(self, name: str) -> list[str]:
        return [self[name]] if name in self else []


def method_with(kind, **typed):
    """FODA with one vote, which somebody has made one of this kind in the form; answers where it needs some."""
    draft = draft_of(library()["foda"])
    form = Form({"votes.0.kind": kind.name, **{f"votes.0.{name}": value for name, value in typed.items()}})
    draft = filled(draft, form)
    for _n in range(max(kind.options.least - len(draft["votes"][0]["options"]), 0) if kind.options else 0):
        draft = moved(draft, "votes.0.options.add")
    return check(text_of(fitted(draft)))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_it_has_a_name_and_words_in_every_language(kind, language):
    from babel.messages.pofile import read_po

    from workshop.words import FOLDER
    spoken = {kind.title, *kind.words.values(), *(text for n in kind.numbers for text in (n.label, n.said))}
    assert kind.title and kind.ballot and kind.tally
    if language != "en":
        with (FOLDER / f"{language}.po").open("rb") as file:
            catalogue = read_po(file, locale=language)
        assert {text for text in spoken if not (catalogue.get(text) and catalogue.get(text).string)} == set()


def test_it_is_chosen_and_set_up_in_the_method_editor(kind):
    method = method_with(kind)
    vote, usual = method.votes[0], {n.name: n.usual for n in kind.numbers if n.usual is not None}
    fewest = {n.name: "" for n in kind.numbers if not n.needed}
    assert vote.kind == kind.name and vote.numbers.keys() >= {n.name for n in kind.numbers if n.needed}
    for number in kind.numbers:
        taken = {n: method_with(kind, **fewest | {number.name: str(n)}).votes[0].numbers[number.name]
                 for n in (number.least, number.most) if not kind.consistent(usual | {number.name: n})}
        assert taken and all(said == n for said, n in taken.items())
        for out in (number.least - 1, number.most + 1):
            with pytest.raises(BadMethod) as refused:
                method_with(kind, **fewest | {number.name: str(out)})
            assert refused.value.code == "method_wrong" and number.name in refused.value.where
    with speaking("es"):
        said = vote_said(vote, {key: words.es for key, words in method.labels.items()})
    with speaking("es"):
        assert said["kind"] == _(kind.title) and "{" not in said["how"]


def test_a_plain_list_is_drawn_with_its_signs(kind):
    method, plain = method_with(kind), library()["semaforo"]
    drawn = {}
    for name, votes_ in (("with", method.votes), ("without", ())):
        shown = method.model_copy(update={"board": plain.board, "labels": plain.labels | method.labels, "votes": votes_})
        with speaking("en"):
            drawn[name] = re.findall(r'<text class="sign (\w+)"[^>]*>([^<]+)</text>', picture(shown, {}, "x"))
    lit = [sign for tone, sign in drawn["with"] if tone != "pale"]
    stands = kind.on_cards({"options": method.votes[0].options, "per": method.votes[0].per})
    cards = [kind.mark.cards[n % len(kind.mark.cards)] for n in range(4)] if stands else kind.mark.cards[:1]
    assert sorted(lit) == sorted(kind.mark.signs[one] for given in cards for one in given) != []
    assert drawn["without"] == []


def test_numbers_of_other_kinds_and_unknown_ones_are_refused(kind):
    plain = yaml_text.read(text_of(draft_of(method_with(kind))))
    others = {n.name for other in votes().values() for n in other.numbers} - {n.name for n in kind.numbers}
    for name, code in [*((name, "method_wrong") for name in sorted(others)), ("budgett", "method_unknown_key")]:
        vote = plain["votes"][0] | {name: 3}
        with pytest.raises(BadMethod) as refused:
            check(yaml_text.write(plain | {"votes": [vote, *plain["votes"][1:]]}))
        assert (refused.value.code, refused.value.where) == (code, f"votes.0.{name}")


def test_it_is_chosen_on_the_desk_cast_on_a_page_without_script_and_read_in_the_report(app, meeting, kind):
    elena = signed_in(app)
    desk = elena.open(f"/w/{meeting['workshop']}/desk")
    assert f'name="votes" value="{kind.name}"' in desk
    elena.send(f"/w/{meeting['workshop']}/rooms", f"/w/{meeting['workshop']}/rooms", title="La sala nueva",
               votes=kind.name, open="1")
    with app.extensions["house"].store.read() as session:
        vote = next(row for row in session.query(Activity).filter_by(kind=kind.name) if row.room_id not in meeting["rooms"])
        room, key = vote.room_id, vote.id
    number = len(meeting["rooms"]) + 1
    rosa = joined(app, meeting, room=number)
    rosa.open(f"/w/{meeting['workshop']}/r/{number}")
    rosa.send(f"/w/{meeting['workshop']}/r/{number}/say", 'id="composer"', text="Guardar semilla propia")
    to_step(app, room, next(i for i, step in enumerate(steps_of(app, room)) if kind.name in step["opens"]))
    page = unescape(rosa.open(f"/w/{meeting['workshop']}/r/{number}"))
    ways = [way for way in re.findall(r'name="cast" value="([^"]*)"', page) if way.startswith(f"{key}:")]
    assert ways, "nothing to vote with on the plain page"
    cast = next(way for way in ways if not way.endswith(":"))
    typed = {"said": "agua limpia"} if cast.endswith("=") else {}
    rosa.send(f"/w/{meeting['workshop']}/r/{number}/say", 'id="quick"', cast=cast, **typed)
    with app.extensions["house"].store.read() as session:
        assert [(row.activity_id, bool(row.choices)) for row in session.query(Ballot).all()] == [(key, True)]
    ok(facilitator(app, meeting).do("room.close", {"room": room}, None))
    with speaking("es"):
        title = spoken(kind.settings.get("title")) or _(kind.title)
    for form in ("report", "report.md"):
        assert title in unescape(elena.open(f"/w/{meeting['workshop']}/{form}")), form


def steps_of(app, room: str) -> list[dict]:
    from workshop.store.models import Room
    with app.extensions["house"].store.read() as session:
        return session.get(Room, room).steps


def test_a_file_that_is_read_back_has_its_numbers_within_their_bounds(kind):
    for number in kind.numbers:
        name = number.stored or number.name
        assert imported_json.settings(kind.name, kind.settings | {name: number.most})[name] == number.most
        for odd in (number.most + 1, -1, "5", True):
            with pytest.raises(ValueError):
                imported_json.settings(kind.name, kind.settings | {name: odd})


def test_the_page_of_the_protocol_has_the_kinds_as_they_are():
    text = PAGE.read_text(encoding="utf-8")
    assert text == update(text), "python -m workshop.activities"
