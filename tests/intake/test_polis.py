"""The set of files that Polis exports: read, and refused in words where it lies."""
import io
import zipfile

import pytest

from workshop.domain.errors import Refusal
from workshop.intake import polis

FILES = {
    "summary.csv": "topic,¿Qué nos une?\nvoters,2\n",
    "comments.csv": "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
                    '1,x,0,9,1,1,1,"Que haya, al fin, agua"\n2,x,1,9,0,0,-1,Rechazada\n3,x,5,9,0,0,0,Feria\n',
    "votes.csv": "timestamp,datetime,comment-id,voter-id,vote\n5,x,0,a,-1\n4,x,0,a,1\n4,x,5,a,0\n4,x,0,b,1\n4,x,1,b,1\n",
    "participants-votes.csv": "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,5\n"
                              "a,0,0,2,0,1,-1,,0\nb,,0,2,2,0,1,1,\n",
}


def packed(folder="", **changed) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, text in (FILES | {f"{key.replace('_', '-')}.csv": text for key, text in changed.items()}).items():
            if text is not None:
                made.writestr(folder + name, text)
    return file.getvalue()


def test_a_set_is_read_the_later_answer_is_right_and_what_was_rejected_is_out():
    found = polis.read(packed("2026-12-01-polis/"))
    assert found == polis.PolisSet("¿Qué nos une?", [("0", "Que haya, al fin, agua"), ("5", "Feria")],
                                   {"a": {"0": -1, "5": 0}, "b": {"0": 1}})
    assert polis.read(packed(summary=None, participants_votes=None)).rows == found.rows


@pytest.mark.parametrize("changed, code, values", [
    ({"votes": None}, "polis_no_file", {"file": "votes.csv"}),
    ({"comments": FILES["comments.csv"].replace("moderated", "mood")}, "polis_column",
     {"file": "comments.csv", "what": "mood"}),
    ({"votes": FILES["votes.csv"].replace("vote\n", "v\n")}, "polis_column", {"file": "votes.csv", "what": "v"}),
    ({"votes": "comment-id,vote\n"}, "polis_column", {"file": "votes.csv", "what": "voter-id"}),
    ({"votes": FILES["votes.csv"].replace("datetime", "vote")}, "polis_twice", {"what": "vote"}),
    ({"comments": FILES["comments.csv"] + "4,x,5,9,0,0,1,Otra vez\n"}, "polis_twice", {"line": 5, "what": "5"}),
    ({"participants_votes": FILES["participants-votes.csv"] + "b,,0,2,2,0,1,1,\n"}, "polis_twice", {"what": "b"}),
    ({"votes": FILES["votes.csv"] + "6,x,0,c,2\n"}, "polis_value", {"line": 7, "what": "2"}),
    ({"votes": FILES["votes.csv"] + "6,x\n"}, "polis_value", {"line": 7}),
    ({"votes": FILES["votes.csv"] + "6,x,77,c,1\n"}, "polis_unknown", {"line": 7, "what": "77"}),
    ({"votes": FILES["votes.csv"] + "6,x,005,c,1\n"}, "polis_unknown", {"what": "005"}),
    ({"participants_votes": FILES["participants-votes.csv"].replace("b,,0,2,2", "b,,0,9,2")}, "polis_counts",
     {"line": 3, "what": "n-votes 9", "n": 2}),
])
def test_what_lies_is_refused_with_where(changed, code, values):
    with pytest.raises(Refusal) as refused:
        polis.read(packed(**changed))
    assert refused.value.code == code and refused.value.values | values == refused.value.values


@pytest.mark.parametrize("content", [b"", b"PK", b"comment-id,comment-body\n", packed()[:-30],
                                     packed(votes="comment-id,voter-id,vote\n\xff".encode("utf-16"))])
def test_what_is_no_set_is_refused(content):
    with pytest.raises(Refusal):
        polis.read(content)


def test_bounds_hold(monkeypatch):
    for name, value, file in (("BYTES", 60, "comments.csv"), ("STATEMENTS", 1, "comments.csv"), ("PEOPLE", 1, "votes.csv"),
                              ("ANSWERS", 2, "comments.csv")):
        with monkeypatch.context() as bound, pytest.raises(Refusal) as refused:
            bound.setattr(polis, name, value)
            polis.read(packed(summary=None))
        assert (refused.value.code, refused.value.values) == ("polis_too_much", {"file": file})
