"""A board of 900 ideas on a phone: what it costs on the wire, and whether it can be read, scrolled and searched smoothly.

    python -m tests.bench.board [--cards 900] [--slower 6] [--votes]

The ideas are the texts of the largest conversation of ../shared/data/polis, again and again with a number when there are
more cards than texts.  Chromium's processor is slowed down by `--slower`.  Prints JSON:

bytes             of a newcomer's visit, as they went over the wire: join page, first view, whole board
ms_to_first       from the last byte of page and script to the first ideas that the script draws; the page's own stand before
ms_to_all         from the frame that brings the rest of the board to the last card on the page
longest_task_ms   by the browser's own account (0: none over 50 ms) in each phase
ms_to_draw        from the frame with another's card to the end of the frame of the screen that shows it, five times
"""
import argparse
import csv
import json
import secrets
import shutil
import tempfile
import time

from playwright.sync_api import sync_playwright

from tests.bench.newcomer import carried
from tests.faults.relays.proxy import Apart
from tests.live.server import Server
from tests.support import cast
from tests.support.real import SHARED

PHONE = {"width": 360, "height": 740}
WATCH = """
window.tasks = [];
new PerformanceObserver((list) => tasks.push(...list.getEntries().map((one) => [one.startTime, one.duration])))
  .observe({type: "longtask", buffered: true});
window.seen = {heard: 0};
window.text = null; // of another's card that is waited for
window.WebSocket = class extends WebSocket {
  constructor(...of) {
    super(...of);
    this.addEventListener("message", ({data}) => {
      if (data.length > 20000) seen.heard = performance.now();
      if (text && data.includes(text)) seen.came = performance.now();
    });
  }
};
addEventListener("DOMContentLoaded", () => {
  const drawn = document.getElementsByClassName("tools"); // a live list: a selector took a quarter of the page's time
  const look = () => {
    if (!seen.first && document.querySelector(".card .tools button:first-child")) seen.first = performance.now();
    if (drawn.length >= CARDS) seen.all ??= performance.now();
    else requestAnimationFrame(look);
  };
  if (location.pathname.startsWith("/w/")) look();
});
"""
ARRIVAL = """
() => new MutationObserver((records) => {
  if (!seen.came || !records.some((one) => [...one.addedNodes].some((node) => node.textContent.includes(text)))) return;
  const {came} = seen, {port1, port2} = new MessageChannel();
  seen.came = 0;
  port1.onmessage = () => { seen.drawn = performance.now() - came; };
  requestAnimationFrame(() => port2.postMessage(0)); // what comes after it comes after the picture
}).observe(document.getElementById("board"), {subtree: true, childList: true})
"""


def texts(cards: int) -> list[str]:
    """The ideas of the largest conversation, repeated with a number."""
    conversations = []
    for file in (SHARED / "polis").glob("*/comments.csv"):
        with file.open(encoding="utf-8", newline="") as rows:
            conversations.append([row["body"] for row in csv.DictReader(rows)])
    largest = max(conversations, key=len)
    return [largest[n % len(largest)] + (f" ({n // len(largest) + 1})" if n >= len(largest) else "") for n in range(cards)]


def house(data: str, cards: int, votes: bool) -> tuple[dict, str, Server]:
    """A server with the founding meeting and the ideas in room 1."""
    app = cast.app(data, rate=1e6, burst=10**6)
    meeting = cast.found(app)
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    people = [cast.Phone(app.test_client()) for _ in range(6)]
    for n, phone in enumerate(people):
        phone.join(meeting["code"], f"Persona {n + 1}")
    for n, text in enumerate(texts(cards)):
        assert people[n % 6].post(board, text)["ok"]
    if votes:
        cast.to_step(app, meeting["rooms"][0], 1)
    app.extensions["house"].store.close()
    return meeting, board, Server(data).start()


def longest(page, since: float) -> int:
    """The longest task (ms) since an instant of the page's clock; 0 when none was longer than 50 ms."""
    page.wait_for_timeout(300)
    return round(max((duration for start, duration in page.evaluate("tasks") if start + duration > since), default=0))


def now(page) -> float:
    """The page's clock, in ms."""
    return page.evaluate("performance.now()")


def visit(chromium, server, meeting: dict, board: str, cards: int, slower: float, votes: bool) -> dict:
    """Join, read, scroll, search, and see what another writes."""
    context = chromium.new_context(viewport=PHONE, locale="es-PE", base_url=server.url)
    page = context.new_page()
    page.add_init_script(WATCH.replace("CARDS", str(cards)))
    page.goto(f"/j/{meeting['code']}?r=1")
    page.fill("#name", "Elvira")
    door = sum(carried(server).values())
    page.locator("input[name=delegation]").first.check()
    page.locator("input[name=channel]").first.check()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.locator("button.main.wide").click()
    page.wait_for_selector(".chip.line.online")
    first = sum(carried(server).values())
    wait(page, "seen.all")
    seen, came = page.evaluate("""() => [seen, Math.max(...[
        ...performance.getEntriesByType("navigation"),
        ...performance.getEntriesByType("resource").filter((one) => one.name.includes("room.js"))
      ].map((one) => one.responseEnd))]""")
    found = {"bytes": {"door": door, "first_view": first - door, "whole_board": sum(carried(server).values()) - door},
             "ms_to_first": round(seen["first"] - came), "ms_to_all": round(seen["all"] - seen["heard"]),
             "longest_task_ms": {"opening": longest(page, 0)}}
    at = now(page)
    for _ in range(40):
        page.mouse.wheel(0, 1500)
        page.wait_for_timeout(50)
    found["longest_task_ms"]["scrolling"] = longest(page, at)
    page.evaluate("scrollTo(0, 0)")
    at = now(page)
    page.evaluate("document.querySelector('.board-tools button').click()")
    page.wait_for_selector("#find")
    found["longest_task_ms"]["opening_the_search"] = longest(page, at)
    at = now(page)
    page.type("#find", texts(1)[0][:4], delay=120)
    page.wait_for_selector(".find [role=status]:not(:empty)")
    found["longest_task_ms"]["searching"] = longest(page, at)
    at = now(page)
    page.evaluate("document.querySelector('.find .small').click()")
    found["longest_task_ms"]["clearing"] = longest(page, at)
    page.evaluate("document.querySelector('.find .quiet').click()")
    page.evaluate(ARRIVAL)
    if votes:
        at = now(page)
        page.evaluate("document.querySelectorAll('.vote .pair button')[1].click()")
        found["longest_task_ms"]["voting"] = longest(page, at)
    else:
        found["ms_to_draw"] = [arrival(page, meeting, server, board) for _ in range(5)]
    context.close()
    return found


def arrival(page, meeting: dict, server, board: str) -> float:
    """ms from a frame of another's card to the end of the frame of the screen that shows it."""
    text = f"Otra idea {secrets.token_hex(4)}"
    page.evaluate("(said) => { text = said; seen.drawn = 0; }", text)
    other = page.context.browser.new_context(base_url=server.url)
    headers = {"X-Workshop": "1", "Origin": server.url}
    joined = other.request.post("/api/join", headers=headers, data={
        "code": meeting["code"], "room": 1, "seats": [{"name": "Otra", "channel": "hall"}]}).json()
    answer = other.request.post("/api/do", headers=headers, data={
        "client": secrets.token_urlsafe(16), "n": 1, "verb": "contribution.add", "seat": joined["seats"][0]["id"],
        "payload": {"activity": board, "id": secrets.token_urlsafe(9), "body": {"text": text}}}).json()
    assert answer["ok"], answer
    wait(page, "seen.drawn")
    other.close()
    return round(page.evaluate("seen.drawn"), 1)


def wait(page, condition: str, seconds: float = 120) -> None:
    """Until something is so on the page, whose rules do not let it watch for itself."""
    until = time.monotonic() + seconds
    while not page.evaluate(condition):
        assert time.monotonic() < until, condition
        page.wait_for_timeout(50)


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cards", type=int, default=900)
    parser.add_argument("--slower", type=float, default=6)
    parser.add_argument("--votes", action="store_true", help="the room votes instead of writing")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as data, sync_playwright() as playwright:
        meeting, board, server = house(data, asked.cards, asked.votes)
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            with Apart(server.port) as line:
                print(json.dumps(visit(chromium, line, meeting, board, asked.cards, asked.slower, asked.votes), indent=1))
        finally:
            chromium.close()
            server.stop()


if __name__ == "__main__":
    main()
