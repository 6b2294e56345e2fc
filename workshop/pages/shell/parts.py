"""Every part of the look in every state on one page, for whoever designs, develops or tests: drawn by the macros and sheets
of the pages themselves."""
import re
from functools import cache
from pathlib import Path

from flask import Blueprint
from flask.typing import ResponseReturnValue

from workshop.domain.shapes import Json
from workshop.domain.weave import COLOURS, TILES
from workshop.folders import STATIC
from workshop.pages.accounts.sign_in import signed_in
from workshop.pages.shell.icons import ICONS
from workshop.pages.shell.render import show
from workshop.words import N_, _

pages = Blueprint("parts", __name__)
SHEETS = ("door", "board", "talk", "files", "groups", "votes", "lobby", "desk", "look")
TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{3,6})\b")
GROUNDS = ("paper", "sheet")  # on what text stands
# The word beside each icon, where it is shown.
WORDS = {
    "back": N_("Back"), "onward": N_("Next step"), "down": N_("Read more"), "up": N_("Read less"), "clock": N_("Time left"),
    "check": N_("Saved"), "heart": N_("React"), "comment": N_("Comment"), "pen": N_("Change"), "camera": N_("Photo"),
    "voice": N_("Voice note"), "send": N_("Send"), "hand": N_("Raise hand"), "plus": N_("Add a column"),
    "minus": N_("Remove"),
    "lock": N_("Lock entry"), "flag": N_("Decide"), "eye": N_("What people see"), "people": N_("People"),
    "pause": N_("Pause"), "play": N_("Resume"), "alert": N_("Not possible"), "nosignal": N_("No connection"),
    "quiet": N_("Working"),
    "find": N_("Search ideas"), "bars": N_("Votes"), "quote": N_("Quotation"), "call": N_("Plenary"),
    "print": N_("To print"),
    "sheet": N_("Summary"), "more": N_("More people"), "close": N_("Close this message"), "wait": N_("Ideas that came late"),
    "move": N_("Move to…"), "own": N_("Mine"), "bell": N_("Sound when something changes"), "hush": N_("Without sound"),
    "idea": N_("Ideas"), "wall": N_("Wall")}
LONG = "María de los Ángeles Quispe Huamán de la Cruz Choquehuanca Mamani"
PLACES = ("Taraco", "Salinas", "Palos Blancos", "Aija-La Merced", "Pamparomás", "Lima", "San Pedro de Totora", "Cajatambo")


@pages.get("/parts")
@signed_in
def parts() -> ResponseReturnValue:
    """The page; its cards, people and votes are samples that stand in no workshop."""
    delegations = [{"id": f"d{n}", "name": name, "label": name[:3].upper(), "weave": n} for n, name in enumerate(PLACES)]
    return show("shell/parts.html", styles=SHEETS, swatches=swatches(), weaves_by_day=[
        {"name": tile.name, "ink": colour.light[0], "contrast": f"{contrast(*colour.light):.1f}",
         "dark": f"{contrast(*colour.dark):.1f}"} for colour, tile in zip(COLOURS, TILES, strict=True)],
        drawn={name: _(WORDS[name]) for name in ICONS}, delegations=delegations, cards=_cards())


def _cards() -> dict[str, Json]:
    """{state: card}."""
    def card(state: str, n: int, text: str = "", **more: object) -> Json:
        return {"id": f"c-{state}", "kind": "idea", "number": n, "delegation": f"d{n % len(PLACES)}", "name": "Julio Quispe",
                "body": {"text": text or _("Keep our own seed in every house, even when the harvest is small.")}} | more
    return {"usual": card("usual", 1), "own": card("own", 2, mine="seat", name="Rosa Mamani"),
            "waits": card("waits", 3, mine="seat", name="Rosa Mamani", waits=True),
            "staff": card("staff", 4, staff=True, name=None), "long": card("long", 6, "Sostenibilidad-" * 12, name=LONG),
            "paper": card("paper", 5, channel="paper", helper="Elvira")}


@cache
def tokens() -> dict[str, dict[str, str]]:
    """{'light' or 'dark': {token: colour}} of css/shell/base.css."""
    source = Path(STATIC / "css" / "shell" / "base.css").read_text()
    light, dark = source.split("@media (prefers-color-scheme: dark)", 1)
    day = dict(TOKEN.findall(light))
    return {"light": day, "dark": day | dict(TOKEN.findall(dark.split("@media", 1)[0]))}


def swatches() -> list[Json]:
    """[{name, by day and in the dark its colour and its contrast on each ground}] of the tokens that are colours."""
    return [{"name": name, "themes": [
        {"name": theme, "colour": known[name], "on": {ground: f"{contrast(known[name], known[ground]):.1f}"
                                                      for ground in GROUNDS}}
        for theme, known in tokens().items()]} for name in tokens()["light"]]


def contrast(one: str, other: str) -> float:
    """How far apart two colours are, as WCAG counts it: 1 to 21."""
    darker, lighter = sorted((_light(one), _light(other)))
    return (lighter + .05) / (darker + .05)


def _light(colour: str) -> float:
    sign = colour.lstrip("#")
    pairs = re.findall("..", sign if len(sign) == 6 else "".join(one * 2 for one in sign))
    linear = [value / 12.92 if value <= .04045 else ((value + .055) / 1.055) ** 2.4
              for value in (int(pair, 16) / 255 for pair in pairs)]
    return sum(share * value for share, value in zip((.2126, .7152, .0722), linear, strict=True))
