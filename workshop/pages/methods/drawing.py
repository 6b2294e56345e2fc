"""Draws lines, notes and words on a small SVG; the colours are in css/methods, so that they follow the page's."""
from collections.abc import Iterable

from markupsafe import Markup

SIZES = (12.5, 11.5, 10.5, 9.8, 9.2, 8.5)  # of letters, in units of the drawing
THIN, BROAD = frozenset("iljtfrI.,:;'|!()[] "), frozenset("mwMW@%…")  # the others are as wide as most


class Drawing:
    """Draws on an SVG that grows downwards; all lengths in its own units."""

    def __init__(self, width: int) -> None:
        self.width, self.low = width, 0.0
        self.parts: list[Markup] = []

    def svg(self, title: str, least: int) -> Markup:
        """Returns the whole drawing, at least `least` high."""
        height = max(least, round(self.low + 8))
        return Markup('<svg class="picture" role="img" viewBox="0 0 {} {}"><title>{}</title>{}</svg>').format(
            self.width, height, title, Markup("").join(self.parts))

    def _add(self, markup: str, *values: str | float | Markup, low: float = 0.0) -> None:
        self.low = max(self.low, low)
        shown = (f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else value for value in values)
        self.parts.append(Markup(markup).format(*shown))  # noqa: S704 (our own patterns; what goes in is escaped)

    def rect(self, x: float, y: float, to_x: float, to_y: float, kind: str, round_: int = 0) -> None:
        """Draws a box from corner to corner."""
        self._add('<rect class="{}" x="{}" y="{}" width="{}" height="{}" rx="{}"/>', kind, float(x), float(y),
                  float(to_x - x), float(max(0, to_y - y)), round_, low=to_y)

    def note(self, x: float, y: float, width: float, height: float, number: int) -> None:
        """Draws a note; `number` chooses its pastel."""
        self.rect(x, y, x + width, y + height, f"note n{number % 4}", 3)

    def line(self, x: float, y: float, to_x: float, to_y: float, kind: str) -> None:
        """Draws a line."""
        self._add('<line class="{}" x1="{}" y1="{}" x2="{}" y2="{}"/>', kind, float(x), float(y), float(to_x), float(to_y),
                  low=max(y, to_y))

    def tip(self, x: float, y: float, turned: int) -> None:
        """Draws the point of an arrow, to the right, turned by degrees."""
        self._add('<path class="tip" d="M0 0l-8-4v8z" transform="translate({} {}) rotate({})"/>', float(x), float(y), turned)

    def dot(self, x: float, y: float, radius: float, kind: str) -> None:
        """Draws a disc."""
        self._add('<circle class="{}" cx="{}" cy="{}" r="{}"/>', kind, float(x), float(y), radius, low=y + radius)

    def sign(self, sign: str, x: float, y: float, kind: str) -> None:
        """Draws a sign or a small number around a point."""
        self._add('<text class="sign {}" x="{}" y="{}" text-anchor="middle">{}</text>', kind, float(x), float(y + 5), sign,
                  low=y + 8)

    def weave(self, x: float, y: float, width: float) -> None:
        """Draws little triangles in a row: a column for each delegation."""
        steps = max(1, int(width // 10))
        self._add('<path class="woven" d="M{} {}{}"/>', float(x), float(y + 6), Markup("l5-6 5 6") * steps, low=y + 6)

    def figure(self, text: str, x: float, y: float) -> None:
        """Draws a number in the middle of a bead."""
        self._add('<text class="figure" x="{}" y="{}" text-anchor="middle">{}</text>', float(x), float(y), text)

    def words(self, text: str, x: float, y: float, width: float, lines: int, anchor: str = "start",
              upright: bool = False, most: float = SIZES[0]) -> float:
        """Draws words in a box of `width`, as large as they fit in `lines` and at most of size `most`; returns their height.
        """
        size, rows = fit(text, width, lines, most)
        x += width / 2 if anchor == "middle" and not upright else 0
        for number, row in enumerate(rows):
            base = y + (number + .92) * size * 1.12
            turned = Markup(' transform="rotate(-90 {0} {1}) translate({2} 0)"').format(
                f"{x + size:.1f}", f"{y:.1f}", f"{width / 2:.1f}") if upright else ""
            at = (x + size, y) if upright else (x, base)
            self._add('<text x="{}" y="{}" font-size="{}" text-anchor="{}"{}>{}</text>', *map(float, at), size, anchor,
                      turned, row, low=y if upright else base)
        return len(rows) * size * 1.12


def wide(text: str, size: float) -> float:
    """Returns how wide a text is at most, in the widest of the usual fonts (DejaVu Sans)."""
    return size * sum(_wide(letter) for letter in text)


def _wide(letter: str) -> float:
    """Returns a letter's width as part of its size."""
    if letter in THIN:
        return .39
    if letter in BROAD or (not letter.isascii() and not letter.isalpha()):
        return 1.0
    return .62 if letter.islower() or letter.isdigit() else .72


def common(texts: Iterable[str], width: float, lines: int) -> float:
    """Returns the size in which all these texts fit, so that words of one kind are equally large."""
    return min((fit(text, width, lines)[0] for text in texts), default=SIZES[0])


def fit(text: str, width: float, lines: int, most: float = SIZES[0]) -> tuple[float, list[str]]:
    """Returns (size, rows) of a text in the largest letters in which it fits; the smallest and an ellipsis where it does
    not."""
    for size in (size for size in SIZES if size <= most):
        rows = wrap(text.split(), width, size)
        if len(rows) <= lines and all(wide(row, size) <= width for row in rows):
            return size, rows
    rows = [*rows[:lines - 1], " ".join(rows[lines - 1:])]
    return size, [cut(row, width, size) for row in rows]


def wrap(words: list[str], width: float, size: float) -> list[str]:
    """Returns the words in rows of at most `width`; a word that is wider has a row of its own."""
    rows: list[str] = []
    for word in words:
        if rows and wide(f"{rows[-1]} {word}", size) <= width:
            rows[-1] += f" {word}"
        else:
            rows.append(word)
    return rows


def cut(row: str, width: float, size: float) -> str:
    """Returns the beginning of a row that fits."""
    if wide(row, size) <= width:
        return row
    while row and wide(f"{row}…", size) > width:
        row = row[:-1]
    return f"{row}…"
