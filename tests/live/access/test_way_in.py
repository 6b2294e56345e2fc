"""The way in over real sockets: who shows it is told, and what it was opened with ends."""
import json

import pytest

from tests.live.access.test_cut_off import is_refused
from tests.live.device import Device as Plain
from tests.live.device import idea


class Hearing(Plain):
    """A device that keeps what it was greeted with; with `screen` it is the wall."""

    greeting: dict | None = None
    screen = ""

    def take(self, frame: str) -> None:
        """Understand one frame."""
        if frame.startswith('42["hello"'):
            self.greeting = json.loads(frame[2:])[1]
        super().take(frame)

    def greeted(self) -> "Hearing":
        """Connect and wait for the greeting."""
        self.greeting = None
        self.knock()
        watch = {stream: self.cursor.get(stream) for stream in self.place["streams"]}
        self.ws.send("40" + json.dumps({"v": 1, "watch": watch} | ({"screen": self.screen} if self.screen else {})))
        assert self.pump(lambda: self.greeting is not None)
        return self


@pytest.fixture
def people(server):
    """(Elena, the wall, Rosa), each on a line."""
    workshop = server.meeting["workshop"]
    elena, wall, rosa = (Hearing(server.url) for _ in range(3))
    elena.staff(server.meeting["staff"], workshop)
    wall.screen, wall.place = server.meeting["screen"], {"streams": [workshop]}
    rosa.join(server.meeting["code"], "Rosa")
    yield [device.greeted() for device in (elena, wall, rosa)]
    for device in (elena, wall, rosa):
        device.close()


def test_who_shows_the_way_in_hears_of_a_new_code_and_nobody_else_does(server, people):
    elena, wall, rosa = people
    workshop = server.meeting["workshop"]
    assert elena.greeting["way_in"] == wall.greeting["way_in"] == {workshop: {"code": server.meeting["code"]}}
    assert "way_in" not in rosa.greeting
    assert elena.do("workshop.code", {"workshop": workshop}, None)["ok"]
    assert elena.is_cut() and wall.is_cut()
    new = wall.greeted().greeting["way_in"][workshop]["code"]
    assert new != server.meeting["code"]
    assert elena.greeted().do("workshop.lock", {"workshop": workshop}, None)["ok"]
    assert wall.is_cut() and wall.greeted().greeting["way_in"] == {workshop: {"code": new, "locked": True}}
    assert rosa.do("contribution.add", idea(server, "Sigo aquí"))["ok"], "who takes part notices nothing"


def test_a_line_of_the_wall_ends_with_its_key_and_is_not_let_in_again(server, people):
    elena, wall, rosa = people
    assert elena.do("workshop.wall", {"workshop": server.meeting["workshop"]}, None)["ok"]
    assert wall.is_cut()
    wall.knock()
    wall.ws.send("40" + json.dumps({"v": 1, "screen": wall.screen, "watch": {server.meeting["workshop"]: None}}))
    assert wall.ws.recv().startswith("44")
    assert rosa.do("contribution.add", idea(server, "Sigo aquí"))["ok"]


def test_a_wall_hears_a_board_while_that_stands_there_and_its_line_ends_with_it(server, people):
    elena, wall, rosa = people
    workshop, room = server.meeting["workshop"], server.meeting["rooms"][0]
    show = {"workshop": workshop, "blocks": [{"kind": "board", "room": room}]}
    wall.place = {"streams": [workshop, room]}
    assert wall.greeted().greeting["streams"] == [workshop]
    assert elena.do("wall.show", show, None)["ok"]
    assert wall.greeted().greeting["streams"] == [workshop, room]
    assert rosa.do("contribution.add", idea(server, "Para la pared"))["ok"]
    assert wall.pump(lambda: any(card.get("body", {}).get("text") == "Para la pared" for card in wall.cards.values()))
    assert "Rosa" not in json.dumps(list(wall.cards.values()))
    assert elena.do("wall.blank", {"workshop": workshop}, None)["ok"]
    assert wall.is_cut()
    assert wall.greeted().greeting["streams"] == [workshop]


def test_the_wall_only_looks(server, people):
    wall = people[1]
    assert wall.do("workshop.lock", {"workshop": server.meeting["workshop"]}, None)["code"] == "who_are_you"


def test_a_device_whose_seat_was_removed_for_good_is_cut_off(server, people):
    elena, _wall, rosa = people
    seats = [rosa.place["seats"][0]["id"]]
    assert elena.do("seat.remove", {"workshop": server.meeting["workshop"], "seats": seats, "bar": True}, None)["ok"]
    assert rosa.is_cut() and is_refused(rosa)
