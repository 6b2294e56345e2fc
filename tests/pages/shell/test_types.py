"""What the scripts are told of cards, ballots and pages (static/js/types.d.ts) is what the server sends."""
import json
import re

import pytest

from tests.demo.test_demo import demo, owner  # noqa: F401  (the fixture)
from tests.support import cast
from workshop.domain.methods import shape
from workshop.folders import PACKAGE, STATIC
from workshop.store.models import Workshop

TYPES = (STATIC / "js" / "types.d.ts").read_text()
OURS = {"line", "waits", "mine", "gone", "waiting"}  # what the copy notes on a card, or only some ways of telling it say
SOURCES = "".join((PACKAGE / name).read_text() for name in (
    "store/visibility/card_views.py", "store/visibility/plenary_views.py", "store/visibility/notices.py",
    "domain/visibility.py", "store/streams/catch_up.py"))
KINDS = dict(re.findall(r"^  (\w+): (\w+);$", re.search(r"interface Cards \{\n(.*?)\n\}", TYPES, re.S)[1], re.M))


def fields(name: str) -> dict[str, bool]:
    """{field: whether it must be there} of an interface with all that it extends."""
    found = re.search(rf"interface {name}(?:<.*?>)?(?: extends ([^{{]+?))? \{{\n(.*?)^\}}", TYPES, re.S | re.M)
    assert found, f"no interface {name}"
    extends, body = found.groups()
    own = {}
    for above in re.findall(r"[A-Z]\w+", extends or ""):
        own |= fields(above)
    return own | {key: not optional for key, optional in re.findall(r"^  (\w+)(\?)?: ", body, re.M)}


def hold(thing: dict, name: str) -> None:
    """What was sent has no field that the type does not know, and all that it says are always there."""
    typed = fields(name)
    assert thing.keys() <= typed.keys(), f"{name} lacks {thing.keys() - typed.keys()}"
    assert {key for key, must in typed.items() if must} <= thing.keys(), f"{name} without {typed.keys() - thing.keys()}"


def named(card: dict) -> str:
    """The interface of a card."""
    return {"ideas": "BoardActivity", "summary": "Summary"}.get(card["of"], "VoteOf") if card["kind"] == "activity" \
        else KINDS[card["kind"]]


def told(page) -> dict:
    """The facts of a page."""
    return json.loads(re.search(r'id="facts">(.*?)</script>', page.get_data(as_text=True))[1])


@pytest.fixture
def pages(app, demo) -> list[dict]:  # noqa: F811
    """The facts of Elena's desk and of room pages, hers and a participant's who has written, voted and raised a hand."""
    _password, workshop = demo
    elena, rosa = owner(app, workshop), cast.Phone(app.test_client())
    with app.extensions["house"].store.read() as session:
        code = session.get(Workshop, workshop.id).code
    rosa.join(code, "Rosa", room=3)
    room = rosa.place["room"]
    at = next(card["id"] for card in rosa.catch_up(room).values() if card["kind"] == "activity" and card["of"] == "ideas")
    cast.ok(rosa.post(at, "La feria sostuvo el precio"))
    cast.ok(rosa.do("hand.raise", {"room": room}))
    asked = [(elena, "desk"), *((elena, f"r/{n}") for n in (1, 2, 3)), (rosa, "r/3")]
    return [told(phone.http.get(f"/w/{workshop.id}/{where}")) for phone, where in asked]


def test_cards_are_what_their_types_say(pages):
    seen = set()
    for facts in pages:
        for frame in facts["frames"]:
            hold(frame, "Frame")
            for card in frame["cards"]:
                hold(card, named(card))
                seen.add(card["kind"])
                for step in card.get("steps", ()):
                    hold(step, "Step")
    assert seen >= {"room", "activity", "seat", "idea", "comment", "item", "late"}


def test_no_type_has_a_field_that_is_sent_no_more():
    kinds = {*KINDS.values(), "BoardActivity", "VoteOf", "Summary"} - {"Activity"}
    for kind in kinds:
        for field in fields(kind).keys() - OURS:
            assert f'"{field}"' in SOURCES, f"{kind}.{field}"
    with pytest.raises(AssertionError, match="Idea lacks"):
        hold({"mood": 1}, "Idea")


def test_pages_and_ballots_are_what_their_types_say(pages):
    for facts in pages:
        hold(facts, "Facts")
        for name, kind in (("seats", "Seat"), ("ballots", "Ballot"), ("delegations", "Delegation"), ("sites", "Site")):
            for one in facts.get(name, ()):
                hold(one, kind)
    numbers = next(facts["numbers"] for facts in pages if "numbers" in facts)
    for room in numbers["rooms"].values():
        hold(room, "RoomNumbers")


def test_a_step_has_what_a_method_says_of_one():
    assert shape.Step.model_fields.keys() <= fields("Step").keys()
