"""Keeps those together who share a phone: one screen cannot be in two rooms."""
from collections.abc import Iterable, Mapping, Sequence


def kept_together(phones: Iterable[Sequence[str]], together: Iterable[Sequence[str]], apart: Iterable[Sequence[str]],
                  pins: Mapping[str, str]) -> list[list[str]]:
    """Returns the groups of people with one phone that can stay together: what was said of single people (`together`,
    `apart`, `pins`) goes first, so a phone whose people are kept apart or pinned to different rooms is left out."""
    unit: dict[str, set[str]] = {}
    for group in together:
        _join(unit, group)
    asunder, kept = [set(group) for group in apart], []
    for group in phones:
        whole = set().union(*(unit.get(one, {one}) for one in group))
        if len(group) < 2 or any(len(whole & some) > 1 for some in asunder):
            continue
        if len({pins[one] for one in whole if one in pins}) > 1:
            continue
        _join(unit, group)
        kept.append(list(group))
    return kept


def _join(unit: dict[str, set[str]], group: Sequence[str]) -> None:
    whole = set().union(*(unit.get(one, {one}) for one in group))
    unit.update(dict.fromkeys(whole, whole))
