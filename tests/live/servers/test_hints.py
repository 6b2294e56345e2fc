"""Whoever is invited to write learns of it whichever server they are connected to, and after a restart, until they have."""
from datetime import timedelta

import pytest

from tests.live.device import idea
from tests.live.servers.test_two_servers import DEAF, all_listen
from tests.support import cast
from workshop.store.models import Room, RoomSeat


@pytest.fixture
def database(postgres_url):
    return postgres_url


@pytest.fixture
def long_silent(tmp_path, database, meeting):
    """long_silent(): whoever is in room 1 has been there since ten minutes, as its step has."""
    def wait() -> None:
        app = cast.app(tmp_path, database=database)
        house = app.extensions["house"]
        with house.store.write() as session:
            room, before = session.get(Room, meeting["rooms"][0]), house.clock() - timedelta(minutes=10)
            room.step_at = before
            for row in session.query(RoomSeat).filter_by(room_id=room.id):
                row.at = before
        house.store.close()
    return wait


def hints(device) -> list[str]:
    """The seats for which a device was told of a hint."""
    return [said["seat"] for event, said in device.heard if event == "mine" and said.get("shown", {}).get("kind") == "nudge"]


@pytest.mark.parametrize("woken", [True, False])
def test_a_hint_reaches_the_devices_at_the_other_server_and_only_those_of_the_seat(serve, request, Device, long_silent,
                                                                                  woken):
    settings = {"redis": request.getfixturevalue("redis").url, **DEAF} if woken else {}
    here, there = serve(**settings), serve(**settings)
    if woken:
        all_listen(request.getfixturevalue("redis"), 2)
    rosa, julio = (Device(there.url).join(here.meeting["code"], name) for name in ("Rosa", "Don Julio"))
    assert rosa.connect().do("contribution.add", idea(here, "Guardar semilla"))["ok"]
    long_silent()
    assert rosa.do("contribution.add", idea(here, "Otra idea"))["ok"]
    assert julio.connect().pump(lambda: julio.cursor)
    lead = Device(here.url).staff(here.meeting["staff"], here.meeting["workshop"]).connect()
    assert lead.do("room.nudge", {"room": here.meeting["rooms"][0]}, None)["nudged"] == 1
    assert julio.pump(lambda: hints(julio))
    assert hints(julio) == [julio.place["seats"][0]["id"]]
    assert rosa.do("contribution.add", idea(here, "Una más"))["ok"] and hints(rosa) == []


def test_a_hint_stands_after_a_restart_until_the_person_has_written(serve, Device, long_silent):
    server = serve()
    julio = Device(server.url).join(server.meeting["code"], "Don Julio").connect()
    long_silent()
    lead = Device(server.url).staff(server.meeting["staff"], server.meeting["workshop"]).connect()
    assert lead.do("room.nudge", {"room": server.meeting["rooms"][0]}, None)["nudged"] == 1
    assert julio.pump(lambda: hints(julio))
    server.stop()
    server.start()
    julio.heard.clear()
    assert julio.connect().pump(lambda: hints(julio))
    assert julio.do("contribution.add", idea(server, "Mi idea"))["ok"]
    julio.heard.clear()
    julio.connect()
    assert julio.do("contribution.add", idea(server, "Otra"))["ok"] and hints(julio) == []
