"""Whatever people do and the line loses: what a screen has put together is what a screen that opens now is given."""
import json
import random
import subprocess
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.scene import PEOPLE, VERBS, Scene
from tests.support.needs import program, times
from tests.support.screens import Hall, mine, plain
from workshop.folders import STATIC

COPY = STATIC / "js" / "line" / "cards.js"
ACTIONS = st.tuples(st.sampled_from(PEOPLE), st.sampled_from(VERBS), st.integers(0, 1), st.integers(0, 5))
# What becomes of the frames of a commit: they arrive, are lost, come later in a heap turned round, or the screen asks.
FATES = st.sampled_from(("arrive", "arrive", "lost", "later", "ask"))


def play(app, owner: str, privacy: str, reveal: str, turns) -> tuple[dict, Counter]:
    """Act the turns out; returns the screens after a last catch-up with what fresh ones show, and what was done."""
    scene, hall = Scene(app, owner, privacy, reveal), Hall(app)
    screens, delayed, done = {who: scene.screen(hall, who) for who in (*PEOPLE, "wall")}, [], Counter()
    for (name, verb, room, pick), fates in turns:
        name = scene.actor(name, verb, pick)
        answer = scene.act(name, verb, room, pick)
        done[verb] += bool(answer.get("ok"))
        taken = hall.taken()
        screens[name].answered(answer)
        if verb == "enter" and answer.get("ok"):
            screens[name] = scene.screen(hall, name)  # the page of another room
        for who, fate in zip(screens, fates, strict=True):
            mine = [frame for sid, frame in taken if sid == who]
            if fate == "later":
                delayed.extend((who, frame) for frame in mine)
            elif fate == "arrive":
                for frame in mine:
                    screens[who].keep(frame)
            elif fate == "ask":
                with scene.house.store.read() as session:
                    screens[who].ask(session)
        if fates[0] == "arrive":
            for who, frame in reversed(delayed):
                screens[who].keep(frame)
            delayed.clear()
    with scene.house.store.read() as session:
        for screen in screens.values():
            screen.ask(session)
        return {name: (screen, screen.fresh(session)) for name, screen in screens.items()}, done


@settings(max_examples=times(8, whole=24),
          suppress_health_check=[*settings().suppress_health_check, HealthCheck.function_scoped_fixture])
@given(privacy=st.sampled_from(("named", "anonymous")), reveal=st.sampled_from(("live", "close")),
       turns=st.lists(st.tuples(ACTIONS, st.tuples(*[FATES] * 5)), min_size=5, max_size=25))
def test_what_a_screen_put_together_is_what_a_new_screen_is_given(app, meeting, privacy, reveal, turns):
    for name, (screen, fresh) in play(app, meeting["owner"], privacy, reveal, turns)[0].items():
        assert screen.shown() == fresh.shown(), name
        assert mine(screen.cards) <= mine(fresh.cards), name


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # the page does not know the other one
def test_the_copy_in_the_page_comes_to_the_same(app, meeting):
    node, chance, tried, done = program("node"), random.Random(2021), [], Counter()
    for i in range(times(8, whole=32)):
        turns = [((chance.choice(PEOPLE), chance.choice(VERBS), chance.randrange(2), chance.randrange(6)),
                  chance.choices(("arrive", "arrive", "lost", "later", "ask"), k=5)) for _ in range(60)]
        outcome, did = play(app, meeting["owner"], ("named", "anonymous")[i % 2], ("live", "close")[i // 2 % 2], turns)
        done += did
        tried += [{"heard": screen.heard, "fresh": fresh.shown()} for screen, fresh in outcome.values()]
    assert {verb for verb in VERBS if not done[verb]} == set(), "something never happened"
    script = f"""
        import {{ Copy }} from {json.dumps(COPY.as_uri())};
        import {{ readFileSync }} from "node:fs";
        const shown = JSON.parse(readFileSync(0, "utf8")).map((heard) => {{
          const copy = new Copy();
          for (const one of heard) if (one.cards) copy.keep(one); else copy.put(one);
          return [...copy.cards.values()].filter((card) => !card.gone);
        }});
        process.stdout.write(JSON.stringify(shown));"""
    ran = subprocess.run([node, "--input-type=module", "-e", script], input=json.dumps([one["heard"] for one in tried]),
                         capture_output=True, text=True, check=True, timeout=120)
    for shown, one in zip(json.loads(ran.stdout), tried, strict=True):
        assert {card["id"]: plain(card) for card in shown} == one["fresh"]
