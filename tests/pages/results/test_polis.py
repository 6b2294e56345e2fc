"""What people answered goes out as a set of Polis files, and such a set comes in."""
import csv
import io
import re
import zipfile
from pathlib import Path

import pytest

from tests.support import cast, needs
from tests.support.camps import TEXTS, hall
from workshop.actions.opinions import groups
from workshop.intake import polis
from workshop.store.models import Activity, OpinionGroups

RECORDED = Path(__file__).parents[4] / "shared/data/polis/london.youth.policing"


@pytest.fixture
def vote(app, meeting, phone):
    made = hall(app, meeting, phone)
    made.settle()
    return made


def given(vote, phone=None) -> bytes:
    answer = (phone or vote.elena).http.get(f"{vote.at}/polis.zip")
    return answer.get_data() if answer.status_code == 200 else b""


def bring(vote, content: bytes, room: int = 2):
    at = f"/w/{vote.meeting['workshop']}/r/{room}/bring?lang=en"
    page = vote.elena.http.get(at).get_data(as_text=True)
    token = page.split('name="token" value="')[1].split('"')[0]
    client = page.split('id="polis"')[1].split('name="client" value="')[1].split('"')[0]
    return vote.elena.http.post(at, data={"token": token, "client": client, "do": "polis",
                                          "polis": (io.BytesIO(content), "conversation.zip")},
                                content_type="multipart/form-data")


def tables(content: bytes) -> dict[str, list[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as folder:
        return {name: list(csv.reader(io.StringIO(folder.read(name).decode()))) for name in folder.namelist()}


def test_the_set_has_the_files_of_polis_and_no_name(vote):
    files = tables(given(vote))
    assert set(files) == {"summary.csv", "comments.csv", "votes.csv", "participants-votes.csv", "comment-groups.csv"}
    assert ["voters", "24"] in files["summary.csv"] and ["groups", "2"] in files["summary.csv"]
    assert [row[-1] for row in files["comments.csv"][1:]] == list(TEXTS)
    assert len(files["votes.csv"]) == 1 + 24 * 9 and len({row[1] for row in files["participants-votes.csv"][1:]}) == 2
    assert files["comment-groups.csv"][0][6:10] == ["group-a-votes", "group-a-agrees", "group-a-disagrees", "group-a-passes"]
    said = given(vote)
    for one in vote.people:
        seat = one.place["seats"][0]
        assert seat["id"] not in str(files) and seat["name"] not in str(files)
    voters, authors = ({row[at] for row in files[name][1:]} for name, at in (("votes.csv", 3), ("comments.csv", 3)))
    assert not voters & authors, "who wrote a statement is not told by their answers"
    assert tables(said)["votes.csv"] != files["votes.csv"], "numbers are drawn anew"


def test_it_is_for_those_who_lead_and_not_before_the_reveal_or_of_a_secret_vote(app, meeting, phone, vote):
    assert given(vote) and not given(vote, vote.people[0])
    for settings in ({"reveal": "close"}, {"reveal": "close", "rules": {"named": "secret"}}):
        other = hall(app, meeting, phone, 11, settings)
        assert not given(other)
        other.close()
        assert bool(given(other)) is ("rules" not in settings)


def test_a_set_that_went_out_comes_in_with_the_same_answers_and_groups(app, vote):
    answer = bring(vote, given(vote))
    assert answer.status_code == 303, re.findall('class="problem[^>]*>[^<]*', answer.get_data(as_text=True))
    key = answer.headers["Location"].split("/")[-1].split("?")[0]
    app.extensions["house"].live.groups.find(key)
    with app.extensions["house"].store.read() as session:
        made, old = session.get_one(Activity, key), session.get_one(Activity, vote.vote)
        assert sorted(map(str, made.tally["items"].values())) == sorted(map(str, old.tally["items"].values()))
        assert made.closed_at and made.tally["ballots"] == 24 and made.title == "¿Qué nos une?"
        assert [one["n"] for one in made.parts["alike"]["groups"]] == [12, 12]
        assert groups.BROUGHT not in session.get_one(OpinionGroups, key).found
    page = vote.elena.http.get(answer.headers["Location"] + "?lang=en").get_data(as_text=True)
    assert "Group A, 12 people" in page and TEXTS[0] in page


def test_a_recorded_conversation_comes_in(app, vote):
    if not RECORDED.exists():
        needs.without("the recorded conversations are not here")
    heads = {"comments": ("timestamp_ms,timestamp", "comment_id,comment-id", "author_id,author-id",
                          "published_agrees,agrees",
                          "published_disagrees,disagrees", "body,comment-body"),
             "votes": ("timestamp_ms,timestamp", "comment_id,comment-id", "participant_id,voter-id")}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as folder:
        for name, changes in heads.items():
            head, rest = (RECORDED / f"{name}.csv").read_text(encoding="utf-8").split("\n", 1)
            for change in changes:
                head = re.sub(rf"(^|,){change.split(',')[0]}(,|$)", rf"\g<1>{change.split(',')[1]}\g<2>", head)
            folder.writestr(f"{name}.csv", f"{head}\n{rest}")
    found = polis.read(file.getvalue())
    answer = bring(vote, file.getvalue())
    assert answer.status_code == 303
    with app.extensions["house"].store.read() as session:
        made = session.get_one(Activity, answer.headers["Location"].split("/")[-1])
        assert made.tally["ballots"] == len(found.rows) == 26 and made.title


def test_a_set_that_lies_is_told_in_words_and_nothing_comes(app, meeting, vote):
    with zipfile.ZipFile(io.BytesIO(given(vote))) as folder:
        files = {name: folder.read(name).decode() for name in folder.namelist()}
    lie = io.BytesIO()
    with zipfile.ZipFile(lie, "w") as folder:
        for name, text in files.items():
            folder.writestr(name, text.replace("moderated", "mood") if name == "comments.csv" else text)
    answer = bring(vote, lie.getvalue())
    assert "comments.csv: the column “mood” is unknown" in answer.get_data(as_text=True)
    assert "This is no ZIP" in bring(vote, b"nothing").get_data(as_text=True)
    with app.extensions["house"].store.read() as session:
        assert not session.query(Activity).filter(
            Activity.room_id == meeting["rooms"][1], Activity.closed_at.is_not(None)).all()


def test_answers_that_do_not_fit_their_cards_are_refused(vote):
    board = cast.activities(vote.app, vote.meeting["rooms"][0])["ideas"]

    def brought(activity=board, **change):
        return vote.elena.do("opinions.bring", {"activity": activity, "title": "x", "cards": vote.cards[:2],
                                            "rows": ["20"]} | change, seat=None)["code"]
    assert brought(rows=["2"]) == "bad_choice" and brought(cards=[vote.cards[0]] * 2) == "bad_choice"
    assert brought(cards=["nothing", vote.cards[0]]) == "no_such_card" and brought(activity=vote.vote) == "not_for_this"
    assert brought(rows=["29"]) == "bad_payload"
