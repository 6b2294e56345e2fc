"""Where pages lead is ours, whatever the address says that came from outside."""
import re
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.pages.facilitator.people import Browser
from tests.pages.shell.attacks.test_guard import signed_in
from tests.support import cast
from workshop.pages.input.redirect_targets import inside

AWAY = ["//evil.example/", "/\\evil.example/", "/\t/evil.example", "/\n/evil.example", "/\r\n/evil.example",
        "\t//evil.example",
        "https://evil.example/", "javascript:alert(1)", "/a\\..\\b", "/\x00", "/x\x7f", "/x\x85y", "", " /workshops",
        "evil.example", "/" + "x" * 3000]


@pytest.mark.parametrize("where", AWAY)
def test_what_could_lead_elsewhere_leads_nowhere(where):
    assert inside(where) == ""


@pytest.mark.parametrize("where", ["/", "/workshops", "/w/abc/r/1?seat=x&row=Suelo%20nativo#card", "/w/x/r/1#Ñandú",
                                   "/login?next=//x"])
def test_paths_of_ours_stay_as_they_are(where):
    assert inside(where) == where


@pytest.mark.parametrize("where", AWAY)
def test_signing_in_leads_only_to_our_own_pages(app, meeting, where):
    elena = Browser(app)
    page = elena.open(f"/login?next={quote(where)}")
    assert elena.status == 200 and 'name="next" value=""' in page
    form = {"token": re.search(r'name="token" value="([^"]+)"', page)[1], "next": where, "email": "elena@example.org",
            "password": cast.PASSWORD}
    answer = elena.http.post("/login", data=form)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/workshops")
    answer = elena.http.get(f"/login?next={quote(where)}")  # who is signed in already is led on too
    assert (answer.status_code, answer.headers["Location"]) == (303, "/workshops")


def test_signing_in_leads_back_to_the_whole_address(app, meeting):
    where = f"/w/{meeting['workshop']}/paper?from=9&each=8"
    elena = Browser(app)
    elena.open("/workshops/new?lang=fr")
    assert elena.path == "/login" and "next=" not in elena.page and 'value="/workshops/new?lang=fr"' in elena.page
    elena.open(f"/login?next={quote(where)}")
    token = re.search(r'name="token" value="([^"]+)"', elena.page)[1]
    answer = elena.http.post("/login", data={"token": token, "next": where, "email": "elena@example.org",
                                             "password": cast.PASSWORD})
    assert answer.headers["Location"] == where


@pytest.mark.parametrize("evil", ["a\nb", "a\r\nSet-Cookie: x=y", "\t", "a\\b", "/evil.example", "a?b=c#d"])
@pytest.mark.parametrize("who", ["stranger", "elena"])
def test_no_address_breaks_a_page_or_leads_away(app, meeting, evil, who):
    """Every page, with something else than it knows in each place of its address."""
    http = signed_in(app).http if who == "elena" else app.test_client()
    known = {"workshop_id": meeting["workshop"], "number": 1, "room": 1, "step": 0, "code": meeting["code"], "form": "json",
             "language": "es", "version": "x", "name": "x", "key": "x", "token": "x", "seat_id": "x", "person_id": "x",
             "card_id": "x", "invitation_id": "x", "answer": "x", "block_id": "x", "vote_id": "x", "vote": "x"}
    asked = 0
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint == "static":
            continue
        for name in rule.arguments - {"number", "room", "step"}:
            values = {argument: known[argument] for argument in rule.arguments} | {name: "EVIL"}
            address = rule.build(values, append_unknown=False)[1].replace("EVIL", quote(evil, safe=""))
            answer = http.get(address, query_string={"next": evil, "row": evil, "r": evil, "seat": evil, "lang": evil})
            assert answer.status_code < 500, address
            where = urlsplit(answer.headers.get("Location", "/"))
            assert not where.netloc and not where.scheme and where.path.startswith("/"), address
            assert inside(parse_qs(where.query).get("next", ["/"])[0]) or where.path == "/login", address
            asked += 1
    assert asked > 30
