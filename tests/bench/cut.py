"""A line that is cut for half a minute while three ideas are written: how long after its return everybody has them.

    python -m tests.bench.cut [--seconds 30] [--times 3]

Three phones behind a relay (tests/faults/relays/proxy.py): one waits, one loads the page again, of one the tab is killed and
opened anew; each in two kinds of cut: `held`, where what was under way arrives afterwards, and `dead`, where the
connections of before are over.  Prints JSON: seconds from the line's return, or null where an idea was not there once
within a minute.
The bar: 3 of 3 in 5 s.
"""
import argparse
import json
import shutil
import tempfile
import time
from contextlib import suppress

from playwright.sync_api import Error, sync_playwright

from tests.faults.relays.proxy import DOWN, UP, Apart
from tests.live.server import Server
from tests.support import cast

ONLINE = ".chip.line.online, .chip.line.slow"
PATIENCE = 60.0
WAYS = ("waited", "loaded again", "killed")


def house(data: str) -> tuple[dict, Server]:
    """A server with the founding meeting."""
    app = cast.app(data)
    meeting = cast.found(app)
    cast.activities(app, meeting["rooms"][0])
    app.extensions["house"].store.close()
    return meeting, Server(data).start()


def enter(chromium, url: str, meeting: dict, name: str):
    """Somebody comes into room 1."""
    page = chromium.new_context(viewport={"width": 360, "height": 740}, locale="es-PE").new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"{url}/j/{meeting['code']}?r=1")
    page.fill("#name", name)
    page.locator("input[name=delegation]").first.check()
    page.locator("input[name=channel]").first.check()
    page.locator("button.main.wide").click()
    page.wait_for_selector(ONLINE)
    return page


def cut(chromium, meeting: dict, server: Server, seconds: float, kind: str, run: int) -> dict:
    """Three phones with a line of their own each, cut at once; somebody whose line is whole looks on."""
    here = enter(chromium, server.url, meeting, "Luis")
    with Apart(server.port) as one, Apart(server.port) as two, Apart(server.port) as three:
        lines = (one, two, three)
        pages = [enter(chromium, line.url, meeting, way) for way, line in zip(WAYS, lines, strict=True)]
        address = pages[2].url
        for line in lines:
            if kind == "held":
                line.hold()
            else:
                line.halve(UP, DOWN, new=True)
        began = time.monotonic()
        for way, page in zip(WAYS, pages, strict=True):
            for n in range(3):
                page.fill("#text", f"{kind} {run} {way} {n}")
                page.click("#composer button")
            page.wait_for_selector("text=3 por enviar")
        pages[2].close(run_before_unload=False)
        with suppress(Error):
            pages[1].reload(timeout=1000)
        pages[0].wait_for_timeout(max(0.0, 1000 * (began + seconds - time.monotonic())))
        for line in lines:
            line.go()
            line.heal()
            if kind == "dead":
                line.reset(lambda link: link.halved_at is not None)  # as a router that has forgotten them says
        returned = time.monotonic()
        again = pages[2].context.new_page()
        for page, to in ((pages[1], pages[1].url), (again, address)):
            with suppress(Error):  # what was asked for in the cut has come meanwhile
                page.evaluate("to => setTimeout(() => location.assign(to))", to)
        found = {}
        while len(found) < len(WAYS) and time.monotonic() - returned < PATIENCE:
            for way in WAYS:
                cards = [here.locator(".card", has_text=f"{kind} {run} {way} {n}").count() for n in range(3)]
                if way not in found and cards == [1, 1, 1]:
                    found[way] = round(time.monotonic() - returned, 1)
            here.wait_for_timeout(50)
        for page in (here, *pages[:2], again):
            page.context.close()
        return {way: found.get(way) for way in WAYS}


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as data:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        meeting, server = house(data)
        try:
            figures = {kind: [cut(chromium, meeting, server, asked.seconds, kind, run) for run in range(asked.times)]
                       for kind in ("held", "dead")}
        finally:
            server.stop()
            chromium.close()
    print(json.dumps(figures, indent=1))


if __name__ == "__main__":
    main()
