"""Consent to what a room is asked as a whole: with the reason and the change, as on a card; reasons are bounded."""
import re

from tests.actions.votes.test_rules import Assembly, hall, ok  # noqa: F401  (hall is a fixture)
from workshop.activities.consent.rules import FIRST


def asked(hall: Assembly) -> dict:  # noqa: F811
    return hall.open(kind="consent", per="room")


def test_a_room_is_asked_with_reason_and_change(hall):  # noqa: F811
    rosa, luis, ana = hall.join("Rosa", 0), hall.join("Luis", 1), hall.join("Ana")
    asked(hall)
    ok(hall.cast(rosa, {"room": "si"}))
    ok(hall.cast(luis, {"room": {"is": "no", "why": "Falta agua", "change": "Un canal"}}))
    ok(hall.cast(ana, {"room": "no"}))
    assert hall.cast(rosa, {"somewhere": "si"})["code"] == "no_such_card"
    assert hall.cast(rosa, {"room": {"is": "si", "why": "porque sí"}})["code"] == "bad_choice"
    ok(hall.close())
    assert hall.tally()["items"] == {"si": {"seats": 1, "delegations": 1}, "no": {
        "seats": 2, "delegations": 1, "reasons": {"no": {"Falta agua": {"Un canal": 1}}}}}
    page = re.sub(r"<[^>]+>|\\s+", " ", rosa.http.get(
        f"/w/{hall.meeting['workshop']}/votes/{hall.vote}").get_data(as_text=True))
    assert "Falta agua" in page and "Un canal" in page


def test_without_script_the_reason_is_asked_on_its_page(hall):  # noqa: F811
    rosa = hall.join("Rosa", 0)
    asked(hall)
    path = f"/w/{hall.meeting['workshop']}/vote/{hall.vote}"
    assert 'name="said"' not in rosa.http.get(path).get_data(as_text=True), "who has not answered is asked for no reason"
    ok(hall.cast(rosa, {"room": "con_reserva"}))
    mine = rosa.place["seats"][0]["id"]
    assert rosa.http.get(f"{path}?go=1&seat={mine}").get_data(as_text=True).count('name="said"') == 2


def test_of_many_reasons_some_travel_and_the_page_has_all(hall):  # noqa: F811
    people = [hall.join(f"Persona {i}", i % 3) for i in range(FIRST + 4)]
    asked(hall)
    for i, one in enumerate(people):
        ok(hall.cast(one, {"room": {"is": "no", "why": f"Porque {i:02d}" if i > 2 else "Falta agua"}}))
    ok(hall.close())
    item = hall.elena.catch_up(hall.room)[hall.vote]["tally"]["items"]["no"]
    assert (len(item["reasons"]["no"]), item["more"]) == (FIRST, 2)
    assert item["reasons"]["no"]["Falta agua"] == {"": 3}, "what most said is among them"
    page = people[0].http.get(f"/w/{hall.meeting['workshop']}/votes/{hall.vote}").get_data(as_text=True)
    assert all(f"Porque {i:02d}" in page for i in range(3, FIRST + 4))
