"""A room over real sockets against a real eventlet process."""
from tests.live.device import idea


def test_what_one_posts_the_others_see_live_and_the_other_room_does_not(server, Device):
    rosa, julio, luis = (Device(server.url).join(server.meeting["code"], name, room=room).connect()
                         for name, room in (("Rosa", 1), ("Don Julio", 1), ("Luis", 2)))
    assert rosa.do("contribution.add", idea(server, "Guardar semilla propia"))["ok"]
    assert julio.pump(lambda: julio.ideas())
    assert luis.do("contribution.add", idea(server, "Otra sala", 1))["ok"]
    assert luis.pump(lambda: luis.ideas())
    assert [i["body"]["text"] for i in luis.ideas()] == ["Otra sala"]
    assert [i["body"]["text"] for i in julio.ideas()] == ["Guardar semilla propia"]


def test_after_kill_9_what_was_acknowledged_is_there_and_sending_again_is_harmless(server, Device):
    rosa = Device(server.url).join(server.meeting["code"], "Rosa").connect()
    sent = [idea(server, f"Idea {i}") for i in range(5)]
    assert all(rosa.do("contribution.add", payload)["ok"] for payload in sent)
    server.kill()
    server.start()
    rosa.acks.clear()
    rosa.connect()
    rosa.send("contribution.add", sent[4], n=5)
    assert rosa.pump(lambda: 5 in rosa.acks) and rosa.acks[5]["ok"]
    newcomer = Device(server.url).join(server.meeting["code"], "Elvira").connect()
    assert newcomer.pump(lambda: len(newcomer.ideas()) == 5)


def test_null_payloads_and_wrong_shapes_get_a_code_and_keep_the_line(server, Device):
    rosa = Device(server.url).join(server.meeting["code"], "Rosa").connect()
    for i, message in enumerate(("null", "[]", '{"n": 1}', '"x"', '{"client": null, "n": null, "payload": null}'), 100):
        rosa.ws.send(f'42{i}["do",{message}]')
        assert rosa.pump(lambda i=i: i in rosa.acks)
        assert rosa.acks[i]["code"] == "bad_envelope"
    assert rosa.do("contribution.add", idea(server, "Sigo aquí"))["ok"]
