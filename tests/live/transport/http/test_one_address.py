"""A whole hall behind one address: everybody gets in, everybody's idea arrives."""
from concurrent.futures import ThreadPoolExecutor

from tests.live.device import idea


def test_ninety_people_behind_the_venues_address_all_get_in_and_all_post(server, Device):
    hall = [Device(server.url) for _ in range(90)]
    with ThreadPoolExecutor(15) as crowd:
        list(crowd.map(lambda pair: pair[1].join(server.meeting["code"], f"Persona {pair[0]}").connect(), enumerate(hall)))
    for i, device in enumerate(hall):
        device.send("contribution.add", idea(server, f"Idea {i}"))
    for device in hall:
        assert device.pump(lambda device=device: 1 in device.acks) and device.acks[1]["ok"], device.acks
    for device in hall:
        assert device.pump(lambda device=device: len(device.ideas()) == 90), len(device.ideas())
    assert {card["body"]["text"] for card in hall[0].ideas()} == {f"Idea {i}" for i in range(90)}
