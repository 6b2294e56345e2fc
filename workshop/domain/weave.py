"""The weave of the delegations: of each a colour and a tile, from which band, edge, chip and bar are woven."""
from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True)
class Colour:
    """A delegation's colour on its tint, by day and in the dark; the two are at least 4.5 : 1 apart."""

    light: tuple[str, str]
    dark: tuple[str, str]


@dataclass(frozen=True)
class Tile:
    """What is repeated: `path` in SVG's words (even-odd) on `width` times `HEIGHT` units."""

    name: str
    width: int
    path: str


HEIGHT = 12
COLOURS = (
    Colour(("#a3123a", "#f7dfe5"), ("#ff9db3", "#4b2330")), Colour(("#27407a", "#dfe6f5"), ("#a9bdf5", "#28324f")),
    Colour(("#3c6b3c", "#e0ebdd"), ("#9fd69f", "#27402a")), Colour(("#a84c26", "#f8e4da"), ("#f3ab8a", "#4b3226")),
    Colour(("#6d3f93", "#ebe1f4"), ("#cbaaf0", "#3c2c50")), Colour(("#4a4a4a", "#e6e4e0"), ("#d6d1c8", "#3b3833")),
    Colour(("#7a5a0c", "#f5ead0"), ("#e6c676", "#453719")), Colour(("#0e6a6f", "#d9ecec"), ("#85d0d4", "#1f4144")))
TILES = (
    Tile("peaks", 16, "M0 12 8 1l8 11z"),
    Tile("diamonds", 16, "M0 6l8-5 8 5-8 5zM5 6l3 2 3-2-3-2z"),
    Tile("checks", 12, "M0 0h6v6H0zM6 6h6v6H6z"),
    Tile("steps", 16, "M0 12V9h4V6h4V3h4V0h4v12z"),
    Tile("crosses", 16, "M0 5h2V3h3V0h6v3h3v2h2v2h-2v2h-3v3H5V9H2V7H0zM7 5v2h2V5z"),
    Tile("bars", 12, "M1 0h4v12H1zM8 0h2v12H8z"),
    Tile("meander", 16, "M0 8h4V2h9v6h3v2h-5V4H6v6H0z"),
    Tile("squares", 12, "M1 1h10v10H1zM4 4v4h4V4z"))


def weave(index: int) -> tuple[Colour, Tile]:
    """The colour and the tile of delegation number `index`: the first eight differ in both, the first 64 in one of them."""
    return COLOURS[index % len(COLOURS)], TILES[(index + index // 8) % len(TILES)]


def drawn(tile: Tile, colour: str) -> str:
    """The tile as a small SVG without its ground."""
    return (f'<svg xmlns="http://www.w3.org/2000/svg" width="{tile.width}" height="{HEIGHT}"><path fill="{colour}" '
            f'fill-rule="evenodd" d="{tile.path}"/></svg>')


def short_label(name: str, taken: Collection[str] = ()) -> str:
    """A label of two or three letters from the name, unlike those `taken`: 'Palos Blancos' -> 'PB'."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()] or ["X"]
    first = "".join(word[0] for word in words)[:3] if len(words) > 1 else words[0][:3]
    tries = [first, words[0][:3], *(f"{first[:2]}{i}" for i in range(2, 100))]
    return next(label for label in (t.upper() for t in tries) if label not in taken)
