"""Facilitators write the programme, start its blocks, and everybody's screens follow."""
from zoneinfo import ZoneInfo

import pytest

from tests.support import cast
from tests.support.cast import ok
from workshop.actions.rooms import building, workshops
from workshop.store.models import Block, History, Room, RoomSeat, Workshop

DAY = "2026-12-01"


@pytest.fixture
def add(do):
    """Adds a block; returns its id."""
    return lambda title="Grupos", day=DAY, **more: ok(do("block.add", day=day, title=title, **more))["block"]


@pytest.fixture
def waiting(app, meeting, elena):
    """A room that has never been open."""
    return ok(elena.do("room.create", {"workshop": meeting["workshop"], "title": "Mañana"}, None))["card"]["id"]


def day(app, *names) -> list[tuple]:
    """What stands in the programme: [(title, its start in Lima, …)]."""
    zone = ZoneInfo("America/Lima")
    with app.extensions["house"].store.read() as session:
        rows = session.query(Block).filter(Block.dropped_at.is_(None)).order_by(Block.day, Block.position)
        return [(row.title, f"{row.starts_at.astimezone(zone):%H:%M}", *(getattr(row, name) for name in names))
                for row in rows]


def test_blocks_follow_each_other_and_those_after_a_longer_one_begin_later(app, do, add):
    add("Presencia", at="08:30", minutes=30)
    groups, lunch = add("Grupos", minutes=80, kind="groups"), add("Almuerzo", at="12:00", minutes=60, kind="break")
    add("Feria", kind="gallery")
    add("Pausa", before=lunch, minutes=20, kind="break")
    assert day(app) == [("Presencia", "08:30"), ("Grupos", "09:00"), ("Pausa", "10:20"), ("Almuerzo", "12:00"),
                        ("Feria", "13:00")]
    ok(do("block.edit", block=groups, minutes=100))
    assert day(app)[2] == ("Pausa", "10:40")
    ok(do("block.edit", block=lunch, at=""))
    assert day(app)[3:] == [("Almuerzo", "11:00"), ("Feria", "12:00")]
    ok(do("block.move", block=lunch, day=DAY, before=groups))
    assert day(app) == [("Presencia", "08:30"), ("Almuerzo", "09:00"), ("Grupos", "10:00"), ("Pausa", "11:40"),
                        ("Feria", "12:00")]
    ok(do("block.edit", block=lunch, at="12:00"))
    ok(do("block.move", block=lunch, day="2026-12-02"))
    assert day(app, "day")[-1] == ("Almuerzo", "12:00", "2026-12-02"), "a pinned start keeps its hour"


def test_a_block_is_put_aside_brought_back_where_it_was_and_deleted_at_last(app, do, add):
    add("Presencia", at="09:00", minutes=30)
    groups = add("Grupos", minutes=60)
    add("Plenaria")
    assert do("block.delete", block=groups)["code"] == "not_aside"
    ok(do("block.drop", block=groups))
    assert day(app) == [("Presencia", "09:00"), ("Plenaria", "09:30")]
    assert do("block.edit", block=groups, minutes=5)["code"] == "no_such_block"
    ok(do("block.drop", block=groups, on=False))
    assert day(app) == [("Presencia", "09:00"), ("Grupos", "09:30"), ("Plenaria", "10:30")]
    ok(do("block.drop", block=groups))
    ok(do("block.delete", block=groups))
    assert do("block.drop", block=groups, on=False)["code"] == "no_such_block"


def test_a_started_block_opens_its_rooms_and_is_on_every_screen(app, meeting, phone, do, add, waiting):
    rosa = phone()
    ok(rosa.join(meeting["code"], "Rosa"))
    first, groups = add("Presencia"), add("Grupos por eje", rooms=[waiting], kind="groups", call="https://meet.example.org/x")
    assert waiting not in rosa.catch_up(meeting["workshop"]), "the next rooms are out of sight"
    ok(do("block.start", block=first, saw=""))
    ok(do("block.start", block=groups, saw=first))
    seen = rosa.catch_up(meeting["workshop"])
    assert seen[waiting]["state"] == "open" and seen[waiting]["deadline"]
    on = next(card["on"] for card in seen.values() if card.get("of") == "plenary")
    assert {name: on[name] for name in ("block", "kind", "title", "rooms", "call")} == {
        "block": groups, "kind": "groups", "title": "Grupos por eje", "rooms": [waiting], "call": "https://meet.example.org/x"}
    assert [row[3] is not None for row in day(app, "started_at", "ended_at")] == [True, False], "one runs at a time"
    ok(do("block.edit", block=groups, title="Grupos"))
    assert next(card["on"] for card in rosa.catch_up(meeting["workshop"]).values() if "on" in card)["title"] == "Grupos"
    ok(do("block.end", block=groups))
    assert not any("on" in card for card in rosa.catch_up(meeting["workshop"]).values())
    assert rosa.catch_up(meeting["workshop"])[waiting]["state"] == "open", "rooms stay as they are"


def test_two_who_start_at_once_start_one_block_once(app, do, add):
    one, other = add("Uno"), add("Otro")
    ok(do("block.start", block=one, saw=""))
    assert do("block.start", block=one, saw="")["code"] == "block_running"
    assert do("block.start", block=other, saw="")["code"] == "stale"
    assert do("block.drop", block=one)["code"] == "block_running"
    ok(do("block.end", block=one))
    assert do("block.end", block=one)["code"] == "block_not_running"
    began = day(app, "started_at")[0][2]
    ok(do("block.start", block=one))
    assert day(app, "started_at", "ended_at")[0][2:] == (began, None), "one that had ended goes on"


def test_the_rooms_of_the_block_before_are_closed_if_asked_and_not_those_that_go_on(app, meeting, elena, do, add, waiting):
    stays = meeting["rooms"][0]
    groups, plenary = add("Grupos", rooms=[waiting, stays]), add("Plenaria", rooms=[stays])
    ok(do("block.start", block=groups))
    ok(do("block.start", block=plenary, shut=True))
    with app.extensions["house"].store.read() as session:
        assert session.get(Room, waiting).closed_at and not session.get(Room, stays).closed_at


def test_groups_go_along_into_as_many_rooms_and_the_lobby_leads_there(app, meeting, phone, elena, do, add):
    first, second, _third = meeting["rooms"]
    tomorrow = [ok(elena.do("room.create", {"workshop": meeting["workshop"], "title": f"Relatoría {n}"}, None))["card"]["id"]
                for n in (1, 2)]
    rosa, julio = phone(), phone()
    ok(rosa.join(meeting["code"], "Rosa"))
    ok(julio.join(meeting["code"], "Julio", room=2))
    groups, report = add("Grupos", rooms=[first, second]), add("Relatoría", rooms=tomorrow)
    pause, plenary = add("Pausa", kind="break"), add("Plenaria")

    def inside(one) -> set:
        text = one.http.get(f"/w/{meeting['workshop']}", headers={"Accept-Language": "es"}).get_data(as_text=True)
        text = text[:text.index('id="facts"')]
        return {name for name in ("Relatoría 1", "Relatoría 2", "Ir a mi sala", "Ir a la plenaria") if name in text}
    ok(do("block.start", block=groups))
    ok(do("block.start", block=report))
    assert inside(rosa) == {"Relatoría 1", "Relatoría 2", "Ir a mi sala"}
    with app.extensions["house"].store.read() as session:
        where = dict(session.query(RoomSeat.seat_id, RoomSeat.room_id).filter(RoomSeat.left_at.is_(None)).all())
    assert [where[one.place["seats"][0]["id"]] for one in (rosa, julio)] == tomorrow
    ok(do("block.start", block=pause))
    assert inside(rosa) == {"Relatoría 1"}, "a break leads nowhere; one's room is still a link"
    ok(do("block.start", block=plenary))
    assert inside(rosa) == {"Relatoría 1", "Ir a la plenaria"}
    ok(do("block.start", block=groups, along=False))
    assert inside(rosa) & {"Ir a mi sala"} == set(), "her room is none of these: she chooses"


def test_an_hour_that_is_said_puts_a_block_in_its_place_and_a_day_that_goes_takes_its_blocks_aside(app, meeting, do, add):
    add("Grupos", at="09:00", minutes=60)
    plenary = add("Plenaria")
    add("Bienvenida", at="08:00", minutes=20)
    assert [title for title, _at in day(app)] == ["Bienvenida", "Grupos", "Plenaria"]
    ok(do("block.edit", block=plenary, at="08:30"))
    assert [title for title, _at in day(app)] == ["Bienvenida", "Plenaria", "Grupos"]
    ok(do("workshop.edit", days=["2026-12-02"]))
    assert day(app) == []
    ok(do("block.drop", block=plenary, on=False))
    assert [title for title, _at in day(app)] == ["Plenaria"]
    with app.extensions["house"].store.read() as session:
        assert session.get(Workshop, meeting["workshop"]).days == [DAY, "2026-12-02"], "it brings its day back"


def test_a_room_is_seen_again_however_its_block_goes(app, meeting, phone, do, add, waiting):
    rosa = phone()
    ok(rosa.join(meeting["code"], "Rosa"))

    def seen() -> bool:
        return "title" in rosa.catch_up(meeting["workshop"]).get(waiting, {})
    groups = add("Grupos", rooms=[waiting], at="09:00", minutes=30)
    assert not seen()
    brought = {"day": DAY, "at": "09:00", "minutes": 45, "title": "Grupos", "uid": f"{groups}@tinkuy"}
    drop, back = ("block.drop", {"block": groups}), ("block.drop", {"block": groups, "on": False})
    for away, again in ((drop, back), (("workshop.edit", {"days": ["2026-12-02"]}), back),
                        (drop, ("programme.bring", {"blocks": [brought]})),
                        (("block.edit", {"block": groups, "rooms": []}),
                         ("block.edit", {"block": groups, "rooms": [waiting]}))):
        ok(do(away[0], **away[1]))
        assert seen(), away
        ok(do(again[0], **again[1]))
        assert not seen(), again


def test_a_room_that_leaves_its_block_is_seen_and_one_with_people_in_it_stays_seen(app, meeting, phone, do, add, waiting):
    rosa, stays = phone(), meeting["rooms"][0]
    ok(rosa.join(meeting["code"], "Rosa"))
    groups = add("Grupos", rooms=[waiting, stays])
    assert waiting not in rosa.catch_up(meeting["workshop"]) and stays in rosa.catch_up(meeting["workshop"])
    text = rosa.http.get(f"/w/{meeting['workshop']}").get_data(as_text=True)
    assert "Mañana" not in text
    assert rosa.http.get(f"/w/{meeting['workshop']}/r/4").status_code == 404
    joined = phone()
    assert "Mañana" not in str(ok(joined.join(meeting["code"], "Luz")))
    ok(do("block.edit", block=groups, rooms=[stays]))
    assert rosa.catch_up(meeting["workshop"])[waiting]["title"] == "Mañana"
    ok(do("block.edit", block=groups, rooms=[stays, waiting]))
    assert waiting not in rosa.catch_up(meeting["workshop"]), "and out of sight again"


@pytest.mark.parametrize(("said", "code"), [
    ({"title": " "}, "name_missing"), ({"kind": "talk"}, "bad_block"), ({"minutes": -1}, "bad_minutes"),
    ({"minutes": 1441}, "bad_minutes"), ({"at": "25:00"}, "bad_time"), ({"at": "nueve"}, "bad_time"),
    ({"call": "javascript:alert(1)"}, "bad_call"), ({"aim": "x" * 4001}, "too_long"), ({"method": "ninguno"}, "not_here"),
    ({"rooms": ["nadie"]}, "not_here"), ({"day": "mañana"}, "bad_date"), ({"day": "0001-01-01"}, "bad_date")])
def test_what_cannot_be_is_refused_and_nothing_is_written(app, do, said, code):
    assert do("block.add", **{"day": DAY, "title": "Grupos"} | said)["code"] == code
    assert day(app) == []


def test_a_programme_has_an_end(app, do, add, monkeypatch):
    monkeypatch.setattr("workshop.domain.programme.BLOCKS_PER_WORKSHOP", 1)
    add()
    assert do("block.add", day=DAY, title="Otro")["code"] == "too_many_blocks"


def test_blocks_and_rooms_of_another_workshop_are_not_ours(app, meeting, do, add):
    block, house = add(), app.extensions["house"]
    with house.store.write() as session:
        nora = workshops.create_account(session, house.clock(), "nora@example.org", "Nora", "")
        other = workshops.create_workshop(session, house.clock(), nora, "Otro encuentro")
        room, owner, there = building.build_room(session, other, "Otra sala").id, nora.id, other.id
    stranger, theirs = cast.facilitator(app, {"owner": owner}), {"workshop": there, "block": block}
    for verb, more in (("block.edit", {"title": "x"}), ("block.start", {}), ("block.drop", {}), ("block.delete", {}),
                       ("block.end", {}), ("block.move", {"day": DAY})):
        assert stranger.do(verb, theirs | more, None)["code"] == "no_such_block"
    assert do("block.add", day=DAY, title="x", rooms=[room])["code"] == "not_here"


def test_the_record_tells_each_act_and_no_private_note(app, meeting, elena, do, add):
    block = add("Grupos", notes="Hablar antes con la alcaldesa")
    ok(do("block.edit", block=block, minutes=45, notes="Nada dicho"))
    ok(do("block.start", block=block))
    with app.extensions["house"].store.read() as session:
        rows = session.query(History).filter(History.verb.startswith("block.")).all()
        assert {row.verb for row in rows} == {"block.add", "block.edit", "block.start"}
        assert "alcaldesa" not in str([(row.before, row.after) for row in rows])
    text = elena.http.get(f"/w/{meeting['workshop']}/history", headers={"Accept-Language": "es"}).get_data(as_text=True)
    assert "Grupos" in text and "45" in text
