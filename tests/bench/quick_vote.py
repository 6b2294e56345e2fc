"""What a quick vote costs a phone, from the call to the answer: `python -m tests.bench.quick_vote` prints the bytes.

The card of the vote as a frame, the ballot and its answer, each compressed alone (on the line they share a context, and are
smaller); and the part that draws it, which on good lines came some seconds after the page (js/participant/calls.js).
"""
import json
import secrets
import tempfile
import zlib
from pathlib import Path

from sqlalchemy import select

from tests.support import cast
from workshop.pages.shell.assets import BUILD
from workshop.store.models import Room

TITLE = "¿Necesitan diez minutos más?"
OPTIONS = [{"key": key, "title": {"es": es, "fr": fr, "en": en}} for key, es, fr, en in (
    ("yes", "Sí", "Oui", "Yes"), ("no", "No", "Non", "No"), ("abstain", "Me abstengo", "Je m’abstiens", "I abstain"))]


def weigh(said: object) -> int:
    """The bytes of a message, compressed by itself."""
    return len(zlib.compress(json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode(), 9))


def bill(folder: Path) -> dict[str, int]:
    """{what: bytes} of a vote of the plenary with three answers."""
    app = cast.app(folder)
    meeting = cast.found(app)
    elena, rosa = cast.facilitator(app, meeting), cast.Phone(app.test_client())
    with app.extensions["house"].store.read() as session:
        plenary = session.scalars(select(Room.id).where(
            Room.workshop_id == meeting["workshop"], Room.kind == "plenary")).one()
    rosa.join(meeting["code"], "Rosa")
    frame = {"stream": meeting["workshop"], "epoch": secrets.token_urlsafe(12), "was": 12, "now": 13, "cards": [cast.ok(
        elena.do("vote.open", {"room": plenary, "kind": "choice", "title": TITLE, "settings": {"options": OPTIONS},
                               "minutes": 2}, None))["card"]]}
    ballot = {"activity": frame["cards"][0]["id"], "choices": {"yes": 1}, "base_rev": 0}
    answer = cast.ok(rosa.do("ballot.cast", ballot))
    sent = {"client": rosa.client, "n": 1, "verb": "ballot.cast", "seat": rosa.place["seats"][0]["id"], "payload": ballot,
            "age_ms": 12}
    return {"the call": weigh(["cards", frame]), "the ballot": weigh(["do", sent]), "its answer": weigh(answer),
            "the ballot on the seat's devices": weigh(["ballot", ballot]),
            "the part, where it is not there yet": (BUILD / "part-quick.js.br").stat().st_size}


def main() -> None:
    """Prints the bill."""
    with tempfile.TemporaryDirectory() as folder:
        found = bill(Path(folder))
    for name, n in found.items():
        print(f"{n:>6,} {name}")
    part = found.popitem()[1]
    print(f"{sum(found.values()):>6,} in all, {sum(found.values()) + part:,} with the part")


if __name__ == "__main__":
    main()
