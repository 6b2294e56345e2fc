"""Colour, pattern and position of the delegations' weave; the first eight differ in colour and in pattern."""
from collections.abc import Collection

COLOURS = ("#a3123a", "#27407a", "#3c6b3c", "#b4562f", "#6d3f93", "#4a4a4a", "#8a6410", "#0e6a6f")
PATTERNS = ("triangles", "diamonds", "checks", "slants", "steps", "bars", "waves", "dots")


def weave(index: int) -> dict[str, str]:
    """{colour: '#rrggbb', pattern: name} of delegation number `index`."""
    return {"colour": COLOURS[index % len(COLOURS)], "pattern": PATTERNS[(index + index // 8) % len(PATTERNS)]}


def short_label(name: str, taken: Collection[str] = ()) -> str:
    """A label of two or three letters from the name, unlike those `taken`: 'Palos Blancos' -> 'PB'."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalpha()] or ["X"]
    first = "".join(word[0] for word in words)[:3] if len(words) > 1 else words[0][:3]
    tries = [first, words[0][:3], *(f"{first[:2]}{i}" for i in range(2, 100))]
    return next(label for label in (t.upper() for t in tries) if label not in taken)
