"""What a board of 900 ideas costs a phone that asks for all of it, on a line that shares the room's stream."""
import json

from tests.bench.board import texts
from tests.live.room.test_room import idea
from tests.live.server import Server
from tests.support import cast
from tests.support.real import real

CARDS = 900
MOST = 85_000  # bytes on the wire; with the pages' 36 KB it stays within 120 KB


def test_the_whole_of_a_large_board_comes_compressed_and_the_room_s_stream_goes_on(tmp_path, Compressed):
    real("polis")
    app = cast.app(tmp_path, rate=1e6, burst=10**6)
    meeting = cast.found(app)
    meeting["activities"] = [cast.activities(app, room) for room in meeting["rooms"]]
    phone = cast.Phone(app.test_client())
    phone.join(meeting["code"], "Rosa")
    for text in texts(CARDS):
        assert phone.post(meeting["activities"][0]["ideas"], text)["ok"]
    app.extensions["house"].store.close()
    server = Server(tmp_path).start()
    server.meeting = meeting
    try:
        julio, elvira = (Compressed(server.url).join(meeting["code"], name).connect() for name in ("Julio", "Elvira"))
        stream = meeting["rooms"][0]
        more = 0
        while elvira.ws.packed <= 2:  # until a join point has passed: both read the shared stream
            more += 1
            assert julio.do("contribution.add", idea(server, f"Idea {more}: la feria sostuvo el precio"))["ok"]
            assert elvira.pump(lambda more=more: len(elvira.ideas()) == CARDS + more)

        plain, before = elvira.ws.plain, elvira.ws.bytes
        elvira.cursor[stream] = None
        answer = elvira.asked_of(stream)
        assert len(answer["cards"]) >= CARDS + more and elvira.ws.plain == plain
        assert elvira.ws.bytes - before < MOST < len(json.dumps(answer, ensure_ascii=False, separators=(",", ":"))) / 2

        packed = elvira.ws.packed
        for n in range(40):  # plain until the next join point, then shared again; nobody misses one
            assert julio.do("contribution.add", idea(server, f"Después {n}: semilla propia en cada casa"))["ok"]
            assert elvira.pump(lambda n=n: len(elvira.ideas()) == CARDS + more + n + 1)
        assert julio.pump(lambda: len(julio.ideas()) == CARDS + more + 40)
        assert elvira.ws.packed > packed
    finally:
        server.stop()
