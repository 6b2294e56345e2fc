"""Cards go along: into the next part of a process, or onto a board that gathers those of other rooms."""
import secrets

import pytest

from tests.actions.rooms.test_composed import begin, rooms
from tests.exports.texts import of_docx
from tests.pages.facilitator.people import Browser
from tests.support import cast
from workshop.domain.visibility import Viewer
from workshop.exports import worker
from workshop.store.models import Delegation, Room


@pytest.fixture
def delegations(app, meeting) -> dict[str, str]:
    with app.extensions["house"].store.read() as session:
        return {one.name: one.id for one in session.query(Delegation).filter_by(workshop_id=meeting["workshop"])}


def somebody(app, meeting, name: str, delegation: str, room: int):
    """A phone with a seat of a delegation in a room."""
    phone = cast.Phone(app.test_client())
    seat = {"name": name, "channel": "hall", "delegation": delegation}
    phone.place = phone.http.post("/api/join", headers={"X-Workshop": "1"},
                                  json={"code": meeting["code"], "seats": [seat], "room": room}).get_json()
    return phone


def ideas(elena, room_id: str) -> list[dict]:
    return sorted((card for card in elena.catch_up(room_id).values() if card["kind"] == "idea"),
                  key=lambda card: (card.get("home", 0), card["number"]))


@pytest.fixture
def moment(app, meeting, elena, delegations):
    """A systematisation whose first part has three cards, one in a group, and Rosa in it: (parts, Rosa, cards)."""
    begin(elena, meeting)
    parts = rooms(elena, meeting)
    elena.do("room.open", {"room": parts[0]["id"]}, seat=None)
    with app.extensions["house"].store.write() as session:
        session.get(Room, parts[0]["id"]).steps = [{"key": "all", "minutes": 0, "opens": ["ideas"], "may": {"group": "all"}}]
    rosa = somebody(app, meeting, "Rosa", delegations["Taraco"], parts[0]["number"])
    board = cast.activities(app, parts[0]["id"])["ideas"]
    made = []
    for text in ("El acta de 2018", "Fotos de la feria", "Un cuaderno"):
        item = {"id": secrets.token_urlsafe(9), "body": {"fields": {"que_hay": text, "quien_lo_guarda": "Rosa"}}}
        made.append(elena.do("contribution.bring", {"activity": board, "items": [item]}, seat=None)["card"])
    grouped = elena.do("group.make", {"activity": board, "group": "grupo-actas-1", "name": "Actas",
                                      "cards": [made[0]["id"]]}, seat=None)
    assert grouped["ok"], grouped
    return parts, rosa, made


@pytest.mark.parametrize(("carry", "texts"), [
    ("all", ["El acta de 2018", "Fotos de la feria", "Un cuaderno"]), ("groups", ["El acta de 2018"]), ("votes", []),
    ("none", [])])
def test_the_facilitator_says_which_cards_go_along_and_the_earlier_room_keeps_all(app, meeting, elena, moment, carry, texts):
    parts, _rosa, made = moment
    assert elena.do("process.onward", {"room": parts[0]["id"], "carry": carry}, seat=None)["ok"]
    came = ideas(elena, parts[1]["id"])
    assert [card["body"]["text"].split("\n")[0] for card in came] == texts
    assert [(card["home"], card["number"], card["from"]) for card in came] == [
        (parts[0]["number"], one["number"], [one["id"]]) for one in made[:len(texts)]]
    assert [card["number"] for card in ideas(elena, parts[0]["id"])] == [1, 2, 3]


def test_a_card_with_votes_goes_along_and_its_group_too(app, meeting, elena, delegations):
    rosa = somebody(app, meeting, "Rosa", delegations["Taraco"], 1)
    parts = cast.activities(app, meeting["rooms"][0])
    cards = [rosa.post(parts["ideas"], text)["card"]["id"] for text in ("Feria", "Semilla")]
    cast.to_step(app, meeting["rooms"][0], 1)
    assert rosa.do("ballot.cast", {"activity": parts["dots"], "choices": {cards[1]: 2}, "base_rev": 0})["ok"]
    assert elena.do("group.make", {"activity": parts["ideas"], "group": "grupo-semilla", "name": "Semillas",
                                   "cards": [cards[1]]}, seat=None)["ok"]
    elena.do("room.close", {"room": meeting["rooms"][0]}, seat=None)
    there = cast.activities(app, meeting["rooms"][1])["ideas"]
    answer = elena.do("contribution.carry", {"activity": there, "rooms": [meeting["rooms"][0]], "which": "votes"}, seat=None)
    assert answer["ok"] and answer["carried"] == 1
    came, = ideas(elena, meeting["rooms"][1])
    group = elena.cards[meeting["rooms"][1]][came["group"]]["body"]["text"]
    assert (came["body"]["text"], came["name"], group) == ("Semilla", "Rosa", "Semillas")
    again = elena.do("contribution.carry", {"activity": there, "rooms": [meeting["rooms"][0]], "which": "all"}, seat=None)
    assert again["carried"] == 1 and len(ideas(elena, meeting["rooms"][1])) == 2


def test_who_is_in_the_later_part_reads_the_earlier_board_and_nobody_else(app, meeting, elena, moment, delegations):
    parts, rosa, made = moment
    elena.do("process.onward", {"room": parts[0]["id"], "carry": "all"}, seat=None)
    page = rosa.http.get(f"/w/{meeting['workshop']}/r/{parts[1]['number']}").get_data(as_text=True)
    assert f"/r/{parts[1]['number']}/earlier" in page and f"Copia: viene de la sala {parts[0]['number']}" in page
    earlier = f"/w/{meeting['workshop']}/r/{parts[1]['number']}/earlier"
    before = rosa.http.get(earlier).get_data(as_text=True)
    assert f'id="{made[2]["id"]}"' in before and "Un cuaderno" in before and f"Pasó a la sala {parts[1]['number']}" in before
    julio = somebody(app, meeting, "Julio", delegations["Lima"], 1)
    assert julio.http.get(earlier).status_code == 404


def test_the_memoria_tells_both_ways(app, meeting, elena, moment):
    parts = moment[0]
    elena.do("process.onward", {"room": parts[0]["id"], "carry": "groups"}, seat=None)
    house = app.extensions["house"]
    viewer = Viewer(meeting["workshop"], "named", "owner")
    text = of_docx(worker.memoria(house.store, meeting["workshop"], viewer, "docx", "es", house.clock()))
    assert f"pasó a la sala {parts[1]['number']}" in text and f"viene de la sala {parts[0]['number']}" in text
    assert text.count("pasó a la sala") == 1


def test_each_delegations_cards_come_to_stand_in_its_column_under_the_name_of_their_room(app, meeting, elena, delegations):
    for name, room in (("Taraco", 1), ("Salinas", 2)):
        somebody(app, meeting, f"De {name}", delegations[name], room).post(
            cast.activities(app, meeting["rooms"][room - 1])["ideas"], f"Lo de {name}")
    made = elena.do("room.create", {"workshop": meeting["workshop"], "title": "Comparar", "method": "comparativa"}, None)
    room = made["card"]["id"]
    board = cast.activities(app, room)["ideas"]
    answer = elena.do("contribution.carry", {"activity": board, "rooms": meeting["rooms"][:2]}, seat=None)
    assert answer["carried"] == 2, answer
    placed = {card["body"]["text"]: card["place"] for card in ideas(elena, room)}
    assert placed == {"Lo de Taraco": {"column": delegations["Taraco"], "row": cast.SOURCES[0]},
                      "Lo de Salinas": {"column": delegations["Salinas"], "row": cast.SOURCES[1]}}


def test_the_theme_desk_counts_what_came_and_what_is_not_placed_yet(app, meeting, elena, delegations):
    rosa = somebody(app, meeting, "Rosa", delegations["Taraco"], 1)
    for text in ("Feria", "Semilla", "Agua"):
        rosa.post(cast.activities(app, meeting["rooms"][0])["ideas"], text)
    made = elena.do("room.create", {"workshop": meeting["workshop"], "title": "Mesa", "method": "mesa_sintesis"}, None)
    room, number = made["card"]["id"], made["card"]["number"]
    address = f"/w/{meeting['workshop']}/r/{number}"
    page = elena.http.get(f"{address}/bring").get_data(as_text=True)
    token = page.split('name="token" value="')[1].split('"')[0]
    form = {"token": token, "client": "c" * 20, "from": meeting["rooms"][0], "which": "all"}
    page = elena.http.post(f"{address}/carry", data=form, follow_redirects=True).get_data(as_text=True)
    assert "Vinieron 3 tarjetas." in page and "ubicadas: 0; sin ubicar: 3" in page
    first = ideas(elena, room)[0]
    assert first["place"] == {"column": "sin_tema"}
    board = cast.activities(app, room)["ideas"]
    assert elena.do("contribution.move", {"activity": board, "cards": [first["id"]], "place": {"column": "temas"}},
                    seat=None)["ok"]
    assert "ubicadas: 1; sin ubicar: 2" in elena.http.get(f"{address}/bring").get_data(as_text=True)


def test_who_may_not_and_what_is_not_there_is_refused(app, meeting, elena, delegations):
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    rosa = somebody(app, meeting, "Rosa", delegations["Taraco"], 1)
    payload = {"activity": board, "rooms": [meeting["rooms"][1]]}
    assert rosa.do("contribution.carry", payload)["code"] == "forbidden"
    assert elena.do("contribution.carry", payload | {"rooms": ["not-a-room-1"]}, seat=None)["code"] == "not_here"
    assert elena.do("contribution.carry", payload | {"rooms": [meeting["rooms"][0]]}, seat=None)["code"] == "not_here"
    assert elena.do("contribution.carry", payload | {"which": "some"}, seat=None)["code"] == "bad_payload"
    elena.do("room.close", {"room": meeting["rooms"][0]}, seat=None)
    assert elena.do("contribution.carry", payload, seat=None)["code"] == "room_closed"


def test_what_did_not_come_is_counted_with_its_reason_and_nothing_else_is_told_of_it(app, meeting, phone, elena):
    one, two, three, *_ = meeting["rooms"]
    rosa = phone()
    cast.ok(rosa.join(meeting["code"], "Rosa"))
    boards = [cast.activities(app, room)["ideas"] for room in (one, two, three)]
    made = [cast.ok(rosa.post(boards[0], f"Idea {n}"))["card"]["id"] for n in range(3)]
    cast.ok(elena.do("contribution.hide", {"id": made[0], "reason": "Se repite"}, None))
    cast.ok(elena.do("room.moderate", {"room": one}, None))
    cast.ok(rosa.post(boards[0], "Espera"))
    cast.ok(rosa.do("seat.enter", {"room": two}))
    cast.ok(elena.do("steps.set", {"room": two, "base": cast.edition(app, two), "steps": [
        {"key": "ideas", "minutes": 0, "opens": ["ideas"], "see": "own"}]}, None))
    for n in range(4):
        cast.ok(rosa.post(boards[1], f"A solas {n}"))
    answer = cast.ok(elena.do("contribution.carry", {"activity": boards[2], "rooms": [one, two]}, None))
    assert (answer["carried"], answer["stayed"]) == (2, {"private": 4, "waits": 1, "hidden": 1})
    assert "A solas" not in str(answer)
    again = cast.ok(elena.do("contribution.carry", {"activity": boards[2], "rooms": [one]}, None))
    assert (again["carried"], again["stayed"]) == (0, {"waits": 1, "hidden": 1})
    page, path = Browser(app), f"/w/{meeting['workshop']}/r/3"
    page.http = elena.http
    page.open(f"{path}/bring")
    page.send(f"{path}/carry", 'action="carry"', **{"from": [one, two], "which": "all"})
    assert "4 tarjetas no vinieron: todavía son privadas en su sala." in page.page
    assert "1 tarjeta no vino: está oculta." in page.page
