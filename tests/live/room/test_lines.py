"""The desk sees whose line needs attention, and nobody else does."""
import json

from tests.live.device import Device as Plain
from tests.live.device import idea


def desk(server, Device) -> Plain:
    """Elena's laptop on the desk page."""
    meeting = server.meeting
    laptop = Device(server.url).staff(meeting["staff"], meeting["workshop"], *meeting["rooms"]).connect()
    assert laptop.pump(lambda: laptop.cursor)
    return laptop


def told(laptop: Plain) -> dict:
    """What the desk was told last of the lines."""
    return ([data["lines"] for name, data in laptop.heard if name == "presence"] or [{}])[-1]


def test_the_desk_is_told_who_left_who_has_something_to_send_and_who_came_back(server, Device):
    laptop = desk(server, Device)
    rosa, julio = (Device(server.url).join(server.meeting["code"], name).connect() for name in ("Rosa", "Don Julio"))
    seat = rosa.place["seats"][0]["id"]
    assert rosa.pump(lambda: len(rosa.cursor) == 2) and julio.pump(lambda: len(julio.cursor) == 2)
    rosa.ws.send("42" + json.dumps(["line", {"waiting": 3}]))
    assert laptop.pump(lambda: told(laptop).get(seat, {}).get("state") == "waits")
    assert told(laptop) == {seat: told(laptop)[seat]} and told(laptop)[seat]["waiting"] == 3
    rosa.close()
    assert laptop.pump(lambda: told(laptop).get(seat, {}).get("state") == "away")
    assert told(laptop)[seat]["waiting"] == 3 and told(laptop)[seat]["heard"] > 1.6e9
    rosa.connect()
    assert laptop.pump(lambda: told(laptop) == {})
    assert julio.do("hand.raise", {"room": server.meeting["rooms"][0]})["ok"]
    assert not [event for event in julio.heard if event[0] == "presence"], "it is for staff only"


def test_nonsense_about_a_line_is_taken_for_nothing(server, Device):
    laptop = desk(server, Device)
    rosa = Device(server.url).join(server.meeting["code"], "Rosa").connect()
    for nonsense in (None, [], {"waiting": -1}, {"waiting": True}, {"waiting": "9"}, {"waiting": 1e99}, {}):
        rosa.ws.send("42" + json.dumps(["line", nonsense]))
    rosa.ws.send("42" + json.dumps(["line", {"waiting": 10**6}]))
    assert laptop.pump(lambda: told(laptop))
    assert [look["waiting"] for look in told(laptop).values()] == [999]
    assert rosa.do("hand.raise", {"room": server.meeting["rooms"][0]})["ok"], "its line is kept"


def test_a_line_that_wants_less_is_told_much_at_a_time_and_is_answered_at_once(server, Device):
    rosa, julio = (Device(server.url).join(server.meeting["code"], name) for name in ("Rosa", "Don Julio"))
    rosa.data_saver = True
    for person in (rosa, julio):
        assert person.connect().pump(lambda person=person: len(person.cursor) == 2)
    assert rosa.do("contribution.add", idea(server, "La quinua real"))["card"]["name"] == "Rosa"
    theirs = [idea(server, f"Idea {i} de Julio") for i in range(8)]
    for one in theirs:
        assert julio.do("contribution.add", one)["ok"]
        assert julio.pump(lambda one=one: any(one["id"] in ids for ids in julio.frames))
    assert rosa.pump(lambda: all(one["id"] in rosa.cards for one in theirs))
    told = [ids for ids in rosa.frames if {one["id"] for one in theirs} & set(ids)]
    assert len(told) <= 3 < len(theirs), "the beat brings them together"
