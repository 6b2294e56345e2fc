"""Every kind can be read on paper and drawn on the screen."""
import re
from pathlib import Path

import pytest
from flask import render_template

from workshop import activities
from workshop.domain.kinds import kinds
from workshop.words import LANGUAGES, speak

FOLDER = Path(activities.__file__).parent
CARD = {"id": "card-1", "seq": 1, "number": 7, "kind": "idea", "body": {"text": "Semilla <propia>"}, "place": {},
        "name": "Rosa", "delegation": None}
ITEM = {"id": "item-1", "seq": 2, "number": 1, "kind": "item", "numbers": [7],
        "body": {"section": "commitment", "text": "Semilla <propia>", "who": "Salinas", "when": "marzo"}}
RESULT = {"dots": {"points": 3, "seats": 2, "delegations": 1}, "opinions": {"agree": 2, "disagree": 0, "pass": 1}}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
def test_the_paper_shows_its_sample_and_runs_nothing_of_it(app, kind, language):
    activity = {"id": "activity-1", "of": kind.name, "settings": kind.settings,
                "tally": {"items": {"card-1": RESULT[kind.name]}} if kind.votes else None}
    with app.test_request_context():
        speak(language)
        paper = render_template(f"activities/{kind.name}/paper.html", activity=activity, card=CARD, ideas=[CARD],
                                items=[ITEM], room={"number": 2}, delegations=[], talk={}, votes=[])
    assert "<propia>" not in paper
    assert re.search(r"\b[23]\b", paper) if kind.votes else "R2-007" in paper


@pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.name)
def test_the_panel_draws(kind):
    source = (FOLDER / kind.name / "panel.js").read_text()
    wanted = ("onCard", "bar") if kind.votes else ("draw",)
    assert all(re.search(rf"^export function {name}\(", source, re.M) for name in wanted)
