"""How long the memoria of 500 cards takes, and whether the rooms wait for it.

    python -m tests.bench.memoria [--cards 500]

A real server; one device posts an idea every 20 ms meanwhile and notes how long each acknowledgement takes.  Bars: DOCX and
PDF in under 3 s, no acknowledgement later than 50 ms because of them (`idle` is the same without an export).
"""
import argparse
import json
import re
import secrets
import tempfile
import threading
import time
import urllib.request

from tests.live.device import Device
from tests.live.server import Server
from tests.support import cast
from workshop.actions.people import sessions
from workshop.store.models import Account

TEXT = "La feria semanal entre comunidades mantuvo el precio de la quinua cuando cerraron las carreteras, nota {n}."


def house(data: str, cards: int) -> tuple[dict, str, Server]:
    """A server with `cards` ideas in three rooms, and the facilitator's cookie."""
    app = cast.app(data, rate=1e6, burst=10**6)
    meeting, held = cast.found(app), app.extensions["house"]
    for room in range(3):
        board = cast.activities(app, meeting["rooms"][room])["ideas"]
        phone = cast.Phone(app.test_client())
        phone.join(meeting["code"], "Rosa Mamani", room=room + 1)
        for n in range(cards // 3 + (room < cards % 3)):
            assert phone.post(board, TEXT.format(n=n))["ok"]
    meeting["board"] = cast.activities(app, meeting["rooms"][0])["ideas"]
    with held.store.write() as session:
        cookie = sessions.sign_in(session, held.clock(), None, session.get(Account, meeting["owner"]))
    held.store.close()
    return meeting, cookie, Server(data, rate=1000, burst=1000).start()


class Pulse(threading.Thread):
    """A device that posts all the time; `worst()` is its longest wait since it was asked last, in ms."""

    def __init__(self, url: str, meeting: dict):
        super().__init__(daemon=True)
        self.device = Device(url).join(meeting["code"], "Pulso").connect()
        self.board, self.waits, self.going = meeting["board"], [], True

    def run(self):
        while self.going:
            begun = time.perf_counter()
            answer = self.device.do("contribution.add", {"activity": self.board, "id": secrets.token_urlsafe(9),
                                                         "body": {"text": "pulso"}})
            assert answer.get("ok"), answer
            self.waits.append((time.perf_counter() - begun) * 1000)
            time.sleep(0.02)

    def worst(self) -> dict:
        """{n, p50_ms, max_ms} of the waits since the last call."""
        waits, self.waits = sorted(self.waits), []
        return {"n": len(waits), "p50_ms": round(waits[len(waits) // 2], 1), "max_ms": round(waits[-1], 1)}


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=500)
    figures = {}
    with tempfile.TemporaryDirectory() as data:
        meeting, cookie, server = house(data, parser.parse_args().cards)
        try:
            pulse = Pulse(server.url, meeting)
            pulse.start()
            time.sleep(3)
            figures["idle"] = pulse.worst()
            for form in ("docx", "pdf", "xlsx", "md", "json"):
                begun = time.perf_counter()
                asked = urllib.request.Request(f"{server.url}/w/{meeting['workshop']}/report.{form}",
                                               headers={"Cookie": f"tinkuy={cookie}"})
                with urllib.request.urlopen(asked, timeout=120) as answer:
                    size = len(answer.read())
                    assert re.search(r"filename=", answer.headers["Content-Disposition"])
                figures[form] = {"seconds": round(time.perf_counter() - begun, 2), "bytes": size, "pulse": pulse.worst()}
            pulse.going = False
            pulse.join(10)
        finally:
            server.stop()
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
