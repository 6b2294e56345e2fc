"""Every kind can be read on paper and drawn on the screen."""
import re
from pathlib import Path

import pytest
from flask import render_template

from tests.browser.boards import LAYOUTS
from workshop import activities
from workshop.domain.kinds import kinds
from workshop.words import LANGUAGES, speak

FOLDER = Path(activities.__file__).parent
CARD = {"id": "card-1", "seq": 1, "number": 7, "kind": "idea", "body": {"text": "Semilla <propia>"}, "place": {},
        "name": "Rosa", "delegation": None}
ITEM = {"id": "item-1", "seq": 2, "number": 1, "kind": "item", "numbers": [7],
        "body": {"section": "commitment", "text": "Semilla <propia>", "who": "Salinas", "when": "marzo"}}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
def test_the_paper_shows_its_sample_and_runs_nothing_of_it(app, kind, language):
    tally = kind.rules.summarise([(ballot(kind), "taraco")] * 23) | {"ballots": 23} if kind.votes else None
    activity = {"id": "activity-1", "of": kind.name, "settings": kind.settings, "title": "",
                "tally": kind.settle(kind.settings, tally) if tally and not kind.quorum else tally}
    with app.test_request_context():
        speak(language)
        papers = [render_template(f"activities/{kind.name}/plain.html", activity=activity, card=card, ideas=[CARD],
                                  items=[ITEM], room={"number": 2}, delegations=[], talk={}, votes=[])
                  for card in ((CARD, None) if kind.votes else (CARD,))]
    assert "<propia>" not in "".join(papers)
    if kind.votes:
        # People, or what they gave; of marks their mean.
        sums = {23, *(23 * one for one in ballot(kind).values() if isinstance(one, int)), *(
            mark for one in ballot(kind).values() if isinstance(one, dict) for mark in one.values() if isinstance(mark, int))}
        found = [paper for paper in papers if {str(n) for n in sums} & set(re.findall(r"\b\d+\b", paper))]
        assert len(found) == 1, "on the card or for the room"
    else:
        assert "R2-007" in papers[0]


def ballot(kind) -> dict:
    """The choices of the kind's sample, of the card above."""
    return {CARD["id"] if key == "*" else key: choice for key, choice in kind.sample["ballot.cast"]["choices"].items()}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_paper_of_every_layout_is_headings_and_lists_in_the_readers_language(app, layout):
    places = {"columns": {"column": "falto"}, "matrix": {"row": "agua", "column": "salinas"}, "tree": {"column": "causas"},
              "timeline": {"lane": "logros", "at": "2019-05"}}
    card = CARD | {"place": places.get(layout, {}), "body": {"text": "Semilla <propia>", "title": "Un <título>", "fields": {
        "clase": "foto", "enlace": "https://a.pe/?a=1&b=2"}}}
    room = {"number": 2, "state": "closed"}
    activity = {"id": "activity-1", "of": "ideas", "settings": {"columns": []} | LAYOUTS[layout]}
    with app.test_request_context():
        speak("fr")
        paper = render_template("activities/ideas/plain.html", activity=activity, ideas=[card], room=room, delegations=[],
                                talk={})
    assert paper.count('id="card-1"') == 1 and "<propia>" not in paper and "<título>" not in paper
    titles = {"columns": "Lo que faltó (fr)", "matrix": "El agua de riego (fr)", "tree": "Causas (fr)",
              "timeline": "05/2019", "plane": "Pas encore placées", "list": "Clase (fr)"}
    assert titles[layout] in paper
    assert ('href="https://a.pe/?a=1&amp;b=2"' in paper) == (layout == "list")


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
def test_the_panel_draws(kind):
    source = (FOLDER / kind.name / "panel.js").read_text()
    drawn = {"onCard", "bar", "draw"} & set(re.findall(r"^export (?:function |const |\{ )(\w+)", source, re.M))
    wanted = {"onCard", "draw"} if kind.votes else {"draw"}
    assert drawn & wanted and ("bar" in drawn) == kind.decides
