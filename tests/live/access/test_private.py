"""Private work and its reveal, over real sockets: what was not shown is in nobody's frames, answers, pages or exports."""
import json
import urllib.request

from tests.live.device import idea

SECRET = "Lo que Rosa piensa a solas"
STEPS = [{"key": key, "minutes": 0, "opens": ["ideas"], "see": see}
         for key, see in (("uno", "own"), ("dos", "pair"), ("cuatro", "four"), ("todos", "room"))]


def test_before_the_reveal_nobody_else_hears_a_card_or_that_there_is_one(server, Device):
    elena, room = lead(server, Device), server.meeting["rooms"][0]
    rosa, julio = person(server, Device, "Rosa"), person(server, Device, "Don Julio")
    set_steps(elena, room)
    assert all(one.pump(lambda one=one: one.cards[room]["now"].get("see") == "own") for one in (rosa, julio))
    number = julio.asked_of(room)["now"]
    answer = rosa.do("contribution.add", idea(server, SECRET))
    assert answer["ok"] and "number" not in answer["card"] and answer["stream"] != room
    assert julio.do("contribution.add", idea(server, "Lo de Julio"))["ok"]  # so what hers set off has gone out
    assert SECRET not in everything(julio, elena)
    assert julio.asked_of(room)["now"] == elena.asked_of(room)["now"] == number, "it tells that there is a card"
    assert julio.asked_of(answer["stream"])["code"] == elena.asked_of(answer["stream"])["code"] == "not_here"
    late = person(server, Device, "Elvira")
    assert SECRET not in everything(late)
    for path in (f"/w/{server.meeting['workshop']}/r/1", f"/w/{server.meeting['workshop']}/r/1/scribe",
                 f"/w/{server.meeting['workshop']}/plenary", f"/s/{server.meeting['screen']}",
                 *(f"/w/{server.meeting['workshop']}/report.{kind}" for kind in ("md", "json"))):
        assert SECRET not in page(server, elena, path)
    mine = rosa.tab().connect()
    assert mine.pump(lambda: [card["body"]["text"] for card in mine.ideas()] == [SECRET]), "her own other tab has it"
    mine.close()


def test_cards_go_on_to_the_pair_to_the_four_and_to_all_with_number_and_author(server, Device):
    elena, room = lead(server, Device), server.meeting["rooms"][0]
    people = [person(server, Device, name) for name in ("Rosa", "Don Julio", "Elvira", "Luis", "Ana")]
    set_steps(elena, room)
    assert all(one.pump(lambda one=one: one.cards[room]["now"]["key"] == "uno") for one in people)
    for one in people:
        assert one.do("contribution.add", idea(server, f"De {one.place['seats'][0]['name']}"))["ok"]
    shown = {}
    for step, key in enumerate(("dos", "cuatro", "todos"), 1):
        assert elena.do("step.go", {"room": room, "step": step}, seat=None)["ok"]
        assert all(one.pump(lambda one=one, key=key: one.cards[room]["now"]["key"] == key) for one in people)
        shown[key] = sorted(held(one, room) for one in people)
    assert shown == {"dos": [2, 2, 3, 3, 3], "cuatro": [5] * 5, "todos": [5] * 5}
    assert {card["number"] for card in people[0].ideas()} == {1, 2, 3, 4, 5}
    assert {card["name"] for card in elena.ideas()} == {"Rosa", "Don Julio", "Elvira", "Luis", "Ana"}


def test_a_room_that_was_made_like_a_private_one_keeps_what_is_written_and_the_inbox_keeps_it_at_the_reveal(server, Device):
    elena, (model, room, _) = lead(server, Device), server.meeting["rooms"]
    elena.close()
    elena = Device(server.url).staff(server.meeting["staff"], server.meeting["workshop"], model, room).connect()
    rosa, julio = (Device(server.url).join(server.meeting["code"], name, room=2).connect() for name in ("Rosa", "Don Julio"))
    set_steps(elena, model)
    assert elena.do("room.alike", {"room": model, "rooms": [room]}, seat=None)["took"] == {room: "all"}
    assert all(one.pump(lambda one=one: one.cards.get(room, {}).get("now", {}).get("see") == "own") for one in (rosa, julio))
    number = julio.asked_of(room)["now"]
    answer = rosa.do("contribution.add", idea(server, SECRET, room=1))
    assert answer["ok"] and answer["stream"] != room
    assert julio.asked_of(room)["now"] == number
    mine = rosa.tab().connect()
    assert mine.pump(lambda: SECRET in [card["body"]["text"] for card in mine.ideas()]), "her own other tab has it"
    assert elena.do("room.moderate", {"room": room}, seat=None)["ok"]
    assert elena.do("step.go", {"room": room, "step": 3}, seat=None)["ok"]
    card, told = answer["card"]["id"], [SECRET]
    assert rosa.pump(lambda: any(event == "mine" and said[0].get("shown", {}).get("waits") for event, *said in rosa.heard))
    assert julio.pump(lambda: julio.cards[room]["now"]["key"] == "todos")
    assert elena.do("contribution.hide", {"id": card, "reason": "Nombra a alguien"}, seat=None)["ok"]
    assert rosa.pump(lambda: "Nombra a alguien" in json.dumps(rosa.heard)), "its author is told at once why"
    assert julio.asked_of(room) and not any(text in everything(julio) for text in [*told, "Nombra a alguien"])
    mine.close()


def held(device, room: str) -> int:
    """How many ideas somebody has on the screen once everything sent before has come."""
    device.asked_of(room)
    return len(device.ideas())


def lead(server, Device):
    """Elena, who hears the workshop and the first room."""
    streams = server.meeting["workshop"], server.meeting["rooms"][0]
    return Device(server.url).staff(server.meeting["staff"], *streams).connect()


def person(server, Device, name: str):
    """Somebody in the first room."""
    device = Device(server.url).join(server.meeting["code"], name).connect()
    assert device.pump(lambda: server.meeting["rooms"][0] in device.cards)
    return device


def set_steps(elena, room: str) -> None:
    """The room works in four steps, from alone to all."""
    assert elena.pump(lambda: room in elena.cards)
    first = {"key": elena.cards[room]["steps"][0]["key"], "minutes": 0, "opens": ["ideas"]}
    for verb, payload in (("steps.set", {"steps": [*STEPS, first]}), ("step.go", {"step": 0}),
                          ("steps.set", {"steps": STEPS})):
        base = {"base": elena.cards[room]["edition"]} if verb == "steps.set" else {}
        answer = elena.do(verb, {"room": room} | payload | base, seat=None)
        assert answer["ok"], answer
        assert elena.pump(lambda answer=answer: elena.cards[room]["seq"] >= answer["card"]["seq"])


def everything(*devices) -> str:
    """All that they have heard since they came, as text."""
    return json.dumps([[one.cards, one.heard, one.acks] for one in devices], ensure_ascii=False)


def page(server, device, path: str) -> str:
    """What a page says to somebody."""
    asked = urllib.request.Request(server.url + path, headers={"Cookie": device.cookie})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return answer.read().decode()
