"""Rooms wait for a place or a delegation, and the screens say for whom."""
from tests.support.cast import ok


def paused(phone, meeting, room: str) -> str | None:
    return phone.catch_up(meeting["workshop"])[room].get("paused_for")


def test_a_room_waits_for_salinas_says_so_and_goes_on_with_one_tap(meeting, phone, elena):
    rosa, room = phone(), meeting["rooms"][0]
    ok(rosa.join(meeting["code"], "Rosa"))
    ok(elena.do("room.pause", {"room": room, "reason": " Salinas "}, None))
    assert paused(rosa, meeting, room) == "Salinas"
    ok(elena.do("room.pause", {"room": room, "reason": "Taraco"}, None))
    assert paused(rosa, meeting, room) == "Taraco"
    ok(elena.do("room.pause", {"room": room, "on": False}, None))
    assert paused(rosa, meeting, room) is None
    assert elena.do("room.pause", {"room": room, "reason": "x" * 81}, None)["code"] == "too_long"


def test_all_rooms_wait_and_a_plain_pause_for_all_keeps_for_whom_one_waits(meeting, phone, elena, do):
    rosa = phone()
    ok(rosa.join(meeting["code"], "Rosa"))
    ok(do("rooms.pause", reason="Salinas"))
    assert [paused(rosa, meeting, room) for room in meeting["rooms"]] == ["Salinas"] * 3
    ok(do("rooms.pause"))
    assert paused(rosa, meeting, meeting["rooms"][1]) == "Salinas"
    ok(elena.do("step.go", {"room": meeting["rooms"][0], "step": 1}, None))
    assert paused(rosa, meeting, meeting["rooms"][0]) is None, "the next step begins without the pause"
