"""Who takes part without a socket is seen at the desk too, and who has moved to another process is not away."""
import re
import urllib.parse
import urllib.request

import pytest

from tests.live.room.test_lines import desk, told
from tests.live.servers.test_two_servers import all_listen


def opened(device, path: str, **form) -> str:
    """A page as a browser without script opens it, or sends its form."""
    data = urllib.parse.urlencode(form).encode() if form else None
    asked = urllib.request.Request(device.url + path, data, {"Cookie": device.cookie})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return answer.read().decode()


def online(laptop) -> dict:
    """What the desk was told last of who is here."""
    return ([data for name, data in laptop.heard if name == "presence"] or [{"total": 0, "rooms": {}}])[-1]


def test_who_takes_part_with_forms_or_requests_is_there_and_said_how(server, Device):
    laptop, meeting = desk(server, Device), server.meeting
    rosa, julio = (Device(server.url).join(meeting["code"], name) for name in ("Rosa", "Don Julio"))
    seats = [device.place["seats"][0]["id"] for device in (rosa, julio)]
    page = opened(rosa, f"/w/{meeting['workshop']}/r/1")
    form = re.search(r'<form[^>]*id="composer".*?</form>', page, re.S)[0]
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))
    assert "Del formulario" in opened(rosa, f"/w/{meeting['workshop']}/r/1/say", **fields, text="Del formulario")
    assert laptop.pump(lambda: told(laptop).get(seats[0], {}).get("state") == "forms")
    opened(julio, f"/api/changes?stream={meeting['workshop']}")
    assert laptop.pump(lambda: told(laptop).get(seats[1], {}).get("state") == "http")
    assert told(laptop)[seats[1]]["heard"] > 1.6e9
    assert online(laptop)["total"] == 2 and online(laptop)["rooms"] == {meeting["rooms"][0]: 2}
    for device in (rosa, julio):
        assert device.connect().pump(lambda device=device: len(device.cursor) == 2)
    assert laptop.pump(lambda: told(laptop) == {}), "a socket says more"
    rosa.close()
    assert laptop.pump(lambda: told(laptop).get(seats[0], {}).get("state") == "away"), "it was heard later than the form"
    assert online(laptop)["total"] == 1
    opened(rosa, f"/api/changes?stream={meeting['workshop']}")
    assert laptop.pump(lambda: told(laptop)[seats[0]]["state"] == "http"), "and then a request"


def test_a_stranger_is_nobody_at_the_desk(server, Device):
    laptop, meeting = desk(server, Device), server.meeting
    stranger, rosa = Device(server.url), Device(server.url).join(meeting["code"], "Rosa")
    stranger.cookie = "tinkuy=somebody-else"
    with pytest.raises(urllib.error.HTTPError):
        opened(stranger, f"/api/changes?stream={meeting['workshop']}")
    opened(rosa, f"/api/changes?stream={meeting['workshop']}")
    assert laptop.pump(lambda: told(laptop))
    assert list(told(laptop)) == [rosa.place["seats"][0]["id"]] and online(laptop)["total"] == 1


class TestTwoProcesses:
    """On PostgreSQL, with Redis between them."""

    @pytest.fixture
    def database(self, postgres_url):
        return postgres_url

    def test_a_seat_that_went_to_another_process_is_not_away(self, serve, redis, Device):
        here, there = (serve(redis=redis.url) for _ in range(2))
        all_listen(redis, 2)
        laptop = desk(here, Device)
        rosa = Device(here.url).join(here.meeting["code"], "Rosa").connect()
        seat = rosa.place["seats"][0]["id"]
        assert rosa.pump(lambda: len(rosa.cursor) == 2)
        rosa.close()
        assert laptop.pump(lambda: told(laptop).get(seat, {}).get("state") == "away")
        moved = rosa.tab(there.url).connect()
        assert moved.pump(lambda: len(moved.cursor) == 2)
        assert laptop.pump(lambda: told(laptop) == {})
        opened(rosa, f"/api/changes?stream={here.meeting['workshop']}")
        assert laptop.pump(lambda: told(laptop).get(seat, {}).get("state") == "http")
        assert moved.connect().pump(lambda: len(moved.cursor) == 2)
        assert laptop.pump(lambda: told(laptop) == {}), "a socket at the other process says more than a request here"
        moved.close()
