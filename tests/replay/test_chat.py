"""Rooms that talk at once: what the report says when a room does not hold exactly its own."""
from workshop.replay.chat import Chat, Message, Talk
from workshop.replay.client.device import Device
from workshop.replay.stage import ChatRoom

CHAT = Chat("dos", {"a": [Message(0, "p1", "Sí"), Message(5, "p2", "No")], "b": [Message(0, "p1", "Ya")]})


def told(change=lambda devices, ids: None) -> dict:
    """The report on room a, after a change to what its devices have."""
    talk = Talk("", "", {name: ChatRoom(i, name) for i, name in enumerate("ab", 1)}, CHAT, None)
    for person in talk.rooms():
        device = talk.devices[person] = Device("")
        room = person[0]
        for number, (key, message) in enumerate(zip(talk.ids[room], CHAT.rooms[room], strict=True), 1):
            arrives(device, key, number, message)
    change(talk.of("a"), talk.ids)
    return talk._room("a", CHAT.rooms["a"])


def arrives(device: Device, key: str, number: int, message: Message) -> None:
    device.copy.put({"id": key, "kind": "idea", "seq": number, "number": number, "name": f"#a {message.person}",
                     "body": {"text": message.text}}, "line")
    device.seen[key] = 0.0


def test_a_room_with_exactly_its_own_is_right():
    assert told() == {"people": 2, "messages": 2, "per_person": {"p1": 1, "p2": 1}, "own_in_order": True, "only_own": True}


def test_one_screen_that_lacks_a_message_is_seen():
    assert not told(lambda devices, ids: devices[1].copy.cards.pop(ids["a"][0]))["own_in_order"]


def test_one_screen_with_another_order_is_seen():
    def swap(devices, ids):
        first, second = (devices[1].copy.cards[key] for key in ids["a"])
        first["number"], second["number"] = second["number"], first["number"]
    assert not told(swap)["own_in_order"]


def test_a_card_of_another_room_is_seen_even_when_it_was_there_only_for_a_moment():
    found = told(lambda devices, ids: devices[0].seen.update({ids["b"][0]: 1.0}))
    assert found["own_in_order"] and not found["only_own"]
