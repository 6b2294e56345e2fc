"""The workshop that is asked for: a room with many cards, comments, votes, and people."""
import random
import secrets
from pathlib import Path

from tests.support import cast

PEOPLE, SEED = 30, 5
WORDS = """la feria semanal entre comunidades mantuvo el precio de quinua cuando cerraron las carreteras agua semilla escuela
mujeres jóvenes tierra mercado clima salud riego papa nativa alpaca camino""".split()  # noqa: SIM905


def build(folder: Path, cards: int) -> dict:
    """A data folder with it; returns what somebody who asks has to know (tests/bench/doors/asker.py), and the code."""
    app = cast.app(folder, rate=1e6, burst=10**6)
    meeting = cast.found(app)
    room, chance = meeting["rooms"][0], random.Random(SEED)
    kinds, delegations = cast.activities(app, room), cast.delegations(app, meeting)
    people = [cast.Phone(app.test_client()) for _ in range(PEOPLE)]
    for n, phone in enumerate(people):
        phone.join(meeting["code"], f"Persona {n + 1} de la comunidad", delegation=delegations[n % len(delegations)])
    made = [secrets.token_urlsafe(9) for _ in range(cards)]
    for n, card in enumerate(made):
        cast.ok(people[n % PEOPLE].do("contribution.add", {
            "activity": kinds["ideas"], "id": card, "body": {"text": f"{_said(chance, 22)} ({n})"}}))
        if n % 3 == 0:
            cast.ok(people[(n + 1) % PEOPLE].post(kinds["ideas"], _said(chance, 9), parent=card))
    cast.to_step(app, room, 1)
    for phone in people:
        some = chance.sample(made, min(cards, 300))
        cast.ok(phone.do("ballot.cast", {"activity": kinds["opinions"], "base_rev": 0,
                                         "choices": {card: chance.choice((1, -1, 0)) for card in some}}))
        cast.ok(phone.do("ballot.cast", {"activity": kinds["dots"], "base_rev": 0,
                                         "choices": dict.fromkeys(chance.sample(made, 2), 1)}))
    house = app.extensions["house"]
    house.performer.count()
    staff = cast.facilitator(app, meeting).http.get_cookie("tinkuy").value
    house.store.close()
    return {"workshop": meeting["workshop"], "room": room, "screen": meeting["screen"], "code": meeting["code"],
            "staff": staff, "rosa": people[0].http.get_cookie("tinkuy").value, "seat": people[0].place["seats"][0]["id"]}


def _said(chance: random.Random, words: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(words)).capitalize()
