"""A process of several methods, each in a room of its own, over days."""
import re
from itertools import pairwise

from workshop.domain.methods.library import library
from workshop.store.models import Room

KEY = "sistematizacion"


def begin(elena, meeting, method: str = KEY) -> dict:
    return elena.do("process.begin", {"workshop": meeting["workshop"], "method": method}, seat=None)


def rooms(elena, meeting) -> list[dict]:
    """The process's rooms as the desk has them, in order."""
    cards = elena.catch_up(meeting["workshop"]).values()
    found = [card for card in cards if card["kind"] == "room" and (card.get("method") or {}).get("process")]
    return sorted(found, key=lambda card: card["number"])


def test_each_part_gets_a_room_of_its_own_with_board_and_steps_in_order(elena, meeting):
    assert begin(elena, meeting)["ok"]
    made, parts = rooms(elena, meeting), library()[KEY].process
    assert [room["title"] for room in made] == [part.title.es for part in parts]
    assert [room["method"]["process"]["day"] for room in made] == [part.day for part in parts]
    assert [room["method"]["key"] for room in made] == [part.method for part in parts]
    assert [[step["key"] for step in room["steps"]] for room in made] == [
        [step.key for step in library()[part.method].steps] for part in parts]
    assert {room["state"] for room in made} == {"waiting"}


def test_all_five_moments_are_gone_through_and_everybody_is_taken_along(elena, meeting, phone):
    begin(elena, meeting)
    made = rooms(elena, meeting)
    assert elena.do("room.open", {"room": made[0]["id"]}, seat=None)["ok"]
    people = [phone(), phone()]
    for one, name in zip(people, ("Rosa", "Don Julio"), strict=True):
        one.join(meeting["code"], name, room=made[0]["number"])
    for room, following in pairwise(made):
        assert elena.do("process.onward", {"room": room["id"]}, seat=None)["ok"]
        for one in people:
            assert one.http.get(f"/w/{meeting['workshop']}/here").headers["Location"].endswith(f"/r/{following['number']}")
    assert elena.do("process.onward", {"room": made[-1]["id"]}, seat=None)["code"] == "process_over"
    states = [room["state"] for room in rooms(elena, meeting)]
    assert states == ["closed"] * (len(made) - 1) + ["open"]


def test_two_processes_of_one_method_do_not_mix(elena, meeting):
    begin(elena, meeting), begin(elena, meeting)
    made = rooms(elena, meeting)
    half = len(made) // 2
    elena.do("room.open", {"room": made[half]["id"]}, seat=None)
    assert elena.do("process.onward", {"room": made[half]["id"]}, seat=None)["ok"]
    assert [room["number"] for room in rooms(elena, meeting) if room["state"] == "open"] == [made[half + 1]["number"]]


def test_what_is_no_process_and_who_may_not_are_refused(app, elena, meeting, phone):
    assert begin(elena, meeting, "foda")["code"] == "method_no_process"
    assert begin(elena, meeting, "nada")["code"] == "not_here"
    assert elena.do("process.onward", {"room": meeting["rooms"][0]}, seat=None)["code"] == "process_over"
    rosa = phone()
    rosa.join(meeting["code"], "Rosa")
    for payload in ({"workshop": meeting["workshop"], "method": KEY}, {"room": meeting["rooms"][0]}):
        verb = "process.begin" if "method" in payload else "process.onward"
        assert rosa.do(verb, payload)["code"] == "forbidden"
    with app.extensions["house"].store.read() as session:
        assert session.query(Room).filter_by(workshop_id=meeting["workshop"], kind="group").count() == 3


def test_from_the_methods_page_one_button_makes_the_rooms(elena, meeting):
    page = elena.http.get(f"/methods/{KEY}").get_data(as_text=True)
    assert f'action="/w/{meeting["workshop"]}/processes"' in page
    token = re.search(r'name="token" value="([^"]+)"', page)[1]
    done = elena.http.post(f"/w/{meeting['workshop']}/processes", data={"client": "c" * 20, "method": KEY, "token": token})
    assert done.status_code == 303 and len(rooms(elena, meeting)) == len(library()[KEY].process)
