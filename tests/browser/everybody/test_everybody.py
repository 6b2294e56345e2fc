"""Pages that everybody can read, on any screen, in light and dark; and nothing that they need comes from somewhere else."""
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.facilitator.test_a_meeting import post
from tests.support import cast
from tests.support.needs import WHOLE

STAFF = {"desk": "/w/{workshop}/desk", "people": "/w/{workshop}/people", "ways": "/w/{workshop}/ways",
         "paper": "/w/{workshop}/paper",
         "team": "/w/{workshop}/team", "report": "/w/{workshop}/report",
         "scribe": "/w/{workshop}/r/1/scribe", "bring": "/w/{workshop}/r/1/bring", "history": "/w/{workshop}/r/1/history",
         "rounds": "/w/{workshop}/rounds",
         "steps": "/w/{workshop}/r/1/process",
         "workshops": "/workshops", "account": "/account",
         "new": "/workshops/new", "methods": "/methods", "method": "/methods/foda",
         "process": "/methods/sistematizacion", "sheet": "/methods/cris/print", "edit": "/methods/{method}/edit",
         "yaml": "/methods/{method}/yaml", "from file": "/methods/from-file",
         "parts": "/parts", "programme in": "/w/{workshop}/programme/bring",
         "programme on paper": "/w/{workshop}/programme/print?notes"}
OPEN = {"welcome": "/", "join": "/j/{code}?r=1&more=1", "login": "/login", "wall": "/s/{screen}", "nowhere": "/j/XXXXX2"}
INSIDE = {"room": "/w/{workshop}/r/1", "lobby": "/w/{workshop}", "plenary": "/w/{workshop}/plenary",
          "other room": "/w/{workshop}/r/2", "find": "/w/{workshop}/find?text=semilla"}
WORKED_WITH = ("room", "plenary", "desk", "scribe", "join")
LONG = "María de los Ángeles Quispe Huamán de la Cruz Choquehuanca Mamani"


NARROW = {"width": 320, "height": 568}
OURS = ("http", "https", "ws", "wss")  # data: and blob: leave no machine
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}  # all that changes in the dark


def complaints(page) -> list[str]:
    """What axe says, and whether something stands out of the page.  That every text can be read in the dark too is what
    test_contrast.py measures; with WORKSHOP_TEST_WHOLE=1 axe says it as well."""
    said = axe(page)
    if WHOLE:
        page.emulate_media(color_scheme="dark")
        said += axe(page, COLOURS)
        page.emulate_media(color_scheme="light")
    return said + too_wide(page)


def axe(page, options: dict | None = None) -> list[str]:
    """What axe says now."""
    return [f"{v['id']}: {node['html'][:120]}" for v in Axe().run(page, options=options).response["violations"]
            for node in v["nodes"]]


def too_wide(page) -> list[str]:
    """Whether the page has to be moved sideways to be read."""
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{wide} px too wide"] if wide > 0 else []


@pytest.fixture(scope="module")
def filled(house, chromium):
    """The meeting, and a method that its facilitator has copied."""
    context = chromium.new_context(base_url=house["url"])
    page = context.new_page()
    page.goto("/login?next=/methods/mapa_actores")
    page.fill("#email", "elena@example.org")
    page.fill("#password", cast.PASSWORD)
    page.click("button.main")
    page.click("form[action$='/copy'] button")
    page.wait_for_url("**/edit")
    method = page.url.split("/")[-2]
    context.close()
    return house["meeting"] | {"method": method}


@pytest.fixture
def crowd(join, staff):
    """crowd(size) -> (page of a participant, page of a facilitator), with ideas on the board."""
    def come(size: str) -> tuple:
        rosa = join(LONG, size=size)
        post(rosa, "Guardar semilla propia en cada casa: https://semillas.example/foto.png")
        post(rosa, "Una-palabra-muy-larga-sin-ningún-espacio-" * 4)
        rosa.wait_for_selector(".saved")
        return rosa, staff("/workshops", size)
    return come


def chosen(size: str) -> list[dict[str, str]]:
    """What is opened in a size, by who takes part and by the team: what people work with in both, of the rest every second,
    and the others in the other size."""
    def some(paths: dict) -> dict:
        return {name: path for n, (name, path) in enumerate(paths.items())
                if WHOLE or name in WORKED_WITH or n % 2 == (size == "laptop")}
    return [some(INSIDE | OPEN), some(STAFF)]


def visit(pages, meeting: dict, size: str):
    """Open each of the pages; yields (its name, the page)."""
    for page, paths in zip(pages, chosen(size), strict=True):
        for name, path in paths.items():
            page.goto(path.format(**meeting))
            page.wait_for_timeout(200)
            yield name, page


def test_no_page_is_left_out():
    opened = [set().union(*chosen(size)) for size in ("phone", "laptop")]
    assert opened[0] | opened[1] == INSIDE.keys() | OPEN.keys() | STAFF.keys()
    assert opened[0] & opened[1] >= set(WORKED_WITH)


@pytest.mark.parametrize("size", ["phone", "laptop", *(["projector"] if WHOLE else [])])
def test_everybody_can_read_every_page_in_light_and_dark_and_none_asks_another_host(crowd, filled, house, size):
    found, asked, pages = {}, [], crowd(size)
    for page in pages:
        page.context.on("request", lambda request: asked.append(request.url))
        page.on("websocket", lambda socket: asked.append(socket.url))
    for name, page in visit(pages, filled, size):
        said = complaints(page)
        if size == "phone":
            usual = page.viewport_size
            page.set_viewport_size(NARROW)
            said += too_wide(page)
            page.set_viewport_size(usual)
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        found[name] = said
    assert found.keys() == set().union(*chosen(size))
    assert {name: said for name, said in found.items() if said} == {}
    assert any(url.startswith("ws") for url in asked) and len(asked) > len(found), "pages and lines were overheard"
    assert {urlsplit(url).netloc for url in asked if urlsplit(url).scheme in OURS} == {urlsplit(house["url"]).netloc}


def test_what_is_shown_on_a_wall_can_be_read_there(crowd, filled):
    page, _ = crowd("projector")
    for path in (OPEN["wall"], INSIDE["plenary"], INSIDE["room"]):
        page.goto(path.format(**filled))
        page.wait_for_timeout(200)
        assert complaints(page) == [], path
