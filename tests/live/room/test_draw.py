"""Sixty people are drawn into rooms on real lines: every screen learns its new place, and nothing that waited is lost."""
from concurrent.futures import ThreadPoolExecutor

from tests.live.device import Device as Plain
from tests.live.device import idea

PEOPLE = 60


def test_sixty_people_move_at_once_and_every_screen_gets_its_place(server, Device):
    meeting = server.meeting
    with ThreadPoolExecutor(20) as pool:
        crowd = list(pool.map(lambda n: Plain(server.url).join(meeting["code"], f"Persona {n}", room=1 + n % 3).connect(),
                              range(PEOPLE)))
    try:
        assert all(one.pump(lambda one=one: len(one.cursor) == 2) for one in crowd)
        before = {one.place["seats"][0]["id"]: one.place["room"] for one in crowd}
        lead = Device(server.url).staff(meeting["staff"], meeting["workshop"]).connect()
        asked = {"workshop": meeting["workshop"], "rooms": meeting["rooms"], "seed": "60"}
        made = lead.do("rooms.draw", asked, None)["draw"]
        assert lead.do("draw.apply", {"workshop": meeting["workshop"], "draw": made["id"]}, None)["ok"]
        moved = [one for one in crowd if made["result"][one.place["seats"][0]["id"]] != one.place["room"]]
        assert len(moved) > PEOPLE / 3
        for one in moved:
            seat = one.place["seats"][0]["id"]
            assert one.is_cut()
            one.place["streams"] = [meeting["workshop"]]
            one.connect()  # it comes back, and is told where it is now
            assert one.pump(lambda one=one: any(name == "beside" for name, *_ in one.heard))
            told = next(said["people"] for name, said in one.heard if name == "beside")
            assert [person["room"] for person in told if person["id"] == seat] == [made["result"][seat]]
            waited = one.do("contribution.add", idea(server, "Sin enviar", meeting["rooms"].index(before[seat])))
            assert waited["code"] == "left_room" and waited["tray"], "kept where it was written"
            assert one.do("contribution.add", idea(server, "Aquí", meeting["rooms"].index(made["result"][seat])))["ok"]
        stays = [one for one in crowd if one not in moved]
        for one in stays[:3]:
            room = meeting["rooms"].index(one.place["room"])
            assert one.do("contribution.add", idea(server, "Sigo aquí", room))["ok"], "its line was not cut"
    finally:
        for one in crowd:
            one.close()
