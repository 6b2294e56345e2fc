"""Chromium in front of a real server process."""
import pytest

from tests.live.server import Server
from tests.support import cast, needs
from tests.support.waiting import PATIENCE
from workshop.pages.shell.assets import BUILD

SIZES = {"phone": (360, 740), "laptop": (1366, 768), "projector": (1920, 1080),
         "on its side": (640, 360), "low": (360, 640)}
# Cut lines and wrong codes are told in the console too, the last one by a service worker that looks for a newer self.
KNOWN = ("ERR_", "WebSocket", "status of 404", "beforeunload", "An unknown error occurred when fetching the script")
HOST = "tinkuy.test"  # not localhost: a plain-http name as in a hall, without a secure context


@pytest.fixture(scope="session")
def chromium():
    """Debian's Chromium through Playwright."""
    path = needs.program("chromium-headless-shell", "chromium", "chromium-browser")
    if not (BUILD / "manifest.json").exists():
        needs.without("the scripts are not built")
    from playwright.sync_api import expect, sync_playwright
    expect.set_options(timeout=1000 * PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[
            "--no-sandbox", f"--host-resolver-rules=MAP {HOST} 127.0.0.1",
            "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"])  # a microphone that beeps
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server with the founding meeting: {url, meeting, activities, server, data}."""
    data = tmp_path_factory.mktemp("house")
    app = cast.app(data)
    meeting = cast.found(app)
    activities = [cast.activities(app, room) for room in meeting["rooms"]]
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "activities": activities, "server": server, "data": data}
    server.stop()


@pytest.fixture
def open_page(chromium, house):
    """open_page(size, **context) -> a new person's page; complaints of the page fail the test at its end."""
    contexts, complaints = [], []

    def make(size: str = "phone", host: str = "127.0.0.1", **options):
        width, height = SIZES[size]
        base = house["url"].replace("127.0.0.1", host)
        context = chromium.new_context(viewport={"width": width, "height": height},
                                       **({"locale": "es-PE", "base_url": base, "reduced_motion": "reduce"} | options))
        context.set_default_timeout(1000 * PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: said.type == "error" and complaints.append(f"{said.text} {said.location['url']}"))
        return page
    make.complaints = complaints
    yield make
    for context in contexts:
        context.close()
    assert [c for c in complaints if not any(known in c for known in KNOWN)] == []


@pytest.fixture
def join(open_page, house):
    """join(name, room) -> the page of somebody in a room."""
    def enter(name: str = "Rosa", room: int = 1, size: str = "phone", **options):
        page = open_page(size, **options)
        page.goto(f"/j/{house['meeting']['code']}?r={room}")
        page.fill("#name", name)
        page.locator("input[name=delegation]").first.check()
        page.locator("input[name=channel]").first.check()
        page.locator("button.main.wide").click()
        page.wait_for_selector(".chip.line.online")
        return page
    return enter


@pytest.fixture
def staff(open_page):
    """staff(path) -> a page of the facilitator, signed in."""
    def enter(path: str, size: str = "laptop", **options):
        page = open_page(size, **options)
        page.goto(f"/login?next={path}")
        page.fill("#email", "elena@example.org")
        page.fill("#password", cast.PASSWORD)
        page.click("button.main")
        page.wait_for_url(f"**{path}")
        return page
    return enter
