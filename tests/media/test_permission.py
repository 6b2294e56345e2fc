"""Whether a step takes photos and voice notes: with script and without, in the first room and in a later one."""
from io import BytesIO

import pytest

from tests.media.pictures import jpeg, wav
from tests.pages.facilitator.people import joined
from tests.support.cast import activities, edition, facilitator, ok

TAKES = {"nobody": False, "staff": False, "own": True, "all": True}
REFUSED = "Eso no toca en este paso."


def step(bench, who: str, room: str | None = None, **more) -> None:
    """The room is at a step in which `who` may attach."""
    elena, room = facilitator(bench.app, bench.meeting), room or bench.meeting["rooms"][0]
    at = [{"key": "ideas", "minutes": 0, "opens": ["ideas"], "may": {"attach": who}} | more]
    ok(elena.do("steps.set", {"room": room, "steps": at, "base": edition(bench.app, room)}, seat=None))


@pytest.mark.parametrize(("who", "takes"), TAKES.items())
def test_a_photo_or_a_voice_note_is_taken_as_the_step_says(bench, who, takes):
    step(bench, who)
    card = ok(bench.rosa.post(bench.board, "De este paso"))["card"]["id"]
    for content, kind in ((jpeg(80, 60), "photo"), (wav(), "voice")):
        answer = bench.attach(content, card=card, kind=kind)
        assert (answer.get_json()["ok"], answer.get_json().get("code")) == (takes, None if takes else "not_now")
        assert answer.status_code == (200 if takes else 400)
    assert len(bench.rows()) == (2 if takes else 0)
    assert bool(bench.kept()) == takes, "nothing of what is refused stays on the disk"


@pytest.mark.parametrize(("who", "takes"), TAKES.items())
def test_the_same_without_script(bench, who, takes):
    step(bench, who)
    ana, at = joined(bench.app, bench.meeting, "Ana"), f"/w/{bench.meeting['workshop']}/r/1"
    ana.open(at)
    ana.send(f"{at}/say", 'id="composer"', text="Sin script")
    card, found = next((key, card) for key, card in bench.luis.catch_up(bench.meeting["rooms"][0]).items()
                       if card.get("body", {}).get("text") == "Sin script")
    assert "files" not in found and (f"photo={card}" in ana.page) == takes, "the way to it is there, or is not"
    seat = ana.http.get("/api/me").get_json()["seats"][0]["id"]
    ana.send(f"{at}/photo", 'id="quick"', card=card, seat=seat, photo=(BytesIO(jpeg(80, 60)), "foto.jpg"))
    assert (REFUSED in ana.said, len(bench.rows())) == ((False, 1) if takes else (True, 0)), ana.said


@pytest.mark.parametrize(("who", "takes"), TAKES.items())
def test_on_a_card_that_came_along_the_step_of_the_later_room_counts(bench, who, takes):
    elena, later = facilitator(bench.app, bench.meeting), bench.meeting["rooms"][1]
    ok(elena.do("contribution.carry", {"activity": activities(bench.app, later)["ideas"],
                                       "rooms": bench.meeting["rooms"][:1]}, None))
    ok(bench.rosa.do("seat.enter", {"room": later}))
    copy = next(key for key, card in bench.rosa.catch_up(later).items() if card["kind"] == "idea")
    step(bench, who, later)
    answer = bench.attach(jpeg(80, 60), card=copy).get_json()
    assert (answer["ok"], answer.get("code")) == (takes, None if takes else "not_now")
