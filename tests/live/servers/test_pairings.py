"""The same walk on the pairings of database and path of the store that the gate does not run everything on."""
import pytest

from tests.live.device import idea


@pytest.fixture(params=[("sqlite", "plain"), ("postgres", "fast"), ("postgres", "plain")], ids="-".join)
def path(request) -> tuple[str, str]:
    return request.param


@pytest.fixture
def database(request, path) -> str:
    return request.getfixturevalue("postgres_url") if path[0] == "postgres" else ""


def test_people_come_write_are_led_and_are_removed(serve, path, Device):
    server = serve(store=path[1])
    rosa, julio = (Device(server.url).join(server.meeting["code"], name).connect() for name in ("Rosa", "Don Julio"))
    lead = Device(server.url).staff(server.meeting["staff"], server.meeting["workshop"]).connect()
    assert julio.pump(lambda: julio.cursor)
    card = rosa.do("contribution.add", idea(server, "Guardar semilla"))["card"]["id"]
    assert julio.pump(lambda: [one["number"] for one in julio.ideas()] == [1])
    room, dots = server.meeting["rooms"][0], server.meeting["activities"][0]["dots"]
    assert lead.do("step.go", {"room": room, "step": 1}, None)["ok"]
    assert julio.do("contribution.add", idea(server, "Tarde"))["code"] == "step_closed"
    assert rosa.do("ballot.cast", {"activity": dots, "choices": {card: 2}, "base_rev": 0})["ok"]
    assert julio.pump(lambda: (julio.cards.get(dots, {}).get("tally") or {}).get("ballots") == 1)
    seats = [julio.place["seats"][0]["id"]]
    assert lead.do("seat.remove", {"workshop": server.meeting["workshop"], "seats": seats}, None)["ok"]
    assert julio.is_cut()
    again = rosa.tab().connect()
    assert again.pump(lambda: [one["body"]["text"] for one in again.ideas()] == ["Guardar semilla"])
    again.close()
