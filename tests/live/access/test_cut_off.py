"""Who is sent away hears and writes nothing more, on the line that was open and on a new one."""
import json
from concurrent.futures import ThreadPoolExecutor
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
import websocket

from tests.live.device import Device as Plain
from tests.live.device import idea
from workshop.actions.accounts import accounts
from workshop.config import Config
from workshop.house import utc_now
from workshop.store.models import Account
from workshop.store.session import Store


def is_refused(device) -> bool:
    """Whether a new socket with the old cookie is not let in."""
    device.knock()
    device.ws.send("40" + json.dumps({"v": 1, "watch": dict.fromkeys(device.place["streams"])}))
    return device.ws.recv().startswith("44")


def test_a_removed_seat_that_keeps_its_line_hears_and_writes_nothing_more(server, Device):
    rosa, julio, mallory = (Device(server.url).join(server.meeting["code"], name).connect()
                            for name in ("Rosa", "Don Julio", "Mallory"))
    assert mallory.do("contribution.add", idea(server, "Antes"))["ok"] and rosa.pump(lambda: rosa.ideas())
    lead = Device(server.url).staff(server.meeting["staff"], server.meeting["workshop"]).connect()
    seat = mallory.place["seats"][0]["id"]
    assert lead.do("seat.remove", {"workshop": server.meeting["workshop"], "seats": [seat]}, None)["ok"]
    try:  # it ignores that it was sent away, says CONNECT again and goes on
        mallory.ws.send('40{"v":1}')
        mallory.send("contribution.add", idea(server, "Después"))
    except (OSError, websocket.WebSocketException):
        pass
    assert julio.do("contribution.add", idea(server, "Sin Mallory"))["ok"]
    assert rosa.pump(lambda: len(rosa.ideas()) == 2)
    assert mallory.is_cut()
    assert [i["body"]["text"] for i in mallory.ideas()] == ["Antes"] and not mallory.acks.keys() - {1}
    assert [i["body"]["text"] for i in rosa.ideas()] == ["Antes", "Sin Mallory"]
    assert is_refused(mallory)


def test_signing_out_ends_the_open_line(server, Device):
    lead = Device(server.url).staff(server.meeting["staff"], server.meeting["workshop"]).connect()
    assert lead.pump(lambda: lead.cursor)
    lead.post("/logout")
    assert lead.is_cut()
    assert is_refused(lead)
    with pytest.raises(HTTPError) as refused:
        urlopen(Request(server.url + "/api/me", headers={"Cookie": lead.cookie}), timeout=60)
    assert refused.value.code == 401
    refused.value.close()


@pytest.mark.parametrize("how", ["disabled", "signed out elsewhere"])
def test_an_account_that_is_disabled_or_signed_out_elsewhere_loses_its_open_line(serve, tmp_path, Device, how):
    here = serve()
    lead = Device(here.url).staff(here.meeting["staff"], here.meeting["workshop"]).connect()
    assert lead.pump(lambda: lead.cursor)
    store = Store(Config(data=str(tmp_path)).database_url)
    with store.write() as session:
        owner = session.get(Account, here.meeting["owner"])
        if how == "disabled":
            accounts.disable(session, utc_now(), owner)
        else:
            accounts.end_devices(session, utc_now(), owner.id)
    store.close()
    assert lead.is_cut()
    assert is_refused(lead)


def test_somebody_who_changes_rooms_comes_back_with_the_eyes_of_the_new_room(server, Device):
    rosa = Device(server.url).join(server.meeting["code"], "Rosa").connect()
    assert rosa.pump(lambda: rosa.cursor)
    rosa.send("seat.enter", {"room": server.meeting["rooms"][1]})
    assert rosa.is_cut()
    rosa.place["streams"] = [server.meeting["workshop"], server.meeting["rooms"][1]]
    rosa.connect()
    luis = Device(server.url).join(server.meeting["code"], "Luis", room=2).connect()
    assert luis.do("contribution.add", idea(server, "Sala dos", 1))["ok"]
    assert rosa.pump(lambda: rosa.ideas())


def test_a_hall_of_ninety_behind_one_address_all_get_in_at_once(server, Device):
    def come(i: int):
        one = Plain(server.url).join(server.meeting["code"], f"Persona {i}", room=1 + i % 3).connect()
        there = one.pump(lambda: one.cursor.keys() == set(one.place["streams"]))
        one.close()
        return there, one.place["seats"][0]["id"]
    with ThreadPoolExecutor(30) as pool:
        came = list(pool.map(come, range(90)))
    assert [there for there, _ in came] == [True] * 90
    assert len({seat for _, seat in came}) == 90
