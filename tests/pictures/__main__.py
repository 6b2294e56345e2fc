"""The command: `python -m tests.pictures FOLDER [--pages room desk] [--sizes phone laptop wall] [--languages es fr]
[--themes light dark]`.  Without choices it takes everything, some 40 minutes on two cores; FOLDER/index.html shows all."""
import argparse
import html
import tempfile
from functools import partial
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.live.server import Server
from tests.pictures.house import FULL, build
from tests.pictures.states import STATES, states
from tests.support import needs

SIZES = {"phone": (360, 740), "laptop": (1366, 768), "wall": (1920, 1080)}
LOCALES = {"es": "es-PE", "fr": "fr-FR", "en": "en-GB"}
OPEN = {"welcome": "/", "join": "/j/{code}?r=1&more=1", "login": "/login", "wall": "/s/{screen}", "nowhere": "/j/XXXXX2"}
SHARED = {"shared lobby": "/w/{workshop}", "shared way in": "/w/{workshop}/r/2"}  # three on a phone, one elsewhere
NEW = {"new lobby": "/w/{workshop}"}  # of somebody who is in no room
INSIDE = {"lobby": "/w/{workshop}", "plenary": "/w/{workshop}/plenary", "find": "/w/{workshop}/find?text=semilla"}
STAFF = {"desk": "/w/{workshop}/desk", "people": "/w/{workshop}/people", "ways": "/w/{workshop}/ways",
         "paper": "/w/{workshop}/paper", "team": "/w/{workshop}/team", "report": "/w/{workshop}/report",
         "scribe": "/w/{workshop}/r/3/scribe", "bring": "/w/{workshop}/r/1/bring", "history": "/w/{workshop}/r/1/history",
         "rounds": "/w/{workshop}/rounds", "draw": "/w/{workshop}/draw", "steps": "/w/{workshop}/r/1/process",
         "workshops": "/workshops",
         "account": "/account", "new": "/workshops/new", "methods": "/methods", "method": "/methods/foda",
         "process": "/methods/sistematizacion", "sheet": "/methods/cris/print", "edit": "/methods/{method}/edit",
         "from file": "/methods/from-file", "parts": "/parts",
         "programme in": "/w/{workshop}/programme/bring", "programme on paper": "/w/{workshop}/programme/print"}
# What README.md shows: the name there, the page here, its size.
README = {"phone": ("room writing", "phone"), "board": ("room voting", "laptop"), "result": ("room summing up", "phone"),
          "desk": ("desk", "laptop"), "wall": ("wall", "wall")}
CARDS = {"room full": FULL}
THERE = """() => [...document.querySelectorAll("#board .column h2 b")].reduce((n, one) => n + Number(one.textContent), 0)
  <= document.querySelectorAll("#board .card").length"""
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def join(context, at: dict, *names: str, room: str = "?r=1"):
    """A page of people who have come in."""
    page = context.new_page()
    page.on("pageerror", lambda error: print(f"a script failed: {error}"))
    page.goto(f"/j/{at['code']}{room}")
    page.fill("#name", names[0])
    if names[1:]:
        page.locator("summary").first.click()
    for n, name in enumerate(names[1:], 1):
        page.fill(f"#name-{n}", name)
    page.locator("input[name=delegation]").first.check()
    page.locator("input[name=channel]").first.check()
    page.locator("button.main.wide").click()
    page.wait_for_selector(".chip.line.online")
    return page


def whole(page, cards: int = 0) -> None:
    """Wait until all cards are there: a long board is drawn a few at a time, and over a line that came up slowly the older
    ones are asked for by a tap."""
    page.evaluate(DRAWN)
    page.evaluate("() => document.querySelector('#board .earlier button')?.click()")  # none: they are on their way
    page.wait_for_selector(".earlier", state="detached")
    for _ in range(100):  # what the columns count is there
        if page.evaluate(THERE):
            break
        page.wait_for_timeout(100)
    if cards:
        page.locator("#board .card").nth(cards - 1).wait_for(state="attached")


def family(context, at: dict):
    """A page of three on a phone; the youngest is in another room."""
    page = join(context, at, "Rosa Choquehuanca", "Julio", "Elvira")
    page.goto(f"/w/{at['workshop']}/r/5")
    for name in ("Rosa", "Julio"):
        page.locator("label.choice", has_text=name).locator("input").uncheck()
    page.click("button.main.wide")
    page.wait_for_selector(".chip.line.online")
    return page


def sign_in(context, at: dict):
    """A page of the owner."""
    page = context.new_page()
    page.goto("/login?next=/workshops")
    page.fill("#email", at["email"])
    page.fill("#password", at["password"])
    page.click("button.main")
    page.wait_for_url("**/workshops")
    return page


def take(browser, url: str, at: dict, folder: Path, asked) -> list[tuple[str, str]]:
    """Write the pictures; returns [(page, file name)]."""
    rooms = {f"room {name}": f"/w/{{workshop}}/r/{number}" for name, number in at["rooms"].items()}
    taken = []
    for size in asked.sizes:
        for language in asked.languages:
            for theme in asked.themes:
                contexts = [browser.new_context(
                    viewport=dict(zip(("width", "height"), SIZES[size], strict=True)), locale=LOCALES[language],
                    base_url=url, reduced_motion="reduce", color_scheme=theme) for _ in range(7)]
                people = (partial(join, contexts[0], at, "María de los Ángeles Quispe Huamán"), INSIDE | rooms | OPEN), (
                    partial(sign_in, contexts[1], at), STAFF), (partial(family, contexts[2], at), SHARED), (
                    partial(join, contexts[3], at, "Wara", room=""), NEW)
                for come, paths in people:
                    wanted = {name: path for name, path in paths.items()
                              if not asked.pages or any(name.startswith(one) for one in asked.pages)}
                    page = come() if wanted else None
                    for name, path in wanted.items():
                        asks = f"{'&' if '?' in path else '?'}lang={language}"  # an account has a language of its own
                        page.goto(path.format(**at) + (asks if name in STAFF else ""))
                        if name in rooms and (enter := page.locator("form:has([name=enter]) button.main")).count() == 1:
                            enter.click()  # from the room of the picture before
                            page.wait_for_selector("#board", state="attached")
                        if page.locator(".chip.line").count():
                            page.wait_for_selector(".chip.line.online", state="attached")
                        whole(page, CARDS.get(name, 0))
                        page.evaluate(DRAWN)
                        file = f"{name}-{size}-{language}-{theme}.png".replace(" ", "-")
                        page.screenshot(path=folder / file)
                        taken.append((name, file))
                        if asked.whole:
                            file = file.replace(".png", "-whole.png")
                            page.screenshot(path=folder / file, full_page=True)
                            taken.append((name, file))
                if "states" in at["rooms"] and (not asked.pages or any(
                        name.startswith(one) for name in STATES for one in asked.pages)):
                    inside = f"?r={at['rooms']['states']}"
                    pages = [join(contexts[n], at, name, room=inside) for n, name in ((4, "Ana"), (5, "Wara"))]
                    for name, page in states(*pages, sign_in(contexts[6], at), at, language):
                        page.evaluate(DRAWN)
                        file = f"{name}-{size}-{language}-{theme}.png".replace(" ", "-")
                        page.screenshot(path=folder / file)
                        taken.append((name, file))
                for context in contexts:
                    context.close()
    return taken


def index(folder: Path, taken: list[tuple[str, str]]) -> None:
    """A page with all pictures, the ones of a page beside each other."""
    rows = {}
    for name, file in taken:
        rows.setdefault(name, []).append(file)
    body = "".join(
        f"<h2>{html.escape(name)}</h2><p>" + "".join(
            f'<a href="{file}"><img src="{file}" alt="{file}" title="{file}" loading="lazy" height="420"></a> '
            for file in files) + "</p>" for name, files in rows.items())
    (folder / "index.html").write_text(f"<!doctype html><meta charset=utf-8><title>Pictures</title>{body}")


def main() -> None:
    """Read what is asked for, serve the meeting, take the pictures."""
    parser = argparse.ArgumentParser(prog="python -m tests.pictures", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", nargs="*", help="beginnings of their names; all unless given")
    parser.add_argument("--sizes", nargs="*", choices=SIZES, default=list(SIZES))
    parser.add_argument("--languages", nargs="*", choices=LOCALES, default=["es", "fr"])
    parser.add_argument("--themes", nargs="*", choices=("light", "dark"), default=["light", "dark"])
    parser.add_argument("--whole", action="store_true", help="the whole of each page too, not only what the screen shows")
    parser.add_argument("--readme", action="store_true", help="those that README.md shows, by the names that it uses")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    if asked.readme:
        asked.pages, asked.languages, asked.themes = [page for page, _size in README.values()], ["es"], ["light"]
    data = Path(tempfile.mkdtemp(prefix="tinkuy-pictures-"))
    at = build(data, asked.readme)
    server = Server(data).start()
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=needs.program("chromium-headless-shell", "chromium", "chromium-browser"),
                args=["--no-sandbox", "--disable-gpu"])
            place = Path(tempfile.mkdtemp()) if asked.readme else asked.folder
            taken = take(browser, server.url, at, place, asked)
            browser.close()
        if asked.readme:
            for name, (page, size) in README.items():
                with Image.open(place / f"{page}-{size}-es-light.png".replace(" ", "-")) as picture:
                    picture.convert("P", palette=Image.Palette.ADAPTIVE, colors=128).save(
                        asked.folder / f"{name}.png", optimize=True)
        else:
            index(asked.folder, taken)
    finally:
        server.stop()


if __name__ == "__main__":
    main()
