"""Fits texts that are longer than a card: shortened or split between words, as somebody chose; nothing is cut without a
word."""
import re

from workshop.intake.table import SHORTEN, SPLIT

LEAST = 200  # characters of a part
HEAD = len("(99/99) ")
BREAKS = (re.compile(r"\n"), re.compile(r"(?<=[.!?…])\s"), re.compile(r"\s"))  # the first that a part has, from its end


def fitted(text: str, most: int, how: str) -> tuple[list[str], str]:
    """Returns (the texts of at most `most` characters that it becomes, the code of what was done or ''); [] for none."""
    if len(text) <= most:
        return [text], ""
    if most < LEAST or how not in (SHORTEN, SPLIT):
        return [], ""
    if how == SHORTEN:
        return [text[:_end(text, most - 1)].rstrip() + "…"], "shortened"
    parts = []
    while text:
        end = _end(text, most - HEAD)
        parts.append(text[:end].strip())
        text = text[end:].strip()
    return [f"({n}/{len(parts)}) {part}" for n, part in enumerate(parts, 1)], "split"


def _end(text: str, most: int) -> int:
    """Returns where a part of the text ends: between paragraphs, sentences or words of its second half, or in a word."""
    if len(text) <= most:
        return len(text)
    for sign in BREAKS:
        if ends := [found.end() for found in sign.finditer(text, most // 2, most)]:
            return ends[-1]
    return most
