"""One frame for everybody: everyone reads it, whoever came when, and a slow one harms nobody."""
import inspect
import random
import secrets
from collections import deque

from engineio.base_socket import BaseSocket
from engineio.socket import Socket
from eventlet import websocket
from eventlet.greenio import GreenSocket
from eventlet.queue import Queue
from eventlet.semaphore import Semaphore

from tests.live.room.test_room import idea


def test_late_joiners_read_the_shared_stream_from_the_next_join_point_on(server, Device, Compressed):
    code = server.meeting["code"]
    rosa = Compressed(server.url).join(code, "Rosa").connect()
    plain = Device(server.url).join(code, "Sin compresión").connect()
    crowd = [rosa]
    for i in range(60):
        if i % 10 == 5:  # somebody comes in the middle of it
            crowd.append(Compressed(server.url).join(code, f"Tarde {i}").connect())
        writer = crowd[i % len(crowd)]  # everybody writes: personal answers stand between the shared messages
        assert writer.do("contribution.add", idea(server, f"Idea {i}: la feria sostuvo el precio de la quinua"))["ok"]
        assert rosa.pump(lambda i=i: len(rosa.ideas()) == i + 1)
    everybody = [*crowd, plain]
    for device in everybody:
        assert device.pump(lambda device=device: len(device.ideas()) == 60), len(device.ideas())
    screens = [[(card["number"], card["body"]["text"]) for card in device.ideas()] for device in everybody]
    assert all(screen == screens[0] for screen in screens)
    assert rosa.ws.packed > 50
    assert all(device.ws.packed > 0 for device in crowd[:-1])


def test_a_shared_stream_costs_a_fraction_of_plain_frames(server, Compressed):
    code = server.meeting["code"]
    rosa = Compressed(server.url).join(code, "Rosa").connect()
    julio = Compressed(server.url).join(code, "Don Julio").connect()
    assert rosa.pump(lambda: len(rosa.cursor) == 2) and julio.pump(lambda: len(julio.cursor) == 2)
    before, saved = julio.ws.bytes, julio.ws.saved
    for i in range(40):
        text = f"Idea {i}: guardar semilla propia en cada casa, no solo en el almacén comunal de {secrets.token_hex(8)}"
        assert rosa.do("contribution.add", idea(server, text))["ok"]
        assert julio.pump(lambda i=i: len(julio.ideas()) == i + 1)
    assert julio.ws.saved - saved > julio.ws.bytes - before  # more than half of what plain frames would have cost


def test_a_reader_that_does_not_read_is_cut_off_and_comes_back_to_everything(serve, Device, Compressed):
    server = serve(rate=10_000, burst=100_000)
    code = server.meeting["code"]
    rosa = Device(server.url).join(code, "Rosa").connect()
    slow = Compressed(server.url)
    slow.receive_buffer = 4096
    slow.join(code, "Lenta").connect()
    assert slow.pump(lambda: len(slow.cursor) == 2)
    for _ in range(900):  # 6 MB when compressed: more than systems buffer for one connection and the server keeps
        text = "".join(map(chr, random.choices(range(0x4E00, 0x9C00), k=3900)))
        assert rosa.do("contribution.add", idea(server, text))["ok"]
    luis = Device(server.url).join(code, "Luis").connect()
    assert luis.pump(lambda: len(luis.ideas()) == 900)
    assert not slow.pump(lambda: len(slow.ideas()) == 900), "it was served all the time"
    assert slow.connect().pump(lambda: len(slow.ideas()) == 900)
    assert [card["body"] for card in slow.ideas()] == [card["body"] for card in luis.ideas()]


def test_a_server_with_the_stock_path_speaks_the_same(serve, Device, Compressed):
    server = serve(fanout="stock")
    rosa = Compressed(server.url).join(server.meeting["code"], "Rosa").connect()
    luis = Device(server.url).join(server.meeting["code"], "Luis").connect()
    assert rosa.do("contribution.add", idea(server, "Por el camino de siempre"))["ok"]
    assert luis.pump(lambda: luis.ideas()) and rosa.pump(lambda: rosa.ideas())


def test_the_places_where_the_fan_out_takes_hold_are_there():
    assert "self.queue = self.server.create_queue()" in inspect.getsource(BaseSocket)
    assert "ws.send(pkt.encode())" in inspect.getsource(Socket._websocket_handler)
    assert isinstance(Queue().queue, deque) and Semaphore().counter == 1
    made = inspect.getsource(websocket.RFC6455WebSocket.__init__) + inspect.getsource(websocket.WebSocket.__init__)
    assert "_sendlock = semaphore.Semaphore()" in made and "self.socket = sock" in made
    assert "self.fd = " in inspect.getsource(GreenSocket.__init__)
