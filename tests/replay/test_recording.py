"""Reading a recorded conversation."""
import pytest

from tests.support.real import real
from workshop.replay.recording import Act, Recording
from workshop.replay.rows import Unreadable

COMMENTS = """comment_id,author_id,timestamp_ms,moderated,published_agrees,published_disagrees,body
0,9,900,1,0,0,"Guardar semilla
propia"
1,7,1500,1,0,0,Ferias cada semana
2,8,5000,-1,0,0,Votada antes de su hora
"""
VOTES = """timestamp_ms,comment_id,participant_id,vote
1000,0,7,1
1500,1,8,-1
1500,1,8,0
2000,2,7,1
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "comments.csv").write_text(COMMENTS, encoding="utf-8")
    (tmp_path / "votes.csv").write_text(VOTES, encoding="utf-8")
    return tmp_path


def test_what_was_there_before_the_first_vote_is_there_from_the_start(folder):
    recording = Recording.read(folder)
    assert recording.seeds == ["0"]
    assert recording.texts["0"] == "Guardar semilla\npropia"


def test_acts_come_in_the_order_of_time_an_idea_before_the_votes_on_it(folder):
    assert Recording.read(folder).acts == [
        Act(0, "7", "0", 1), Act(500, "7", "1"), Act(500, "8", "1", -1), Act(500, "8", "1", 0), Act(1000, "8", "2"),
        Act(1000, "7", "2", 1)]


def test_of_each_person_the_last_word_on_an_idea_counts(folder):
    nobody = {"agree": 0, "disagree": 0, "pass": 0}
    assert Recording.read(folder).totals() == {
        "0": nobody | {"agree": 1}, "1": nobody | {"pass": 1}, "2": nobody | {"agree": 1}}


def test_at_each_checkpoint_the_last_words_until_then_count(folder):
    points = Recording.read(folder).checkpoints()
    assert [point["after_rows"] for point in points] == [0, 1, 2, 3, 4]
    assert points[2] == {"after_rows": 2, "participants": 2, "comments_voted": 2, "final_votes": 2, "agree": 1,
                         "disagree": 1, "pass": 0}
    assert points[3] == points[2] | {"after_rows": 3, "disagree": 0, "pass": 1}, "who says another word has said that one"


def test_with_fewer_people_the_others_ideas_are_there_from_the_start(folder):
    recording = Recording.read(folder).only(1)
    assert (recording.people, recording.seeds) == (["7"], ["0", "2"])


@pytest.mark.parametrize(("name", "text", "word"), [
    ("votes.csv", None, "cannot be read"), ("votes.csv", "a,b\n1,2\n", "no column"),
    ("votes.csv", VOTES.splitlines()[0] + "\n", "no votes"), ("votes.csv", VOTES + "2001,44,7,1\n", "44")])
def test_a_folder_that_is_no_recording_is_said_in_one_line(folder, name, text, word):
    (folder / name).unlink()
    if text is not None:
        (folder / name).write_text(text)
    with pytest.raises(Unreadable, match=word) as error:
        Recording.read(folder)
    assert "\n" not in str(error.value)


def test_the_young_people_of_london_are_all_there():
    recording = Recording.read(real("polis", "london.youth.policing"))
    assert (len(recording.people), len(recording.seeds), len(recording.acts)) == (26, 15, 640 + 24)
