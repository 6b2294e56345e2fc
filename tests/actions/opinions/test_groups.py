"""The groups of a vote: kept, told as far as they may be, and each person's own place told to them alone."""
import html
import io
import re
import sys

import pytest
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.support import cast
from tests.support.camps import TEXTS, answer, hall
from workshop.actions.opinions import groups
from workshop.store.models import Activity, OpinionGroups, Workshop


def words(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.split("<main")[1]))


@pytest.fixture
def vote(app, meeting, phone):
    made = hall(app, meeting, phone)
    made.settle()
    return made


def test_two_camps_are_told_in_words_with_what_they_share(vote):
    said = words(vote.page())
    assert "Group A, 12 people" in said
    told = vote.told()
    assert sorted(one["n"] for one in told["groups"]) == [12, 12] and told["few"] == 0
    assert {card for card, way in told["shared"] if way == 0} >= {vote.cards[0], vote.cards[1]}
    assert set(told["apart"]) <= set(vote.cards[2:8])
    assert TEXTS[0] in said and "<svg viewBox=\"0 0 1000 640\"" in vote.page()


def test_each_sees_where_they_stand_on_their_own_phone_and_nobody_else_does(vote):
    mine = vote.page(vote.people[0])
    assert 'id="mine"' in mine and "seat=" not in mine.split('id="mine"')[1].split("</section>")[0]
    letter = re.search(r'id="mine"><b class="mark g(\w)', mine)[1]
    other = re.search(r'id="mine"><b class="mark g(\w)', vote.page(vote.people[1]))[1]
    assert {letter, other} == {"A", "B"}
    assert 'id="mine"' not in vote.page(), "the team has no seat"
    asked = vote.people[1].place["seats"][0]["id"]
    assert re.search(r'id="mine"><b class="mark g(\w)', vote.page(vote.people[0], f"&seat={asked}"))[1] == letter
    with vote.app.extensions["house"].store.read() as session:
        room = session.get_one(Activity, vote.vote).stream_id
    told = str([vote.people[0].catch_up(stream) for stream in (room, vote.meeting["workshop"])])
    assert not any(f"'{word}'" in told for word in ("letter", "centres", "alike", "found"))


def test_on_a_shared_phone_whoever_asks_says_who_they_are(app, meeting, phone, vote):
    shared = phone()
    shared.join(meeting["code"], "Ana", "Luis")
    page = vote.page(shared)
    assert 'id="mine"' not in page and "Ana" in page and "Luis" in page
    seat = shared.place["seats"][1]["id"]
    assert 'id="mine"' in vote.page(shared, f"&seat={seat}")


def test_a_restart_gives_the_same_and_finds_nothing_anew(app, vote):
    house = app.extensions["house"]
    before = vote.told()
    with house.store.read() as session:
        assert groups.asked(session, session.get_one(Activity, vote.vote)) is None
    with house.store.write() as session:
        session.get_one(OpinionGroups, vote.vote).mark = ""
    assert house.live.groups.find(vote.vote) and vote.told() == before
    assert not house.live.groups.find(vote.vote)


def test_a_statement_that_is_taken_back_after_its_answers_leaves_the_map(vote):
    gone = vote.told()["apart"][0]
    cast.ok(vote.people[0].do("contribution.withdraw", {"id": gone}))
    vote.settle()
    assert gone not in str(vote.told())
    hidden = vote.told()["shared"][0][0]
    cast.ok(vote.elena.do("contribution.hide", {"id": hidden, "reason": "–"}, seat=None))
    vote.settle()
    assert hidden not in str(vote.told())


@pytest.mark.parametrize("settings", [{"reveal": "close"}, {"reveal": "close", "rules": {"named": "secret"}}])
def test_before_the_reveal_nothing_is_told_and_of_a_secret_vote_nothing_ever(app, meeting, phone, settings):
    made = hall(app, meeting, phone, 16, settings)
    secret = "rules" in settings
    if not secret:
        made.settle()
    assert "<svg viewBox=\"0 0 1000" not in made.page() and "Persona" not in words(made.page())
    made.close()
    if not secret:
        made.settle()
    assert ("<svg viewBox=\"0 0 1000" in made.page()) is not secret
    with app.extensions["house"].store.read() as session:
        assert (session.get(OpinionGroups, made.vote) is None) is secret


def test_in_an_anonymous_workshop_groups_are_told_when_the_vote_is_over(app, meeting, vote):
    with app.extensions["house"].store.write() as session:
        session.get_one(Workshop, meeting["workshop"]).privacy = "anonymous"
    assert "<svg viewBox=\"0 0 1000" not in vote.page()
    vote.close()
    assert "<svg viewBox=\"0 0 1000" in vote.page()


def test_without_numpy_the_page_says_so_and_delegations_are_bridged_all_the_same(app, meeting, phone, monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert not groups.possible()
    made = hall(app, meeting, phone, 12, delegation=lambda n: cast.delegations(app, meeting)[n % 6])
    said = words(made.page())
    assert "numpy" in said and TEXTS[0] in said.split("numpy")[1]
    made.app.extensions["house"].live.groups.soon(made.vote)
    assert made.told() is None
    made.close()
    assert "numpy" in words(made.page())


def test_of_nine_people_it_is_said_why_there_are_none(app, meeting, phone):
    made = hall(app, meeting, phone, 9)
    made.settle()
    assert made.told() is None and "5" in words(made.page())


def test_who_answers_too_little_is_near_a_group_and_not_in_it(vote):
    answer(vote, 23, dict.fromkeys(range(4, 9)), rev=1)
    vote.settle()
    assert vote.told()["few"] == 1 and sum(one["n"] for one in vote.told()["groups"]) == 23
    assert "With 3 more answers you are counted in it." in words(vote.page(vote.people[23]))


def test_the_result_that_was_written_down_has_them_and_travels_with_the_file(app, meeting, vote):
    vote.close()
    vote.settle()
    with app.extensions["house"].store.read() as session:
        assert session.get_one(Activity, vote.vote).parts["alike"] == vote.told()


@pytest.mark.parametrize("form", ["md", "html", "json", "xlsx", "docx", "pdf"])
def test_the_memoria_tells_of_them_in_every_form(vote, meeting, form):
    vote.close()
    vote.settle()
    body = vote.elena.http.get(f"/w/{meeting['workshop']}/report{'' if form == 'html' else f'.{form}'}?lang=en").get_data()
    said = texts_of(form, body)
    assert ("group A, 12 people" if form != "json" else '"alike"') in said and ("alike-map" in str(body)) is (form == "html")
    assert TEXTS[0] in said


def texts_of(form: str, body: bytes) -> str:
    """All that is said in a memoria."""
    if form == "xlsx":
        book = load_workbook(io.BytesIO(body), read_only=True)
        assert "Who answers alike" in book.sheetnames
        return " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    if form == "docx":
        found = Document(io.BytesIO(body))
        return " ".join([*(one.text for one in found.paragraphs),
                         *(cell.text for table in found.tables for row in table.rows for cell in row.cells)])
    if form == "pdf":
        return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages))
    return html.unescape(re.sub(r"<[^>]+>", "", body.decode()))
