"""The fast path of the store and the plain one give the same answers and show the same, whatever people do."""
import secrets
from itertools import count
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.store.scene import PEOPLE, VERBS, Scene
from tests.support import cast
from workshop.house import utc_now
from workshop.store.files import dump
from workshop.store.identity import identify
from workshop.store.streams import catch_up
from workshop.store.streams.viewers import viewer_for

ACTIONS = st.lists(st.tuples(st.sampled_from(PEOPLE), st.sampled_from(VERBS), st.integers(0, 1), st.integers(0, 5)),
                   min_size=5, max_size=25)
NOW = utc_now().replace(microsecond=0, second=0)  # of all: what took long would else be in another minute


def everything(folder, monkeypatch, actions, **config) -> tuple:
    """(answers, what each screen is given, all rows) after the actions; names are drawn from the same numbers each time."""
    drawn, drawing = Random(1), count()
    with monkeypatch.context() as patch:
        patch.setattr(secrets, "token_urlsafe", lambda n=32: f"{next(drawing):08x}{drawn.getrandbits(64):016x}"[:n * 4 // 3])
        patch.setattr(secrets, "randbelow", lambda most: drawn.randrange(most))
        app = cast.app(folder, rate=1e6, burst=10**6, tally_every=0, **config)
        house = app.extensions["house"]
        house.clock = house.performer.clock = lambda: NOW
        scene = Scene(app, cast.found(app)["owner"], "named", "live")
        answers = [scene.act(scene.actor(name, verb, pick), verb, room, pick) for name, verb, room, pick in actions]
        house.performer.count()
        shown = {}
        for name in (*PEOPLE, "wall"):
            for stream in (scene.workshop, *scene.rooms):
                with house.store.reader.hold() as session:
                    who = None if name == "wall" else identify(session, scene.phones[name].http.get_cookie("tinkuy").value)
                    eyes = viewer_for(session, who, None if who else scene.key, stream)
                    shown[name, stream] = eyes and catch_up.whole(session, stream, eyes)
        with house.store.read() as session:
            rows = dump.rows(session, scene.workshop)
        house.store.close()
    return answers, shown, rows


def test_the_plain_path_is_taken_when_it_is_asked_for(tmp_path, database):
    store = cast.app(tmp_path, store="plain", database=database).extensions["house"].store
    assert not store.remembers
    with store.pen.hold():
        assert store.pen.others() is None, "no connection is kept"
    store.close()


def test_the_fast_path_is_taken_on_both_kinds_of_store(tmp_path, database):
    store = cast.app(tmp_path, store="fast", database=database).extensions["house"].store
    with store.pen.hold() as session:
        assert session.driver.kind == ("postgresql" if database else "sqlite")
    assert store.pen.others() is not None, "the connection is kept"
    store.close()


@settings(max_examples=5)
@given(actions=ACTIONS)
def test_both_paths_answer_and_show_the_same(tmp_path_factory, actions):
    same(*(outcome(tmp_path_factory, actions, store=name) for name in ("fast", "plain")))


@settings(max_examples=3)
@given(actions=ACTIONS)
def test_both_kinds_of_store_answer_and_show_the_same_on_both_paths(tmp_path_factory, postgres, actions):
    found = [outcome(tmp_path_factory, actions, store="plain")]
    for name in ("fast", "plain"):
        url = postgres.database()
        found.append(outcome(tmp_path_factory, actions, store=name, database=url))
        postgres.take_back(url)
    same(found[1], found[2])
    assert found[0][:2] == found[1][:2]


def outcome(tmp_path_factory, actions, **config) -> tuple:
    with pytest.MonkeyPatch.context() as patch:
        return everything(tmp_path_factory.mktemp("data"), patch, actions, **config)


def same(fast: tuple, plain: tuple) -> None:
    for one, other in zip(fast, plain, strict=True):
        assert one == other
