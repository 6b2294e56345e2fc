"""Prepares what the pages show of speakers and questions, from the cards that everybody has."""
from datetime import datetime

from sqlalchemy import select

from workshop.domain.people.channels import HALL
from workshop.domain.shapes import Json
from workshop.domain.speaking.order import ARRIVAL, MINUTES
from workshop.house import house
from workshop.pages.shell.visitor import Place
from workshop.store.models import Question, Support
from workshop.words import plenary

USUAL: Json = {"open": True, "rule": ARRIVAL, "minutes": MINUTES, "asking": True, "queue": False, "order": [], "spent": {},
               "n": 0}


def speaking(here: Place) -> Json:
    """Collects {floor, now, line, hands, questions, supported, words} of the plenary. `line`: who waits, in order, each with
    `place`, `why` and `wait` (minutes); `hands`: {own seat: its hand}; `supported`: {(question, seat)}. The frames of the
    workshop's stream have been read."""
    floor = next(iter(here.cards("speaking")), None) or USUAL | {"nameless": here.workshop.privacy == "anonymous"}
    hands = {card["id"]: card for card in here.cards("speech")}
    now = next((card for card in hands.values() if "since" in card), None)
    line, wait = [], max(0, _left(now)) / 60 if now else 0.0
    for place, (key, why) in enumerate(floor["order"], 1):
        if key in hands:
            line.append(hands[key] | {"place": place, "why": why, "wait": round(wait)})
            wait += floor["minutes"][hands[key]["as"]]
    return {"floor": floor, "now": now and now | {"left": _left(now)}, "line": line, "hall": HALL,
            "hands": {card["mine"]: card for card in [*line, *([now] if now else [])] if "mine" in card},
            "questions": in_order(here.cards("question")), "supported": supported(here),
            "kinds": plenary.KINDS, "rules": plenary.RULES, "reasons": plenary.WHY}


def in_order(questions: list[Json]) -> list[Json]:
    """Puts questions in the order in which they are read: those that wait, by support, what was answered last."""
    return sorted(questions, key=lambda one: ("answered" in one, "waits" not in one, -one["supports"], one["number"]))


def supported(here: Place) -> set[tuple[str, str]]:
    """Finds {(question, seat)} of what the visitor's own seats want answered."""
    return {(one["activity"], one["seat"]) for one in supports(here) if one["choices"]}


def supports(here: Place) -> list[Json]:
    """Lists what the visitor's own seats want answered, in the form of ballots, as the script keeps it."""
    rows = here.session.scalars(select(Support).join(Question, Question.id == Support.question_id).where(
        Support.seat_id.in_(here.viewer.seats), Question.workshop_id == here.workshop.id)).all() if here.viewer.seats else ()
    return [{"activity": one.question_id, "seat": one.seat_id, "rev": one.rev,
             "choices": {"support": 1} if one.given else {}} for one in rows]


def _left(now: Json) -> int:
    """Returns the seconds that are left to who speaks; less than none where the time is over."""
    since = datetime.fromisoformat(now["since"])
    left: float = now["seconds"] - (house().clock() - since).total_seconds()
    return round(left)
