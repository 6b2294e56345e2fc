"""A block's people are drawn into its groups, and all of them go there at once."""
import secrets
from collections import Counter
from datetime import timedelta

import pytest

from tests.support import cast
from tests.support.cast import ok, shown
from workshop.store.models import Draw, History, Room, RoomSeat, Seat

PEOPLE = 18


@pytest.fixture
def crowd(meeting, phone, app):
    """Phones of people of three delegations, in the hall and far away, all of them in the lobby."""
    found = []
    for n in range(PEOPLE):
        one = phone()
        ok(one.join(meeting["code"], f"Persona {n}", room=None, delegation=cast.delegations(app, meeting)[n % 3],
                    channel=("hall", "remote")[n % 2]))
        found.append(one)
    return found


def rows(app, table, *order) -> list:
    with app.extensions["house"].store.read() as session:
        return session.query(table).order_by(*order).all()


def where(app) -> dict[str, str]:
    """{seat: room} of everybody who is in one."""
    return {one.seat_id: one.room_id for one in rows(app, RoomSeat) if one.left_at is None}


def seat_of(phone) -> str:
    return phone.place["seats"][0]["id"]


def record(app, verb: str) -> list:
    return [one.after for one in rows(app, History, History.id) if one.verb == verb]


def test_a_draw_is_a_proposal_until_it_is_applied_and_then_everybody_is_where_it_says(app, meeting, crowd, do, elena):
    made = ok(do("rooms.draw", rooms=meeting["rooms"], seed="kuska"))["draw"]
    assert where(app) == {} and not made["applied"]
    assert made["certificate"]["seed"] == "kuska" and Counter(made["result"].values()) == dict.fromkeys(meeting["rooms"], 6)
    of = {one.id: one.delegation_id for one in rows(app, Seat)}
    assert set(Counter((of[seat], room) for seat, room in made["result"].items()).values()) == {2}, "two of each in each"
    assert made["certificate"]["trees"]["delegation"]["worst"] == "0"
    again = ok(do("rooms.draw", rooms=meeting["rooms"], seed="kuska"))["draw"]
    assert (again["result"], again["certificate"]) == (made["result"], made["certificate"]), "anybody can draw it again"
    assert ok(do("rooms.draw", rooms=meeting["rooms"]))["draw"]["result"] != made["result"]
    assert ok(do("draw.apply", draw=made["id"]))["draw"]["applied"]
    assert where(app) == made["result"]
    [told] = record(app, "draw.apply")
    assert (told["seats"], told["into"], told["seed"]) == (PEOPLE, 3, "kuska")


def test_only_the_lines_of_those_who_move_are_cut_and_what_waited_lands_where_it_was_written(app, meeting, crowd, do):
    """As with seat.move; on sixty real lines: tests/live/room/test_draw.py."""
    first, second, _ = meeting["rooms"]
    ids = [seat_of(one) for one in crowd]
    ok(do("seat.move", seats=ids, to=first))
    board, announced = cast.activities(app, first)["ideas"], []
    performer = app.extensions["house"].performer
    tell = performer.announce
    performer.announce = lambda changes: announced.append(set(changes.seats_out)) or tell(changes)
    made = ok(do("rooms.draw", rooms=[first, second]))["draw"]
    ok(do("draw.apply", draw=made["id"]))
    went = {seat for seat, room in made["result"].items() if room == second}
    assert len(went) == PEOPLE / 2 and announced[-1] == went
    goer, stayer = (next(one for one in crowd if (seat_of(one) in went) is gone) for gone in (True, False))
    answer = goer.post(board, "Sin enviar")
    assert answer["code"] == "left_room" and answer["tray"]
    elena = cast.facilitator(app, meeting)
    ok(elena.do("tray.admit", {"room": first, "tray": answer["tray"]}, None))
    assert [card["body"]["text"] for card in shown(stayer, first).values()] == ["Sin enviar"]
    ok(goer.post(cast.activities(app, second)["ideas"], "En el nuevo lugar"))


def test_of_two_facilitators_who_apply_at_once_the_second_is_told(app, meeting, crowd, do):
    mine, theirs = (ok(do("rooms.draw", rooms=meeting["rooms"]))["draw"] for _ in range(2))
    ok(do("draw.apply", draw=mine["id"]))
    assert do("draw.apply", draw=mine["id"])["code"] == "draw_applied"
    assert do("draw.apply", draw=theirs["id"])["code"] == "draw_overtaken"
    assert where(app) == mine["result"]
    house, clock = app.extensions["house"], app.extensions["house"].clock
    anew = ok(do("rooms.draw", rooms=meeting["rooms"]))["draw"]
    ok(do("draw.apply", draw=anew["id"]))
    assert where(app) == anew["result"] and house.clock is clock


def test_rules_are_kept_and_what_they_cost_is_told(app, meeting, crowd, do):
    first, second, _ = meeting["rooms"]
    ids = [seat_of(one) for one in crowd]
    made = ok(do("rooms.draw", rooms=meeting["rooms"], pins={ids[0]: second}, together=[[ids[1], ids[2]], [ids[3], ids[3]]],
                 apart=[[ids[4], ids[5], ids[6]]]))["draw"]["result"]
    assert made[ids[0]] == second and made[ids[1]] == made[ids[2]]
    assert len({made[ids[n]] for n in (4, 5, 6)}) == 3
    for rules in ({"pins": {ids[0]: first, ids[1]: second}, "together": [[ids[0], ids[1]]]},
                  {"together": [[ids[0], ids[1]]], "apart": [[ids[0], ids[1]]]}, {"apart": [ids[:4]]}):
        assert do("rooms.draw", rooms=meeting["rooms"], **rules)["code"] == "rules_clash"


def test_what_cannot_be_drawn_is_refused_and_nothing_is_stored(app, meeting, crowd, do, elena):
    rooms, ids = meeting["rooms"], [seat_of(one) for one in crowd]
    ok(do("seat.remove", seats=[ids[0]]))
    plenary = next(one.id for one in rows(app, Room) if one.kind == "plenary")
    for asked, code in (({"rooms": rooms, "seats": ids[1:3]}, "too_few_people"),
                        ({"rooms": rooms, "seats": []}, "too_few_people"),
                        ({"rooms": []}, "bad_payload"), ({"rooms": [rooms[0], "another"]}, "not_here"),
                        ({"rooms": [plenary]}, "not_here"), ({"rooms": rooms, "seats": [*ids[1:], "another"]}, "not_here"),
                        ({"rooms": rooms, "seats": ids}, "not_here"),
                        ({"rooms": rooms, "pins": {ids[0]: rooms[0]}}, "not_here"),
                        ({"rooms": rooms, "pins": {ids[1]: "another"}}, "not_here"),
                        ({"rooms": rooms, "together": [[ids[1], "another"]]}, "not_here"),
                        ({"rooms": rooms, "block": "another"}, "not_here"), ({"rooms": rooms, "way": "luck"}, "bad_payload"),
                        ({"rooms": rooms, "seed": "ñ ñ"}, "bad_payload")):
        assert do("rooms.draw", **asked)["code"] == code, asked
    ok(elena.do("room.close", {"room": rooms[2]}, None))
    assert do("rooms.draw", rooms=rooms)["code"] == "room_closed"
    assert rows(app, Draw) == []
    made = ok(do("rooms.draw", rooms=rooms[:2]))["draw"]
    assert ids[0] not in made["result"], "removed"
    ok(elena.do("room.close", {"room": rooms[1]}, None))
    assert do("draw.apply", draw=made["id"])["code"] == "room_closed" and where(app) == {}
    assert do("draw.apply", draw="another")["code"] == "not_here"
    assert do("draw.place", draw=made["id"])["code"] == "draw_not_applied"


def test_rooms_that_are_not_open_yet_are_opened_and_who_was_removed_meanwhile_stays_away(app, meeting, crowd, do, elena):
    new = [ok(do("room.create", title=f"Grupo {n}"))["card"]["id"] for n in (1, 2)]
    made = ok(do("rooms.draw", rooms=new, way="random"))["draw"]
    gone = seat_of(crowd[4])
    ok(do("seat.remove", seats=[gone]))
    ok(do("draw.apply", draw=made["id"]))
    assert where(app) == {seat: room for seat, room in made["result"].items() if seat != gone}
    assert all(one.opened_at for one in rows(app, Room) if one.id in new)
    assert [told for told in record(app, "draw.apply") if "open" in told] == [{"open": True}] * 2


def test_who_comes_late_is_placed_by_the_same_rule_and_nobody_else_moves(app, meeting, crowd, phone, do):
    made = ok(do("rooms.draw", rooms=meeting["rooms"], seed="9"))["draw"]
    ok(do("draw.apply", draw=made["id"]))
    late = []
    for n in range(3):
        one = phone()
        ok(one.join(meeting["code"], f"Tarde {n}", room=None, delegation=cast.delegations(app, meeting)[0]))
        late.append(seat_of(one))
    placed = ok(do("draw.place", draw=made["id"]))["placed"]
    assert placed.keys() == set(late) and len(set(placed.values())) == 3, "one in each: so all rooms stay even"
    assert where(app) == made["result"] | placed
    assert record(app, "draw.place") == [{"draw": made["id"], "late": 3}]
    assert ok(do("draw.place", draw=made["id"]))["placed"] == {}
    assert ok(do("draw.place", draw=made["id"], seats=late))["placed"] == {}, "they are there"
    assert do("draw.place", draw=made["id"], seats=["another"])["code"] == "not_here"


def test_who_sat_in_one_group_before_meets_less_again(app, meeting, crowd, do):
    first = ok(do("rooms.draw", rooms=meeting["rooms"], seed="1"))["draw"]
    assert first["certificate"]["again"] == {"pairs": 0, "times": 0}
    ok(do("draw.apply", draw=first["id"]))
    second = ok(do("rooms.draw", rooms=meeting["rooms"], seed="1"))["draw"]
    together = Counter((first["result"][seat], room) for seat, room in second["result"].items())
    pairs = sum(n * (n - 1) // 2 for n in together.values())
    assert second["certificate"]["again"]["pairs"] == pairs < 3 * 15, "counted from who was there"
    assert second["certificate"]["input"] != first["certificate"]["input"]


def test_a_room_that_is_full_takes_nobody_more_who_chooses_it_and_facilitators_bring_in_more(app, meeting, phone, do, elena):
    first, second, _ = meeting["rooms"]
    ok(elena.do("room.edit", {"room": first, "capacity": 2}, None))
    rosa, julio, ana, wara = (phone() for _ in range(4))
    ok(rosa.join(meeting["code"], "Rosa", "Abuela"))
    assert ok(julio.join(meeting["code"], "Julio"))["room"] is None, "the room that was asked for is full: the lobby"
    refused = julio.do("seat.enter", {"room": first})
    assert refused["code"] == "no_place"
    assert refused["values"] == {"limit": 2, "others": "2, 3"}
    page = julio.http.get(f"/w/{meeting['workshop']}").get_data(as_text=True)
    assert "Completa" in page and f'name="enter" value="{first}"' not in page
    ok(rosa.do("seat.enter", {"room": first, "along": [rosa.place["seats"][1]["id"]]}))  # they are there already
    ok(rosa.do("seat.enter", {"room": second}, seat=1))
    page = julio.http.get(f"/w/{meeting['workshop']}").get_data(as_text=True)
    assert "queda 1 lugar" in page.lower() and f'name="enter" value="{first}"' in page
    ok(julio.do("seat.enter", {"room": first}))
    ok(ana.join(meeting["code"], "Ana", room=None))
    assert ana.do("seat.enter", {"room": first})["code"] == "no_place"
    ok(do("seat.move", seats=[seat_of(ana)], to=first))
    ok(elena.do("room.edit", {"room": first, "capacity": None}, None))
    ok(wara.join(meeting["code"], "Wara"))
    assert Counter(where(app).values())[first] == 4
    for wrong in (0, 5001, "2"):
        assert elena.do("room.edit", {"room": first, "capacity": wrong}, None)["code"] == "bad_payload"
    assert record(app, "room.edit") == [{"capacity": 2}, {"capacity": None}]


def test_topics_with_few_people_are_told_to_those_who_choose(app, meeting, phone):
    for n in range(6):
        ok(phone().join(meeting["code"], f"Persona {n}", room=1 + n // 4 % 2))
    julio = phone()
    ok(julio.join(meeting["code"], "Julio", room=None))
    assert julio.http.get(f"/w/{meeting['workshop']}").get_data(as_text=True).count("Todavía hay poca gente") == 1


def test_what_a_draw_did_is_told_to_the_team(app, meeting, crowd, do, elena):
    made = ok(do("rooms.draw", rooms=meeting["rooms"], seed="kuska"))["draw"]
    ok(do("draw.apply", draw=made["id"]))
    said = elena.http.get(f"/w/{meeting['workshop']}/history").get_data(as_text=True)
    assert "clave kuska" in said and "18 personas" in said and "3 salas" in said


def test_the_clock_of_a_draw_is_the_servers(app, meeting, crowd, do):
    """A draw that was made before another was applied, and shares nobody with it, is still good."""
    ids = [seat_of(one) for one in crowd]
    first, second = meeting["rooms"][:2]
    one = ok(do("rooms.draw", rooms=[first], seats=ids[:6]))["draw"]
    other = ok(do("rooms.draw", rooms=[second], seats=ids[6:]))["draw"]
    ok(do("draw.apply", draw=one["id"]))
    ok(do("draw.apply", draw=other["id"]))
    assert Counter(where(app).values()) == {first: 6, second: 12}
    assert all(row.applied_at - row.made_at < timedelta(minutes=5) for row in rows(app, Draw))
    assert secrets.compare_digest(rows(app, Draw)[0].made_by, meeting["owner"])


def test_people_who_share_a_phone_stay_together_unless_somebody_says_otherwise(app, meeting, phone, do):
    family, alone = phone(), [phone() for _ in range(9)]
    ok(family.join(meeting["code"], "Ana", "Beto", "Celia", room=None))
    for n, one in enumerate(alone):
        ok(one.join(meeting["code"], f"Persona {n}", room=None))
    ours = [seat["id"] for seat in family.place["seats"]]
    assert len(ours) == 3
    for seed in ("a", "b", "c"):
        made = ok(do("rooms.draw", rooms=meeting["rooms"], seed=seed))["draw"]["result"]
        assert len({made[one] for one in ours}) == 1
    split = [ok(do("rooms.draw", rooms=meeting["rooms"], seed=seed, phones=False))["draw"]["result"] for seed in "abcd"]
    assert any(len({made[one] for one in ours}) > 1 for made in split)
    apart = ok(do("rooms.draw", rooms=meeting["rooms"], apart=[ours[:2]]))["draw"]["result"]
    assert apart[ours[0]] != apart[ours[1]], "what was said of single people goes first"
    drawn = ok(do("rooms.draw", rooms=meeting["rooms"]))["draw"]
    ok(do("draw.apply", draw=drawn["id"]))
    ok(family.join(meeting["code"], "Dora", room=None))
    assert family.place["room"] == drawn["result"][ours[0]], "who comes on the phone later goes where its people are"
    ok(do("seat.move", seats=[seat_of(family)], to=None))
    assert ok(do("draw.place", draw=drawn["id"]))["placed"] == {seat_of(family): drawn["result"][ours[0]]}
