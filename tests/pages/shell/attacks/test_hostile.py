"""A text with markup in every field that somebody can fill in, read on every page that can be opened."""
import secrets
from html.parser import HTMLParser

import pytest
import yaml
from markupsafe import escape
from sqlalchemy import select

from tests.support import cast
from workshop import hashing
from workshop.actions import own_methods
from workshop.actions.accounts import accounts, invitations
from workshop.actions.rooms import building, workshops
from workshop.domain.methods.checking import check
from workshop.domain.methods.library import library, to_yaml
from workshop.store.models import Account, Activity, Axis, Contribution, Delegation, Room, Seat, Workshop

BAD = "</title></textarea></script>\"'><evil-x>{{7*7}}"
WORDS = dict.fromkeys(("es", "fr", "en"), BAD)
ASKED = dict.fromkeys(("q", "text", "delegation", "channel", "room", "axis", "next", "on", "seat", "r", "view", "what"), BAD)


class Elements(HTMLParser):
    """The elements of a page with their attributes."""

    def __init__(self, page: str):
        super().__init__()
        self.found: list[tuple[str, list]] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, attrs))


@pytest.fixture
def meeting(app):
    """A workshop whose every word is BAD: {workshop, rooms, code, screen, owner}."""
    house = app.extensions["house"]
    now = house.clock()
    password_hash = hashing.make(cast.PASSWORD)
    with house.store.write() as session:
        owner = workshops.create_account(session, now, "elena@example.org", BAD, password_hash)
        workshop = workshops.create_workshop(session, now, owner, BAD, delegations=(BAD, "Lima"), axes=(BAD,))
        axis = session.query(Axis).first().id
        rooms = [building.build_room(session, workshop, BAD, question=BAD, axis_id=axis, votes=("dots", "opinions"),
                                     columns=(BAD, "Ayer")) for _ in range(2)]
        for room in rooms:
            room.opened_at = now
        session.flush()
        assert session.query(Delegation).first().name == BAD
        return {"workshop": workshop.id, "code": workshop.code, "rooms": [room.id for room in rooms], "owner": owner.id,
                "screen": workshop.screen_key}


def good(answer: dict) -> dict:
    assert answer.get("ok"), answer
    return answer


@pytest.fixture
def filled(app, meeting):
    """Elena's laptop and Rosa's phone, after both wrote BAD wherever they can."""
    elena, rosa = cast.facilitator(app, meeting), cast.Phone(app.test_client())
    rosa.join(meeting["code"], BAD)
    room = meeting["rooms"][0]
    kinds = cast.activities(app, room)
    cards = [good(rosa.post(kinds["ideas"], BAD))["card"]["id"] for _ in range(3)]
    talk = {"activity": kinds["ideas"], "id": secrets.token_urlsafe(9), "parent": cards[0], "body": {"text": BAD}}
    good(rosa.do("contribution.add", talk))
    item = {"section": "commitment", "text": BAD, "who": BAD, "when": BAD}
    for verb, payload in (
            ("group.make", {"activity": kinds["ideas"], "group": secrets.token_urlsafe(9), "name": BAD, "cards": cards[:2]}),
            ("contribution.hide", {"id": cards[2], "reason": BAD}),
            ("contribution.edit", {"id": cards[1], "body": {"text": BAD + BAD}, "base_rev": 1}),
            ("room.create", {"workshop": meeting["workshop"], "title": BAD, "question": BAD, "columns": [BAD]}),
            ("steps.set", {"room": room, "base": cast.edition(app, room), "steps": [
                step | {"title": WORDS, "instruction": WORDS} for step in steps(app, room)]}),
            ("summary.item", {"activity": kinds["summary"], "id": "evil-sentence", "body": item, "cites": cards[:1]}),
            ("summary.publish", {"activity": kinds["summary"], "on": True})):
        good(elena.do(verb, payload, seat=None))
    with app.extensions["house"].store.write() as session:
        own = yaml.safe_dump(worded(yaml.safe_load(to_yaml(library()["foda"]))) | {"key": "evil"})
        now = app.extensions["house"].clock()
        assert own_methods.bring(session, now, meeting["owner"], check(own)).key == "evil"
        workshop, owner = session.get(Workshop, meeting["workshop"]), session.get(Account, meeting["owner"])
        meeting["invitation"] = invitations.invite(session, now, workshop, owner.id, "observer", name=BAD, email=BAD)
        meeting["link"] = accounts.password_link(session, now, owner)
    return elena, rosa


def worded(value):
    """The same with BAD for all words that people read."""
    if isinstance(value, dict):
        return dict.fromkeys(value, BAD) if value.keys() <= {"es", "fr", "en"} else {k: worded(v) for k, v in value.items()}
    return [worded(one) for one in value] if isinstance(value, list) else value


def steps(app, room: str) -> list[dict]:
    with app.extensions["house"].store.read() as session:
        return session.get(Room, room).steps


def pages(app, meeting) -> list[str]:
    """The addresses of all pages and pictures, with what they ask for filled in."""
    known = {"workshop_id": meeting["workshop"], "number": 1, "room": 1, "step": 0, "code": meeting["code"], "form": "json",
             "language": "es", "version": "x", "name": "x", "invitation_id": "x", "answer": "x", "person_id": "x",
             "block_id": "x", "vote_id": "x"}
    with app.extensions["house"].store.read() as session:
        known["seat_id"] = session.scalar(select(Seat.id))
        known["vote"] = session.scalar(select(Activity.id).where(Activity.kind == "dots"))
        known["card_id"] = session.scalar(select(Contribution.id).where(Contribution.kind == "idea"))
    found = []
    for rule in app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint != "static":
            key = meeting["screen"] if str(rule).startswith("/s/") else "evil"
            token = meeting["invitation"] if str(rule).startswith("/i/") else meeting["link"]
            found.append(rule.build(known | {"key": key, "token": token}, append_unknown=False)[1])
    return sorted(found)


@pytest.mark.parametrize("asked", [{}, ASKED], ids=["plain", "asked"])
def test_on_no_page_does_a_text_become_an_element(app, meeting, filled, asked):
    read = 0
    for who in (*filled, cast.Phone(app.test_client())):
        for address in pages(app, meeting):
            with who.http.get(address, query_string=asked, headers={"Accept-Language": "es"}) as answer:
                assert answer.status_code < 500, address
                page = answer.get_data(as_text=True) if answer.mimetype in ("text/html", "image/svg+xml") else ""
            for tag, attributes in Elements(page).found:
                known = dict(attributes)
                assert tag != "evil-x" and not any(name.startswith("on") for name in known), address
                assert tag != "script" or known.get("type") == "application/json" or known["src"].startswith("/a/"), address
                assert not (known.get("href") or "").lower().startswith("javascript"), address
            read += str(escape(BAD)) in page
    assert read > 25
