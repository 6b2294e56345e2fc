"""A vote on things with costs, opened from the page of quick votes: typed, or out of a file."""
import io
import re
from html import unescape

import pytest

from tests.pages.quick_votes.test_pages import open_votes, token
from tests.support import cast
from workshop.pages.quick_votes.costs import whole

ok = cast.ok
THINGS = "Tanque de agua; 3000\nCancha: 4.500\nBiblioteca, 2 500,00\n\nPozo\t900"
PB = """META
key;value
description;Presupuesto de Oruro
num_projects;5
num_votes;2
budget;10000.0
vote_type;{kind}
max_length;2
currency;Bs
PROJECTS
project_id;cost;name;color
005;3000;Tanque de agua;rojo
5;3000.0;"Cancha; con luz";azul
6;0;Nada;verde
7;20000;Puente;gris
VOTES
voter_id;vote{column}
a;005,5{points}
"""


@pytest.fixture
def elena(app, meeting):
    return cast.facilitator(app, meeting)


@pytest.fixture
def base(meeting) -> str:
    return f"/w/{meeting['workshop']}"


def send(phone, path: str, file: tuple[str, bytes] | None = None, **fields) -> tuple[int, str]:
    """Sends the form; (status, where it leads or what the page says)."""
    page = phone.http.get(path).get_data(as_text=True)
    sent = {"token": token(page), "client": re.search(r'name="client" value="([^"]+)"', page)[1]} | fields
    if file:
        sent["file"] = (io.BytesIO(file[1]), file[0])
    answer = phone.http.post(path, data=sent, content_type="multipart/form-data", headers={"Accept-Language": "en"})
    return answer.status_code, answer.headers.get("Location") or unescape(answer.get_data(as_text=True))


def test_what_is_typed_line_by_line_becomes_a_vote_with_its_lot(app, elena, base):
    status, _to = send(elena, f"{base}/vote", ready="costs", room="plenary", title="¿Qué pagamos?", costs=THINGS,
                       total="8 000", currency="Bs", most="3", within="1")
    assert status == 303
    [vote] = open_votes(app)
    assert vote.kind == "budget" and [(one["title"], one["cost"]) for one in vote.settings["options"]] == [
        ("Tanque de agua", 3000), ("Cancha", 4500), ("Biblioteca", 2500), ("Pozo", 900)]
    assert {name: vote.settings[name] for name in ("total", "currency", "most", "within")} == {
        "total": 8000, "currency": "Bs", "most": 3, "within": True}
    assert re.fullmatch(r"[0-9a-f]{16}", vote.settings["seed"])


@pytest.mark.parametrize(("costs", "total", "said"), [
    ("Tanque; 3000\nPozo; 0", "5000", "“Pozo; 0” needs a cost"), ("Tanque; 3000\nPozo", "5000", "“Pozo” needs a cost"),
    ("Tanque; 3000\nPozo; 2.5", "5000", "“Pozo; 2.5” needs a cost"),
    ("Tanque; 3000\nPozo; -4x", "", "“Pozo; -4x” needs a cost"),
    ("Tanque; 3000\nPozo; 400", "", "Give the sum"), ("Tanque; 3000", "5000", "two"),
    ("Tanque; 3000\nPozo; 99999999999999", "5000", "to 1000000000"),
    ("A; 1\na; 2", "5", "")])
def test_what_is_wrong_is_said_and_what_was_typed_stays(app, elena, base, costs, total, said):
    status, page = send(elena, f"{base}/vote", ready="costs", title="?", room="plenary", costs=costs, total=total)
    assert status == 200 and 'role="alert"' in page and costs.split("\n")[0] in page and not open_votes(app)
    assert said in page or said == "two"


def test_a_pb_file_is_shown_before_anything_is_saved(app, elena, base):
    content = PB.format(kind="approval", column="", points="").encode()
    status, page = send(elena, f"{base}/vote", ("Oruro.pb", content), ready="look", room="plenary")
    assert status == 200 and not open_votes(app)
    assert "3 things could be read" in page and "Tanque de agua; 3000\nCancha; con luz; 3000\nPuente; 20000" in page
    for word in ("Line 14: Project 6 costs “0”", "Line 15: Project 7 costs more than there is", "num", "color",
                 "The file says that it has 5 projects; 3 could be read.", "1 ballot of the file is not brought in"):
        assert word in page, word
    assert 'value="10000"' in page and 'value="Bs"' in page and 'value="Presupuesto de Oruro"' in page
    typed = re.search(r'<textarea id="things"[^>]*>\n?(.*?)</textarea>', page, re.S)[1]
    assert send(elena, f"{base}/vote", ready="costs", title="?", room="plenary", costs=typed, total="10000")[0] == 303
    assert [(one["title"], one["cost"]) for one in open_votes(app)[0].settings["options"]] == [
        ("Tanque de agua", 3000), ("Cancha; con luz", 3000), ("Puente", 20000)]


def test_a_pb_file_with_points_makes_a_vote_with_points(app, elena, base):
    content = PB.format(kind="cumulative", column=";points", points=";4,3").encode("cp1252")
    _status, page = send(elena, f"{base}/vote", ("x.pb", content), ready="look", room="plenary")
    assert 'name="of" value="points"' in page
    typed = re.search(r'<textarea id="things"[^>]*>\n?(.*?)</textarea>', page, re.S)[1]
    assert send(elena, f"{base}/vote", ready="costs", title="?", of="points", points="7", room="plenary",
                costs=typed)[0] == 303
    [vote] = open_votes(app)
    assert vote.kind == "points" and vote.settings["budget"] == 7 and len(vote.settings["options"]) == 3


@pytest.mark.parametrize(("name", "content"), [
    ("t.csv", "Proyecto;Costo\nTanque;3.000\nPozo;900\nNada;\n"), ("t.csv", "Tanque,3000\nPozo,900\n"),
    ("t.txt", "n\tcosto\tproyecto\n1\t3000\tTanque\n2\t900\tPozo\n")])
def test_a_table_of_things_and_costs_is_read(app, elena, base, name, content):
    _status, page = send(elena, f"{base}/vote", (name, content.encode()), ready="look", room="plenary")
    assert "Tanque; 3000\nPozo; 900" in page and not open_votes(app)
    assert ("Nada" not in content) or "There is no thing with a cost" in page


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"META\n", b"PK\x03\x04broken", b"META;\nbudget\nPROJECTS\n;;;\n",
                                     b'META\nbudget;5\nvote_type;x\nPROJECTS\nproject_id;cost\n"a;1\nb;2\n'])
def test_whatever_the_file_is_the_page_says_so(app, elena, base, content):
    status, page = send(elena, f"{base}/vote", ("x.pb", content), ready="look", room="plenary")
    assert status == 200 and 'id="read"' in page and not open_votes(app)


def test_costs_are_read_as_people_write_them():
    said = {"3000": 3000, "3.000": 3000, "3,000": 3000, "3 000": 3000, "3\u202f000": 3000, "Bs 3'000": 3000, "3000,00": 3000,
            "1.234.567": 1234567, "2.5": None, "3.00.0": None, "": None, "abc": None, "12345,6": None}
    assert {text: whole(text) for text in said} == said


def test_a_rapporteur_who_may_not_open_votes_is_refused_the_file_too(app, meeting, phone, base):
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    answer = rosa.http.post(f"{base}/vote", data={"file": (io.BytesIO(b"META\n"), "x.pb"), "ready": "look"},
                            content_type="multipart/form-data")
    assert answer.status_code in (302, 303, 400, 401, 403, 404) and "could be read" not in answer.get_data(as_text=True)
