"""What it takes to set a meeting up: from "New workshop" with a programme to the first open room with somebody in it.

    python -m tests.bench.gathering.setup [--programme media_jornada] [--language es]

A facilitator who has signed in, in Chromium at the size of a phone; then somebody who comes in with the code. JSON: taps
(buttons, links, choices), fields typed, requests and bytes of both, and the seconds that the server and the browser took.
How long people think is theirs: at ten seconds for each tap and field it says how long that would be.
"""
import argparse
import json
import shutil
import tempfile
import time

from playwright.sync_api import Page, expect, sync_playwright

from tests.live.server import Server
from tests.support import cast
from workshop import hashing
from workshop.actions.rooms import workshops

PHONE = {"width": 360, "height": 740}
THINKING = 10  # seconds of a newcomer for each tap and field


class Hand:
    """Taps and types on a page, and counts."""

    def __init__(self, page: Page) -> None:
        self.page, self.taps, self.typed, self.requests, self.bytes = page, 0, 0, 0, 0
        self.steps: list[str] = []
        page.on("requestfinished", self._came)

    def _came(self, request) -> None:
        self.requests += 1
        sizes = request.sizes()
        self.bytes += sizes["responseBodySize"] + sizes["responseHeadersSize"] + sizes["requestHeadersSize"]

    def tap(self, what: str) -> None:
        """Tap on the first of what is there."""
        self.page.locator(what).first.click()
        self.page.wait_for_load_state("load")
        self.taps += 1
        self.steps.append(f"tap {what}")

    def type(self, what: str, text: str) -> None:
        """Write into a field."""
        self.page.locator(what).fill(text)
        self.typed += 1
        self.steps.append(f"type {what}")

    def told(self, began: float) -> dict:
        """What was counted."""
        took = time.monotonic() - began
        return {"taps": self.taps, "fields": self.typed, "requests": self.requests, "kb": round(self.bytes / 1024),
                "seconds": round(took, 1), "with_thinking_s": round(took + THINKING * (self.taps + self.typed)),
                "steps": self.steps}


def set_up(page: Page, url: str, programme: str) -> tuple[dict, str]:
    """The facilitator: a new workshop with the programme, until its first groups are open; (figures, code)."""
    page.goto(f"{url}/workshops/new")
    hand, began = Hand(page), time.monotonic()
    hand.tap(f'label:has(input[name=begin][value="{programme}"])')
    hand.type("#title", "Asamblea de semillas")
    hand.tap("button.main.wide")
    code = page.locator("[data-code]").first.text_content() or ""
    while True:
        expect(page.locator("[id^=tile-]").first).to_be_visible()  # the script has drawn the rooms
        if page.locator("[id^=tile-]:not(.still)").count():
            break
        hand.tap('form[action$="/programme"] button[value=start]')  # block after block, until one of them has groups
    return hand.told(began), code


def come_in(page: Page, url: str, code: str) -> dict:
    """Somebody with the code on a phone, until the room can be written in."""
    page.goto(url)
    hand, began = Hand(page), time.monotonic()
    hand.type("input[name=code]", code)
    hand.tap("form button")
    hand.type("#name", "Rosa Quispe")
    hand.tap('label:has(input[name=channel][value="hall"])')
    hand.tap("button.main.wide")
    if "/r/" not in page.url:
        hand.tap("button.one-room, .on-now button.main, .on-now a.main")
    expect(page.locator("#question")).to_be_visible()
    return hand.told(began)


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--programme", default="media_jornada")
    parser.add_argument("--language", default="es")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        house = cast.app(data).extensions["house"]
        password = hashing.make(cast.PASSWORD)
        with house.store.write() as session:
            workshops.create_account(session, house.clock(), "elena@example.org", "Elena", password)
        house.store.close()
        server = Server(data).start()
        try:
            with sync_playwright() as play:
                chromium = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
                elena, rosa = (chromium.new_context(viewport=PHONE, locale=asked.language).new_page() for _ in range(2))
                elena.goto(f"{server.url}/login")
                elena.fill("input[name=email]", "elena@example.org")
                elena.fill("input[name=password]", cast.PASSWORD)
                elena.click("form button.main")
                elena.wait_for_url("**/workshops")
                facilitator, code = set_up(elena, server.url, asked.programme)
                print(json.dumps({"facilitator": facilitator, "newcomer": come_in(rosa, server.url, code)}, indent=1))
                chromium.close()
        finally:
            server.stop()


if __name__ == "__main__":
    main()
