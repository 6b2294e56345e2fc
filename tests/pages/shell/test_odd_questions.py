"""Whatever stands in an address, a form or a head, no page answers that something went wrong on our side."""
import re
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import workshop
from tests.support import cast
from tests.support.needs import some
from workshop.domain.limits import CODE_FAILURES
from workshop.pages.input.redirect_targets import inside

ASKED = re.compile(r"(?:args|form|values|asked)(?:\.get(?:list)?\(|\[)\s*\"(\w+)\"|"
                   r"\"(\w+)\" in (?:request\.)?(?:args|form|values)")
PAGES = sorted(Path(workshop.__file__).parent.glob("pages/**/*.py"))
NAMES = sorted({name for page in PAGES for found in ASKED.findall(page.read_text()) for name in found if name})
LARGE = ("0", "-1", "9223372036854775808", "-9223372036854775809", "9" * 30, "9" * 5000)
NUMBERS = (*LARGE, "1", "2147483648", "1e400", "NaN", "0x10", "１２", "٣", "1_0", " 7 ", "+5")
WORDS = ("", "\n", "/\n", "/a\r\nSet-Cookie: x=1", "\0", "/\0", "ñ\u2028", "\ud800", "\U0010ffff", "%0a", "{}", "[1]",
         "'", "../..", "//evil", "/\\evil", "/ñ", "x" * 5000, "es", "<script>", "{text}", "{0.__class__}", "%s%n",
         "1 OR 1=1", "ſ", "İ" * 90)
VALUES = st.one_of(st.sampled_from(NUMBERS + WORDS), st.text(max_size=30), st.integers().map(str))
TOKEN = re.compile(r'name="token" value="([^"]+)"')
HEADERS = ("Accept-Language", "Range", "If-None-Match", "If-Modified-Since", "Cookie", "Origin", "Referer", "User-Agent",
           "X-Workshop", "X-Forwarded-For", "Accept-Encoding", "Content-Type", "X-Card", "X-Seat", "X-Kind", "X-Attachment",
           "X-Seconds", "Service-Worker", "Save-Data")
EVERY = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])


def on_the_wire(text: str) -> str:
    """What a head can carry of it."""
    return re.sub(r"[\r\n\0]", " ", text).encode("utf-8", "replace").decode("latin-1")


@pytest.fixture
def people(app, meeting) -> list:
    """Elena, Rosa in room 1, a stranger."""
    elena, rosa = cast.facilitator(app, meeting), cast.Phone(app.test_client())
    rosa.join(meeting["code"], "Rosa")
    for number in range(3):
        cast.ok(rosa.post(cast.activities(app, meeting["rooms"][0])["ideas"], f"Idea {number}"))
    return [elena, rosa, cast.Phone(app.test_client())]


def rules(app, method: str) -> list:
    """The addresses that take this method."""
    found = (rule for rule in app.url_map.iter_rules() if method in rule.methods and rule.endpoint != "static")
    return sorted(found, key=str)


def address(rule, meeting, odd: dict) -> str:
    """The address of a page, with what it needs; `odd`: other values for parts of it."""
    known = {"workshop_id": meeting["workshop"], "number": 1, "room": 1, "step": 0, "code": meeting["code"], "form": "md",
             "language": "es", "version": "x", "name": "x", "seat_id": "x", "person_id": "x", "card_id": "x", "token": "x",
             "invitation_id": "x", "answer": "x", "block_id": "x", "vote_id": "x",
             "key": meeting["screen"] if str(rule).startswith("/s/") else "foda"}
    known["vote"] = "x"
    found = str(rule)
    for part in rule.arguments:
        value = odd.get(part, known[part])
        found = re.sub(rf"<(?:\w+:)?{part}>", lambda _match, value=value: quoted(str(value)), found)
    return found


def quoted(text: str) -> str:
    from urllib.parse import quote
    return quote(text.encode("utf-8", "surrogatepass"), safe="")


def query(asked: dict) -> str:
    return "&".join(f"{name}={quoted(value)}" for name, value in asked.items())


def never_our_fault(app, answer, *asked) -> None:
    assert answer.status_code < 500 or answer.status_code == 503, asked
    answer.close()


def test_the_names_that_pages_ask_for_are_known():
    assert {"before", "page", "since", "next", "each", "from", "text_at", "r", "row", "lang"} <= set(NAMES)


@EVERY
@given(data=st.data())
def test_no_question_is_our_fault(app, meeting, people, data):
    asked = data.draw(st.dictionaries(st.sampled_from(NAMES), VALUES, max_size=6))
    parts = data.draw(st.dictionaries(st.sampled_from(["number", "room", "step", "workshop_id", "key", "code", "form"]),
                                      VALUES, max_size=1))
    heads = data.draw(st.dictionaries(st.sampled_from(HEADERS), VALUES.map(on_the_wire), max_size=2))
    who = data.draw(st.sampled_from(people))
    for rule in data.draw(st.lists(st.sampled_from(rules(app, "GET")), min_size=1, max_size=4)):
        where = f"{address(rule, meeting, parts)}?{query(asked)}"
        never_our_fault(app, who.http.get(where, headers=heads), where, heads)


@pytest.mark.parametrize("number", some(LARGE))
def test_no_number_is_our_fault(app, meeting, people, number):
    asked = query(dict.fromkeys(NAMES, number))
    for rule in rules(app, "GET"):
        for who, odd in ((people[0], {}), (people[1], {}), (people[0], dict.fromkeys(("number", "room", "step"), number))):
            if odd.keys() & rule.arguments or not odd:
                where = f"{address(rule, meeting, odd)}?{asked}"
                never_our_fault(app, who.http.get(where), where)


@EVERY
@given(data=st.data())
def test_no_form_is_our_fault(app, meeting, people, data):
    rule = data.draw(st.sampled_from(rules(app, "POST")))
    who = data.draw(st.sampled_from(people))
    token = TOKEN.search(who.http.get("/login" if who is not people[1] else f"/w/{meeting['workshop']}/r/1")
                         .get_data(as_text=True))
    said = VALUES.map(lambda text: text.encode("utf-8", "replace"))
    form = data.draw(st.dictionaries(st.sampled_from(NAMES), said, max_size=9))
    form |= {"token": token[1]} if token else {}
    parts = data.draw(st.dictionaries(st.sampled_from(["number", "room", "step", "key", "code"]), VALUES, max_size=1))
    app.extensions["house"].failures.burst = max(CODE_FAILURES, 10**6)
    never_our_fault(app, who.http.post(address(rule, meeting, parts), data=form), rule, form, parts)


@pytest.mark.parametrize("next_", [word for word in WORDS if word.startswith("/") or not word])
def test_after_the_login_one_is_led_to_an_address_of_ours(app, meeting, next_):
    http = app.test_client()
    token = TOKEN.search(http.get("/login").get_data(as_text=True))[1]
    answer = http.post("/login", data={"token": token, "email": "elena@example.org", "password": cast.PASSWORD,
                                       "next": next_.encode("utf-8", "replace")})
    assert answer.status_code == 303 and answer.headers["Location"] in ("/workshops", quote(next_))
    assert (answer.headers["Location"] == "/workshops") == (not inside(next_))


def test_an_older_part_of_the_record_is_found_however_large_the_number(app, meeting, people):
    page = f"/w/{meeting['workshop']}/r/1/history?before="
    assert [people[0].http.get(page + number).status_code for number in ("1", "9" * 30, "-1", "x")] == [200] * 4
