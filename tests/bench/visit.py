"""What a participant's first visit costs: bytes and requests, from the join link to a live room.

    python -m tests.bench.visit [--cards 0 5 150]

Counted by the browser on the wire (headers and WebSocket frames included, compressed), on plain http as in a hall.
The budget (design section 8): 35 KB and 3 requests; idle at most 60 KB an hour.
"""
import argparse
import json
import secrets
import shutil
import tempfile
import time

from playwright.sync_api import sync_playwright

from tests.live.server import Server
from tests.support import cast

TEXT = "La feria semanal entre comunidades mantuvo el precio de la quinua cuando cerraron las carreteras, nota {n}."
IDLE = 40  # seconds that are watched, then reckoned up to an hour


def house(data: str, cards: int) -> tuple[dict, Server]:
    """A server with the founding meeting and `cards` ideas in room 1."""
    app = cast.app(data, rate=1e6, burst=10**6)
    meeting = cast.found(app)
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    rosa = cast.Phone(app.test_client())
    rosa.join(meeting["code"], "Rosa Mamani")
    for n in range(cards):
        rosa.do("contribution.add", {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": TEXT.format(n=n)}})
    app.extensions["house"].store.close()
    return meeting, Server(data).start()


class Meter:
    """Counts what goes over the wire of one page."""

    def __init__(self, page):
        self.requests, self.bytes, self.frames, self.log = 0, 0, 0, []
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.loadingFinished", lambda e: self._add(e["encodedDataLength"]))
        session.on("Network.webSocketFrameReceived", lambda e: self._frame(e["response"]["payloadData"]))
        session.on("Network.webSocketFrameSent", lambda e: self._frame(e["response"]["payloadData"]))

    def _asked(self, event):
        if not event["request"]["url"].startswith("data:"):
            self.requests += 1
            self.log.append(event["request"]["url"].split("/", 3)[-1][:40])

    def _add(self, size):
        self.bytes += size

    def _frame(self, payload):
        self.frames += len(payload.encode()) + 4


def visit(chromium, server: Server, meeting: dict) -> dict:
    """Join and wait until the room is live, then listen to an idle line."""
    context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="es-PE")
    page = context.new_page()
    meter = Meter(page)
    page.goto(f"{server.url}/j/{meeting['code']}?r=1")
    join = (meter.requests, meter.bytes)
    page.fill("#name", "Elvira")
    page.locator("input[name=delegation]").first.check()
    page.locator("input[name=channel]").first.check()
    page.locator("button.main.wide").click()
    page.wait_for_selector(".chip.line.online")
    page.wait_for_timeout(500)
    found = {"join_page": {"requests": join[0], "bytes": join[1]},
             "all": {"requests": meter.requests, "bytes": meter.bytes, "socket_bytes": meter.frames}, "asked": meter.log}
    before, begun = meter.frames + meter.bytes, time.monotonic()
    page.wait_for_timeout(IDLE * 1000)
    spent = time.monotonic() - begun
    found["idle_bytes_per_hour"] = round((meter.frames + meter.bytes - before) * 3600 / spent)
    context.close()
    return found


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, nargs="*", default=[0, 5, 150])
    figures = {}
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for cards in parser.parse_args().cards:
            with tempfile.TemporaryDirectory() as data:
                meeting, server = house(data, cards)
                try:
                    figures[f"{cards} cards"] = visit(chromium, server, meeting)
                finally:
                    server.stop()
        chromium.close()
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
