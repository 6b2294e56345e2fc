"""Gives pages the rules of the weaves that they show: `.w3` has the tile, the tint and the colour of weave number 3."""
from collections.abc import Iterable
from functools import cache
from urllib.parse import quote

from workshop.domain.weave import drawn, weave

ANYWHERE = tuple(range(6))  # where no delegations are known the band shows these


@cache
def rules(numbers: tuple[int, ...]) -> str:
    """The style of these weaves, by day and in the dark: properties --w (the tile), --t (the tint), --c (the colour)."""
    dark = "".join(_rule(number, dark=True) for number in numbers)
    return "".join(_rule(number) for number in numbers) + f"@media (prefers-color-scheme:dark){{{dark}}}"


def rules_for(weaves: Iterable[int]) -> str:
    """The rules for the weaves of a page, or for a band without any."""
    return rules(tuple(sorted(set(weaves))) or ANYWHERE)


def _rule(number: int, dark: bool = False) -> str:
    colour, tile = weave(number)
    ink, tint = colour.dark if dark else colour.light
    image = quote(drawn(tile, ink).replace('"', "'"), safe=" ='/:")
    return f'.w{number}{{--c:{ink};--t:{tint};--w:url("data:image/svg+xml,{image}")}}'
