"""A newcomer on a slow line: from the link to a board of 500 ideas that can be read, and to the moment when one can write.

    python -m tests.bench.newcomer [--cards 500] [--lines "400 kbit/s" "50 kbit/s"]

The line is a relay on the loopback (workshop/replay/relay.py) that Chromium knows nothing of: sockets are slow too, and
every byte in both directions is counted, headers and frames included.  Prints JSON; times in seconds.  The name is written
in no time, so the room's script, which comes meanwhile, is still under way when the form is sent: nobody is as quick.
"""
import argparse
import json
import random
import shutil
import tempfile
import time
from collections import Counter

from playwright.sync_api import sync_playwright

from tests.faults.relays.proxy import Apart
from tests.live.server import Server
from tests.support import cast

LINES = {"400 kbit/s": {"rate": 50_000.0, "latency": 0.2}, "50 kbit/s": {"rate": 6_250.0, "latency": 0.5}}  # bytes, seconds
ONLINE = ".chip.line.online, .chip.line.slow"
WORDS = (
    "guardar", "semilla", "propia", "quinua", "papa", "nativa", "feria", "comunidad", "agua", "riego", "turno", "camino",
    "cosecha", "precio", "mercado", "municipio", "asamblea", "mujeres", "jóvenes", "autoridad", "presupuesto", "llama",
    "alpaca", "helada", "sequía", "radio", "mensaje", "cuaderno", "acuerdo", "vigilancia", "trueque", "almacén",
    "sindicato", "provincia", "frontera", "escuela", "salud", "vacuna", "técnico", "proyecto", "experiencia", "lección",
    "canasta", "entrega", "familia", "productor", "consumo", "soberanía", "alimento", "variedad", "suelo", "abono",
    "laguna")


def text(draw: random.Random) -> str:
    """An idea of about 107 letters."""
    words = []
    while sum(map(len, words)) + len(words) < 105:
        words.append(draw.choice(WORDS))
    return " ".join(words).capitalize()


def house(data: str, cards: int) -> tuple[dict, Server]:
    """A server with the founding meeting and `cards` ideas by three people in room 1."""
    app = cast.app(data, rate=1e6, burst=10**6)
    meeting, draw = cast.found(app), random.Random(1)
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    people = [cast.Phone(app.test_client()) for _ in range(3)]
    for phone, name in zip(people, ("Rosa Mamani", "Don Julio", "Elvira Condori"), strict=True):
        phone.join(meeting["code"], name)
    for n in range(cards):
        people[n % 3].post(board, text(draw))
    app.extensions["house"].store.close()
    return meeting, Server(data).start()


def visits(chromium, meeting: dict, server: Server, line: dict) -> dict:
    """The first visit and the next one over a line."""
    with Apart(server.port, **line) as proxy:
        context = chromium.new_context(viewport={"width": 360, "height": 740}, locale="es-PE")
        page, hosts = context.new_page(), set()
        context.on("request", lambda request: hosts.add(request.url.split("/")[2]))
        began = time.monotonic()
        page.goto(f"{proxy.url}/j/{meeting['code']}?r=1", wait_until="commit")
        page.wait_for_selector("#name")
        door = {"readable": since(began), "bytes": carried(proxy)}
        page.fill("#name", "Newcomer")
        page.locator("input[name=delegation]").first.check()
        page.locator("input[name=channel]").first.check()
        before, began = carried(proxy), time.monotonic()
        page.locator("button.main.wide").click(no_wait_after=True)
        first = arrive(page, began) | {"bytes": settled(page, proxy) - before}
        page.close()
        before, began, page = carried(proxy), time.monotonic(), context.new_page()
        page.goto(f"{proxy.url}/w/{meeting['workshop']}/r/1", wait_until="commit")
        again = arrive(page, began) | {"bytes": settled(page, proxy) - before}
        shown = page.locator("li.card").count()
        context.close()
        return {"door": door, "first visit": first, "return": again, "cards shown": shown,
                "outside hosts": sorted(hosts - {proxy.url.split("/")[2]})}


def arrive(page, began: float) -> dict:
    """When a card can be read, and when the page can send."""
    page.wait_for_selector("li.card .text", timeout=120_000)
    readable = since(began)
    page.wait_for_selector(ONLINE, timeout=120_000)
    return {"readable": readable, "able to post": since(began)}


def settled(page, proxy) -> Counter:
    """The bytes carried once nothing more comes, the service worker among them."""
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    last = None
    while last != (last := carried(proxy)):
        page.wait_for_timeout(2500)
    return last


def carried(proxy) -> Counter:
    """Bytes of all connections, up and down."""
    return sum((Counter(link.bytes) for link in proxy.links), Counter())


def since(moment: float) -> float:
    """Seconds."""
    return round(time.monotonic() - moment, 2)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cards", type=int, default=500)
    parser.add_argument("--lines", nargs="*", default=list(LINES), choices=LINES)
    asked = parser.parse_args()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as data:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        meeting, server = house(data, asked.cards)
        try:
            figures = {name: visits(chromium, meeting, server, LINES[name]) for name in asked.lines}
        finally:
            server.stop()
        chromium.close()
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
