"""The roll call of each second."""
from datetime import timedelta

from sqlalchemy import event

from workshop.actions.people import sessions
from workshop.live import reauthorize
from workshop.live.door import Socket
from workshop.store.identity import identify
from workshop.store.streams import viewers


def test_calling_a_full_hall_asks_the_store_no_more_than_calling_three_people(app, meeting):
    house, room = app.extensions["house"], meeting["rooms"][0]

    def come_in(count: int) -> dict[str, Socket]:
        sockets = {}
        with house.store.write() as session:
            for i in range(count):
                seat = {"name": f"Persona {i}", "channel": "hall", "delegation": None}
                joined = sessions.join(session, house.clock(), None, meeting["code"], [seat], 1)
                who = identify(session, joined.secret)
                eyes = {stream: viewers.viewer_for(session, who, None, stream) for stream in (meeting["workshop"], room)}
                audiences = {stream: house.live.audience.name(stream, viewer) for stream, viewer in eyes.items()}
                sockets[joined.secret] = Socket(joined.secret, who.device.id, None, tuple(who.seats), audiences=audiences,
                                                rooms={one: {room} for one in who.seats})
        return sockets

    def questions(sockets) -> int:
        asked = []
        event.listen(house.store.engine, "before_cursor_execute", ask := lambda *call: asked.append(call[2]))
        assert reauthorize.changed(house, sockets, house.live.audience.name) == []
        event.remove(house.store.engine, "before_cursor_execute", ask)
        return len(asked)

    few = questions(come_in(3))
    assert few > 0
    assert questions(come_in(60)) == few


def test_a_program_whose_time_is_over_is_cut_though_nobody_has_written_anything(app, meeting, monkeypatch):
    house, cut = app.extensions["house"], []
    now, door = house.clock(), house.live.door
    monkeypatch.setattr(door, "cut", cut.append)
    monkeypatch.setattr(door, "call_roll", lambda *_: None)
    door.sockets = {"over": Socket("a", until=now + timedelta(days=1)), "longer": Socket("b", until=now + timedelta(days=9)),
                    "for ever": Socket("c")}
    door.call_roll_if_needed()
    assert cut == []
    house.clock = lambda: now + timedelta(days=1)
    door.call_roll_if_needed()
    assert cut == ["over"]
    assert door.ask("over", {"stream": meeting["workshop"]})["code"] == "who_are_you"
