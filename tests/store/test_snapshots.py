"""A snapshot that was kept up to date is the one that would be made now, for everybody, whatever happened since."""
import json
import random
from collections import Counter

import pytest

from tests.store.scene import PEOPLE, VERBS, Scene
from tests.support import cast
from tests.support.needs import times
from workshop.domain.json_codec import dumps
from workshop.domain.visibility import Viewer
from workshop.store.fast import reader_session, snapshots
from workshop.store.fast.snapshots import snapshot
from workshop.store.identity import identify
from workshop.store.streams import catch_up, viewers
from workshop.store.streams.viewers import viewer_for
from workshop.store.visibility import card_views
from workshop.store.visibility.card_views import head


def eyes(scene, session, name: str) -> list[tuple[str, Viewer]]:
    """(stream, the eyes of whoever looks as this person does) for each stream that is open to them."""
    who = None if name == "wall" else identify(session, scene.phones[name].http.get_cookie("tinkuy").value)
    found = [(stream, viewer_for(session, who, None if who else scene.key, stream))
             for stream in (scene.workshop, *scene.rooms)]
    return [(stream, Viewer(of.workshop, of.privacy, of.role, frozenset(), of.rooms)) for stream, of in found if of]


def pages_say_the_same(session, scene):
    """What a page shows of a line, made of what was kept, is what the one query says, for everybody with seats."""
    for name in PEOPLE:
        who = identify(session, scene.phones[name].http.get_cookie("tinkuy").value)
        for stream in (scene.workshop, *scene.rooms):
            if viewer := viewer_for(session, who, None, stream):
                page, asked = catch_up.whole(session, stream, viewer), viewers.frame(session, stream, viewer, None, 0)
                asked["cards"] += catch_up.own_in_inbox(session, stream, viewer)
                assert by_id(page) == by_id(asked), name


def by_id(frame: dict) -> dict:
    return frame | {"cards": sorted(frame["cards"], key=lambda card: card["id"])}


@pytest.mark.parametrize("privacy", ["named", "anonymous"])
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # with the other store none is kept
def test_what_was_kept_up_to_date_is_what_would_be_made_now(app, meeting, privacy):
    store, chance, done = app.extensions["house"].store, random.Random(7), Counter()
    scene = Scene(app, meeting["owner"], privacy, "live")
    for i in range(times(50, whole=160)):
        verb = VERBS[i] if i < len(VERBS) else chance.choice(VERBS)
        pick = chance.randrange(6)
        name = scene.actor(chance.choice(PEOPLE), verb, pick)
        done[verb] += bool(scene.act(name, verb, chance.randrange(2), pick).get("ok"))
        with store.reader.hold() as session:
            for who in (*PEOPLE, "wall"):
                for stream, viewer in eyes(scene, session, who):
                    kept = snapshot(session, stream, viewer, *head(session, stream))
                    made = card_views.cards(session, stream, viewer)
                    assert kept.cards == made and json.loads(f"[{kept.text}]") == json.loads(dumps(made)), (who, verb)
                    for since in {1, kept.now // 2, kept.now - 1} - {0, -1} if i % 10 == 0 else ():
                        assert json.loads(f"[{kept.since(since)}]") == json.loads(
                            dumps(card_views.cards(session, stream, viewer, since))), (who, verb, since)
            pages_say_the_same(session, scene)
    assert len(done) == len(set(VERBS)) and sum(done.values()) > times(18, whole=60)
    assert len(store.reader._snapshots) > 4


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_after_a_restore_it_begins_anew(app, meeting):
    viewer, stream = Viewer(meeting["workshop"], "named", None), meeting["workshop"]
    with app.extensions["house"].store.reader.hold() as session:
        epoch, now = head(session, stream)
        whole = snapshot(session, stream, viewer, epoch, now).text
        kept = session.snapshots[stream, viewer]
        kept._cards, kept._text = {}, ""
        assert snapshot(session, stream, viewer, epoch, now).text == ""
        assert snapshot(session, stream, viewer, "another", now).text == whole != ""


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # with the other store none is kept
def test_a_large_board_is_read_in_steps_between_which_others_get_the_reader(app, meeting, phone, monkeypatch):
    store, (stream, *_), rosa, breaks = app.extensions["house"].store, meeting["rooms"], phone(), []
    rosa.join(meeting["code"], "Rosa")
    ideas = cast.activities(app, stream)["ideas"]
    for n in range(25):
        cast.ok(rosa.post(ideas, f"Idea {n}"))
    monkeypatch.setattr(snapshots, "STEP", 10)
    monkeypatch.setattr(
        reader_session, "pause", lambda: breaks.append(rosa.post(ideas, f"Entre dos pasos {len(breaks)}")["ok"]))
    monkeypatch.setattr(store.reader, "_snapshots", {})
    with store.read() as session:
        who = identify(session, rosa.http.get_cookie("tinkuy").value)
        viewer = viewer_for(session, who, None, stream)
    found = store.reader.ask(lambda session: catch_up.whole(session, stream, viewer))
    assert all(breaks) and len(breaks) >= 2, "somebody could write between two steps"
    with store.read() as session:
        assert by_id(found) == by_id(viewers.frame(session, stream, viewer, None, 0))


def test_who_asks_from_every_number_reads_no_rows_anew(app, meeting, phone, monkeypatch):
    (stream, *_), rosa, read = meeting["rooms"], phone(), []
    rosa.join(meeting["code"], "Rosa")
    ideas = cast.activities(app, stream)["ideas"]
    for n in range(12):
        cast.ok(rosa.post(ideas, f"Idea {n}"))
    monkeypatch.setattr(catch_up, "STEP", 2)
    asked = [rosa.http.get("/api/changes", query_string={"stream": stream, "since": 0}, buffered=True).get_json()]
    changed = card_views.changed
    monkeypatch.setattr(card_views, "changed", lambda *of, **more: (read.append(of), changed(*of, **more))[1])
    for since in range(1, asked[0]["now"] - 2):
        asked.append(rosa.http.get("/api/changes", buffered=True, query_string={
            "stream": stream, "epoch": asked[0]["epoch"], "since": since}).get_json())
    assert not read or not app.extensions["house"].store.is_sqlite
    for since, frame in enumerate(asked[1:], 1):
        wanted = [card for card in asked[0]["cards"] if card["seq"] > since and card["kind"] == "idea"]
        assert [card for card in frame["cards"] if card.get("kind") == "idea"] == wanted
