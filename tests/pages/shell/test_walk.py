"""Every address with every method, by everybody who could come: who gets what, and what nobody must find in it."""
import json
import re
import zipfile
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.pages.shell.walk import HOLDS, addresses, answered, ask, path_of, rows
from tests.support import cast
from tests.support.everybody import ROLES, SECRETS, hall
from tests.support.needs import some
from workshop.domain.ids import spell
from workshop.exports import FORMATS
from workshop.pages.shell import security
from workshop.store.identity import hashed

LEADS, DESK = "FE", "FEW"


def test_every_address_has_its_row():
    here = hall()
    assert set(addresses(here.app)) == set(rows()), "say in WALK who may use a new address"
    here.close()


@pytest.mark.parametrize("role", ROLES)
def test_everybody_gets_what_the_table_says(role):
    here, told, column = hall(), rows(), list(ROLES).index(role)
    wrong = []
    for method, rule in addresses(here.app):
        answer = ask(here, role, method, rule)
        wanted = told.get((method, rule), "o" * len(ROLES))[column]
        if answered(answer) != wanted:
            wrong.append(f"{method} {rule}: {answered(answer)} ({answer.status_code}) instead of {wanted}")
    assert not wrong, f"{ROLES[role]}:\n" + "\n".join(wrong)
    here.close()


def readings(hall, role: str):
    """[(address, text)] of all that somebody can read: pages, files in each format, and what streams tell."""
    http = hall.browser(role)
    paths = [path_of(hall, role, rule) for method, rule in addresses(hall.app) if method == "GET" and "form>" not in rule]
    paths = [path.replace("/r/1", f"/r/{room}") for path in paths for room in ((1, 2, 3) if "/r/1" in path else (1,))]
    paths += [f"/w/{hall.at['workshop_id']}/report.{form}" for form in FORMATS]
    paths += [f"/w/{hall.at['workshop_id']}/r/{room}?all=1" for room in (1, 2, 3)]
    paths += [f"/w/{hall.at['workshop_id']}/find?text={word}" for word in ("texto", "solas", "escondida", "espera")]
    paths += [f"/w/{hall.at['workshop_id']}/r/1/history?card={hall.at[card]}" for card in ("card", "hidden", "private")]
    screen = f"&screen={hall.at['screen']}" if role == "W" else ""
    paths += [f"/api/changes?stream={stream}{screen}" for stream in (
        hall.at["workshop_id"], *hall.at["rooms"], hall.at["circle"], hall.at["inbox"], hall.at["foreign"])]
    return [(path, text_of(http.get(path, buffered=True))) for path in paths]


def text_of(answer) -> str:
    """What an answer says: files are unpacked."""
    if answer.mimetype == "application/pdf":
        return " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(answer.data)).pages).split())
    if answer.data[:2] == b"PK":
        with zipfile.ZipFile(BytesIO(answer.data)) as parts:
            return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
    return answer.data.decode("utf-8", "replace").replace('": ', '":')


@pytest.mark.parametrize("role", ROLES)
def test_nobody_finds_what_is_not_for_them(role):
    here = hall()
    told = readings(here, role)
    planted = {text: role in who for text, who in SECRETS.items()}
    planted |= {spell(here.at["codes"][seat]): whose != "X" and role in (whose, *LEADS)
                for whose, [seat, *_] in here.at["seats"].items()}
    planted |= {here.at["screen"]: role in DESK, cast.PASSWORD: False} | dict.fromkeys(here.at["hashes"], False)
    planted |= dict.fromkeys([*here.cookies.values(), here.at["program token"], hashed(here.at["program token"])], False)
    planted |= {here.at[link]: False for holder, link in HOLDS.values() if role != holder}
    planted |= {"elena@example.org": role in LEADS}
    found = [f"{path}: {secret}" for path, text in told for secret, may in planted.items() if not may and secret in text]
    assert found == []
    missing = [secret for secret, may in planted.items() if may and not any(secret in text for _path, text in told)]
    assert missing == [], "who may read it does: the search would find it"
    here.close()


@pytest.mark.parametrize("role", some("FTRQOEW", 3))
def test_where_nobody_is_to_see_who_wrote_no_page_and_no_file_has_the_name_beside_the_text(role):
    here, names = hall("anonymous"), ("Rosa Mamani", "Julio Quispe")
    for path, text in readings(here, role):
        if path.startswith("/api/changes") and text.startswith("{"):
            for card in json.loads(text).get("cards", ()):
                own = card.get("mine") in here.at["seats"].get(role, ())
                told = {"name", "delegation", "channel", "site", "seat"} & card.keys()
                assert own or card["kind"] not in ("idea", "comment", "late") or not told, (path, card)
        elif re.search(r"/(report|find|history|panels|sheets|earlier|plenary|similar)", path) and not path.endswith(".json"):
            mine = role == "T"  # the page itself names the visitor
            assert not [name for name in names if name in text and not (mine and name.startswith("Julio"))], path
    here.close()


@pytest.mark.parametrize("role", "NHEW")
def test_every_answer_says_what_a_browser_may_do_with_it_and_none_is_kept(role):
    here = hall()
    for method, rule in addresses(here.app):
        for token in (True, False):
            looked_at(ask(here, role, method, rule, token), f"{method} {rule}")
    http = here.browser(role)
    for odd in (http.get("/no-such-page"), http.put("/login"), http.get("/w/x/report.exe"),
                http.post("/api/do", data=b"x" * 400_000, headers={security.HEADER: "1"})):
        looked_at(odd, odd.request.path)
    here.close()


def looked_at(answer, where: str) -> None:
    """The headers of an answer."""
    said = answer.headers
    kept = "immutable" in said.get("Cache-Control", "")
    if not kept:
        assert re.search(r"no-store|no-cache|private", said["Cache-Control"]), where
        assert "public" not in said["Cache-Control"], where
    if answer.status_code == 303:
        return
    assert said["X-Content-Type-Options"] == "nosniff", where
    if not kept:
        policy = said["Content-Security-Policy"]
        assert policy.startswith("default-src 'none'") and "frame-ancestors 'none'" in policy, where
        assert "unsafe" not in policy, where
    assert b"Traceback" not in answer.data, where


@pytest.mark.parametrize("role", "HE")
def test_without_our_token_or_header_nothing_is_changed_whoever_asks(role):
    here = hall()
    before = here.rows()
    for method, rule in addresses(here.app):
        if method != "GET":
            answer = ask(here, role, method, rule, token=False)
            view = here.app.view_functions[here.app.url_map.bind("").match(path_of(here, role, rule), method=method)[0]]
            if view in security.ANSWER_THEMSELVES:
                assert answer.status_code < 500, rule
            else:
                assert answer.status_code in (400, 403), f"{method} {rule} was let in: {answer.status_code}"
            assert here.rows() == before, f"{method} {rule} changed something"
    here.close()


def test_who_answers_a_form_without_its_token_is_named_here():
    here = hall()
    found = {name for name, view in here.app.view_functions.items() if view in security.ANSWER_THEMSELVES}
    assert found == {"welcome.join", "forms.say", "bring.bring", "method_editor.edit", "method_editor.edit_text",
                     "method_editor.from_file", "programme_in.bring", "expected.find", "bring_roster.bring"}
    here.close()
