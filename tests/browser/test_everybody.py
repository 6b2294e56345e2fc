"""Pages that everybody can read: axe finds nothing, and nothing makes a narrow phone scroll sideways."""
import pytest
from axe_playwright_python.sync_playwright import Axe

from tests import cast
from tests.browser.test_a_meeting import post

STAFF = {"desk": "/w/{workshop}/desk", "people": "/w/{workshop}/people", "ways": "/w/{workshop}/ways",
         "paper": "/w/{workshop}/paper",
         "team": "/w/{workshop}/team", "report": "/w/{workshop}/report",
         "scribe": "/w/{workshop}/r/1/scribe", "bring": "/w/{workshop}/r/1/bring", "history": "/w/{workshop}/r/1/history",
         "rounds": "/w/{workshop}/rounds",
         "steps": "/w/{workshop}/r/1/process",
         "workshops": "/workshops", "new": "/workshops/new", "methods": "/methods", "method": "/methods/foda",
         "process": "/methods/sistematizacion", "sheet": "/methods/cris/print", "edit": "/methods/{method}/edit",
         "yaml": "/methods/{method}/yaml", "from file": "/methods/from-file"}
OPEN = {"welcome": "/", "join": "/j/{code}?r=1&more=1", "login": "/login", "wall": "/s/{screen}", "nowhere": "/j/XXXXX2"}
INSIDE = {"room": "/w/{workshop}/r/1", "lobby": "/w/{workshop}", "plenary": "/w/{workshop}/plenary",
          "other room": "/w/{workshop}/r/2", "find": "/w/{workshop}/find?text=semilla"}
LONG = "María de los Ángeles Quispe Huamán de la Cruz Choquehuanca Mamani"


def complaints(page) -> list[str]:
    """What axe says, and the elements that stand out of the page."""
    said = [f"{v['id']}: {node['html'][:120]}" for v in Axe().run(page).response["violations"] for node in v["nodes"]]
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return said + ([f"{wide} px too wide"] if wide > 0 else [])


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


@pytest.mark.parametrize(("size", "scheme"), [
    ("phone", "light"), ("laptop", "light"), ("projector", "light"), ("phone", "dark"), ("laptop", "dark")])
def test_axe_finds_nothing_on_any_page(join, staff, filled, size, scheme):
    found = {}
    rosa = join(LONG, size=size, color_scheme=scheme)
    post(rosa, "Guardar semilla propia en cada casa, no solo en el almacén comunal.")
    post(rosa, "Una-palabra-muy-larga-sin-ningún-espacio-" * 4)
    rosa.wait_for_selector(".saved")
    for name, path in (INSIDE | OPEN).items():
        rosa.goto(path.format(**filled))
        rosa.wait_for_timeout(200)
        found[name] = complaints(rosa)
    elena = staff("/workshops", size, color_scheme=scheme)
    for name, path in STAFF.items():
        elena.goto(path.format(**filled))
        elena.wait_for_timeout(200)
        found[name] = complaints(elena)
    assert {name: said for name, said in found.items() if said} == {}


def test_nothing_scrolls_sideways_on_the_narrowest_phone(join, staff, filled):
    rosa, elena = join(LONG), staff("/workshops", "phone")
    found = {}
    for page, paths in ((rosa, INSIDE | OPEN), (elena, STAFF)):
        page.set_viewport_size({"width": 320, "height": 568})
        for name, path in paths.items():
            page.goto(path.format(**filled))
            page.wait_for_timeout(200)
            found[name] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert {name: wide for name, wide in found.items() if wide > 0} == {}
