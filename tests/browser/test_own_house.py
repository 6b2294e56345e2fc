"""Nothing that a page needs comes from somewhere else: whoever takes part is seen by nobody outside."""
from urllib.parse import urlsplit

from tests.browser.test_a_meeting import post
from tests.browser.test_everybody import INSIDE, OPEN, STAFF

OURS = ("http", "https", "ws", "wss")  # data: and blob: leave no machine


def test_no_page_asks_another_host_for_anything(join, staff, house):
    asked = []  # (page, address)

    def overhear(page, where: dict) -> None:
        page.context.on("request", lambda request: asked.append((where["name"], request.url)))
        page.on("websocket", lambda socket: asked.append((where["name"], socket.url)))

    rosa, elena, where = join("Rosa"), staff("/workshops"), {"name": ""}
    overhear(rosa, where)
    overhear(elena, where)
    post(rosa, "Guardar semilla propia https://semillas.example/foto.png")
    rosa.wait_for_selector(".saved")
    staffs = {name: path for name, path in STAFF.items() if "{method}" not in path}
    for page, paths in ((rosa, INSIDE | OPEN), (elena, staffs)):
        for where["name"], path in paths.items():
            page.goto(path.format(**house["meeting"]))
            page.wait_for_load_state("networkidle")
            page.evaluate("scrollTo(0, document.body.scrollHeight)")
    ours = urlsplit(house["url"]).netloc
    there = {name for name, url in asked if urlsplit(url).netloc == ours}
    assert there >= {*INSIDE, *OPEN, *staffs}, "each page was opened"
    assert any(url.startswith("ws") for _, url in asked), "lines were seen too"
    assert {(name, url) for name, url in asked if urlsplit(url).scheme in OURS and urlsplit(url).netloc != ours} == set()
