"""What docs/protocol.md says to programs of the team is so: its examples run, its table is what the doors answer."""
import os
import re
import secrets
import subprocess
import sys

import pytest

from tests.live.conftest import serve, server  # noqa: F401  (the meeting with a running server)
from tests.pages.programs.program import Program, token_of
from tests.project.test_protocol_page import section
from tests.support import cast, needs
from tests.support.everybody import photo
from workshop.domain import ids, limits
from workshop.domain.people import tokens
from workshop.pages.shell import bearer

TEXT = section(10)
ROWS = re.findall(r"^\| `(GET|POST) (/[^`]+)` \| ?(.*?) ?\| (.*?) \|$", TEXT, re.MULTILINE)


@pytest.fixture
def environment(app, server):  # noqa: F811
    """What the examples read: the address, and a new token of Elena's."""
    token = token_of(app, server.meeting["owner"], server.meeting["workshop"], "facilitator")
    return os.environ | {"TINKUY_URL": server.url, "TINKUY_TOKEN": token, "http_proxy": "", "no_proxy": "*"}


def example(language: str) -> str:
    """The example of the page."""
    [found] = re.findall(rf"```{language}\n(.*?)```", TEXT, re.DOTALL)
    return found


def test_the_example_in_python_does_what_the_page_says(environment, tmp_path):
    folder = tmp_path / "program"
    folder.mkdir()
    run = subprocess.run([sys.executable, "-c", example("python")], env=environment, cwd=folder, capture_output=True,
                         text=True, check=False)
    assert (run.returncode, run.stdout) == (0, "R1-001 Del registro\n"), run.stderr
    assert (folder / "memoria.docx").read_bytes()[:2] == b"PK"


def test_the_example_with_curl_does_what_the_page_says(environment, tmp_path):
    needs.program("curl")
    folder = tmp_path / "program"
    folder.mkdir()
    run = subprocess.run(["sh", "-c", example("sh")], env=environment, cwd=folder, capture_output=True, text=True,
                         check=False)
    assert run.returncode == 0, run.stderr
    assert '"ok":true' in run.stdout.replace(" ", "") and "Del registro, con curl" in run.stdout
    assert "Del registro, con curl" in (folder / "memoria.json").read_text(encoding="utf-8")
    assert not (folder / "token.txt").exists()


def test_the_table_names_every_address_that_takes_tokens_and_the_type_of_its_answer(app, meeting):
    program = Program(app, token_of(app, meeting["owner"], meeting["workshop"], "owner"))
    card = cast.ok(program.idea(cast.activities(app, meeting["rooms"][0])["ideas"]))["card"]["id"]
    said = {"X-Attachment": secrets.token_urlsafe(12), "X-Card": card, "X-Kind": "photo"}
    sent = program.http.post("/api/attach", data=photo(), headers=program.headers | said)
    told = set()
    for method, address, _asked, types in ROWS:
        path = address.replace("/media/<id>", f"/media/{said['X-Attachment']}").replace("<id>", meeting["workshop"])
        path = path.replace("<n>", "1")
        endpoint = app.url_map.bind("").match(path, method=method)[0]
        told.add(endpoint)
        if address == "/api/attach":
            answer = sent
        elif method == "POST":
            answer = program.http.post(path, headers=program.headers, json={})
        else:
            answer = program.get(path, query_string={"stream": meeting["workshop"]} if "changes" in path else None)
        assert answer.status_code == 200, path
        assert answer.mimetype in re.findall(r"`([a-z]+/[^`]+)`", types), path
    open_now = {name for name, view in app.view_functions.items() if view in bearer.OPEN}
    assert len(ROWS) > 10 and told == open_now


def test_a_command_of_another_type_is_no_envelope(app, meeting):
    program = Program(app, token_of(app, meeting["owner"], meeting["workshop"], "owner"))
    answer = program.http.post("/api/do", headers=program.headers, data=b"{}", content_type="text/plain")
    assert answer.get_json()["code"] == "bad_envelope"


def test_the_forms_of_codes_are_those_of_the_program():
    def signs(what: str) -> str:
        return re.search(rf"^\| {what}.*?\| (.*?) \|", TEXT, re.MULTILINE)[1]
    assert signs("code of a workshop").startswith(f"{ids.WORKSHOP} of `{ids.ALPHABET}`")
    assert signs("code of a seat").startswith(f"{ids.REENTRY} ")
    for code in ("tky-4m7", "TKY 4M7", " tky4m7"):
        assert ids.clean_code(code) == "TKY4M7"
    assert signs("cookie").startswith(f"{len(ids.new_token())} ")
    token = tokens.new_program_token()
    assert signs("token").startswith(f"`{tokens.PREFIX}` and {len(token) - len(tokens.PREFIX)} ")
    assert ids.ID.fullmatch(ids.new_id()) and signs("id ").startswith("8 to 40")


def test_the_limits_are_those_of_the_program():
    table = section(8)
    assert f"| tokens of an account | {tokens.MOST} |" in table
    assert f"| bad tokens of an address | {limits.TOKEN_FAILURES}, then one every " \
           f"{limits.CODE_WINDOW / limits.TOKEN_FAILURES:g} s |" in table
    assert f"| cards of one live frame | {limits.CARDS_TOLD} |" in table
