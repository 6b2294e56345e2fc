"""Finds groups of people who answer alike, in a process beside the loop (`task`). It alone needs numpy, the extra `groups`;
what it finds is placed, told and drawn without.

Answers are 1 agree, -1 disagree, 0 pass. A gap counts as the mean of its statement; two principal components make a plane; a
point is drawn out by sqrt(statements / answers), so that few answers do not mean the middle; k-means finds 2 to 5 groups of
those who have answered enough, and the k whose silhouette is best is chosen. Nothing is left to chance: rows are sorted by
what they say, and every start is made of the points themselves.
"""
from collections.abc import Mapping, Sequence
from itertools import permutations
from typing import Any

import numpy as np

from workshop.domain.opinions import telling
from workshop.domain.opinions.packing import unpacked
from workshop.domain.opinions.standing import ENOUGH, LEAST, Found, group_of, needed
from workshop.domain.shapes import Json

MOST_GROUPS, MOVES, CHUNK = 5, 60, 256
AGAIN = 3  # results in a row that ask for another number of groups, before there are as many
MISSING = 2
Array = Any


def task(values: Json, content: bytes) -> tuple[Json | None, list[bytes]]:
    """Finds the groups of packed answers: {found, told} of values {cards, before}, as `find` and `telling.told` have them;
    None where there are none, or where one of them, counted as it is told of, has fewer than LEAST people."""
    cards = values["cards"]
    found = find(content, cards, values["before"])
    told = telling.told(Found(found), unpacked(content, cards)) if found else None
    few = told is None or any(group["n"] < LEAST for group in told["groups"])
    return None if few else {"found": found, "told": told}, []


def find(content: bytes, cards: Sequence[str], before: Json | None = None, least: int = LEAST,
         enough: int = ENOUGH) -> Json | None:
    """Finds the groups of people whose packed answers about `cards` these are: {cards, mean, axes, centres, letters, k,
    other}, as standing.Found reads it; None where there are none of `least` people. `before`: what it returned last; with it
    groups keep their letters, and their number until another has been the better one AGAIN times."""
    if not cards:
        return None
    rows = b"".join(sorted(content[at:at + len(cards)] for at in range(0, len(content), len(cards))))
    table: Array = np.frombuffer(rows, np.int8).reshape(-1, len(cards)).astype(np.float32) - 1
    inside = (table != MISSING).sum(1) >= max(1, needed(len(cards), enough))
    if int(inside.sum()) < 2 * least:
        return None
    mean, axes, points = _plane(table, _axes_before(before, cards))
    table, points = table[inside], points[inside]
    if not points.any():
        return None
    kept = _labels_before(before, cards, table)
    fresh = _best(points, least)
    k, other = _number(before, fresh, kept, points, least)
    if not k:
        return None
    as_before = kept is not None and k == len((before or {})["letters"])
    labels = _moved(points, _centres(points, kept, k)) if as_before else fresh[k][1]
    letters = _letters(labels, kept, k, (before or {}).get("letters"))
    order = sorted(range(k), key=lambda n: letters[n])
    centres = _centres(points, labels, k)[order]
    return {"cards": list(cards), "mean": mean.tolist(), "axes": axes.tolist(), "centres": centres.tolist(),
            "letters": [letters[n] for n in order], "other": other}


def _plane(table: Array, before: Array | None) -> tuple[Array, Array, Array]:
    """Returns (mean of each statement, two axes, the points of the people), each axis turned as it was `before`, else so
    that its heaviest statement is positive."""
    known = table != MISSING
    n, width = table.shape
    answers = known.sum(0)
    mean = np.where(known, table, 0).sum(0, dtype=np.float64) / np.maximum(answers, 1)
    gaps = np.where(known, table - mean, 0.0)
    if width <= n:
        values, vectors = np.linalg.eigh(gaps.T @ gaps)
        axes = vectors[:, ::-1][:, :2].T
    else:
        values, vectors = np.linalg.eigh(gaps @ gaps.T)
        axes = (gaps.T @ vectors[:, ::-1][:, :2]).T
        axes = axes / np.maximum(np.linalg.norm(axes, axis=1, keepdims=True), 1e-12)
    flat = values[::-1][:2] <= 1e-9
    axes[flat[:len(axes)]] = 0
    if len(axes) < 2:
        axes = np.vstack([axes, np.zeros((2 - len(axes), width))])
    for i, axis in enumerate(axes):
        like = float(axis @ before[i]) if before is not None else 0.0
        if (like or axis[int(np.argmax(np.abs(axis).round(9)))]) < 0:
            axes[i] = -axis
    return mean, axes, (gaps @ axes.T) * np.sqrt(width / np.maximum(known.sum(1), 1))[:, None]


def _axes_before(before: Json | None, cards: Sequence[str]) -> Array | None:
    if not before:
        return None
    place = {card: i for i, card in enumerate(before["cards"])}
    return np.array([[axis[place[card]] if card in place else 0.0 for card in cards] for axis in before["axes"]])


def _labels_before(before: Json | None, cards: Sequence[str], table: Array) -> Array | None:
    """Returns in which of the groups of `before` each of the people stands now."""
    if not before:
        return None
    found = Found(before)
    rows = [{card: int(said) for card, said in zip(cards, row, strict=True) if said != MISSING} for row in table.tolist()]
    return np.array([group_of(found, row) for row in rows])


def _best(points: Array, least: int) -> Mapping[int, tuple[float, Array]]:
    """Returns {k: (silhouette, label of each point)} of all numbers of groups of which none is smaller than `least`."""
    found = {}
    for k in range(2, MOST_GROUPS + 1):
        if k * least > len(points):
            break
        labels = min((_moved(points, start) for start in _starts(points, k)),
                     key=lambda labels: round(_spread(points, labels, k), 9))
        if k in _sizes_fit(labels, k, least):
            found[k] = labels
    return {k: (score, found[k]) for k, score in zip(found, _silhouettes(points, list(found.values())), strict=True)}


def _number(before: Json | None, fresh: Mapping[int, tuple[float, Array]], kept: Array | None, points: Array, least: int
            ) -> tuple[int, list[int]]:
    """Returns (how many groups there are, [another number that is better, how often it was so in a row])."""
    best = max(fresh, key=lambda k: (round(fresh[k][0], 9), -k), default=0)
    k = len((before or {}).get("letters", ()))
    if before is None or kept is None or k not in _sizes_fit(_moved(points, _centres(points, kept, k)), k, least):
        return best, [best, 0]
    if best in (k, 0):
        return k, [k, 0]
    other = [best, before["other"][1] + 1 if before["other"][0] == best else 1]
    return (best, [best, 0]) if other[1] >= AGAIN else (k, other)


def _sizes_fit(labels: Array, k: int, least: int) -> tuple[int, ...]:
    """Returns (k,) where each of k groups has at least so many people, else ()."""
    return (k,) if int(np.bincount(labels, minlength=k).min()) >= least else ()


def _starts(points: Array, k: int) -> list[Array]:
    """Lists starts: the points farthest from each other, and the means of k equal parts along several directions."""
    from_middle = int(np.argmax((points ** 2).sum(1)))
    chosen = [from_middle]
    while len(chosen) < k:
        apart = np.min([((points - points[i]) ** 2).sum(1) for i in chosen], axis=0)
        chosen.append(int(np.argmax(apart)))
    starts = [points[chosen]]
    for angle in np.arange(8) * np.pi / 8:
        order = np.argsort(points @ np.array([np.cos(angle), np.sin(angle)]), kind="stable")
        starts.append(np.array([points[part].mean(0) for part in np.array_split(order, k)]))
    turn = np.arctan2(points[:, 1], points[:, 0])
    starts.append(np.array([points[part].mean(0) for part in np.array_split(np.argsort(turn, kind="stable"), k)]))
    return starts


def _moved(points: Array, centres: Array) -> Array:
    """Moves the centres until nobody is nearer to another (Lloyd); returns the label of each point."""
    labels = _nearest(points, centres)
    for _ in range(MOVES):
        centres = _centres(points, labels, len(centres), centres)
        after = _nearest(points, centres)
        if (after == labels).all():
            break
        labels = after
    return labels


def _nearest(points: Array, centres: Array) -> Array:
    return np.argmin(((points[:, None] - centres[None]) ** 2).sum(2).round(9), axis=1)


def _centres(points: Array, labels: Array, k: int, empty: Array | None = None) -> Array:
    many = np.bincount(labels, minlength=k)[:, None]
    sums = np.stack([np.bincount(labels, points[:, i], k) for i in range(points.shape[1])], axis=1)
    return np.where(many > 0, sums / np.maximum(many, 1), 1e6 if empty is None else empty)


def _spread(points: Array, labels: Array, k: int) -> float:
    return float(((points - _centres(points, labels, k)[labels]) ** 2).sum())


def _silhouettes(points: Array, ways: Sequence[Array]) -> list[float]:
    """Returns the mean silhouette of each way to put the points into groups; distances are made a part at a time."""
    sums = [0.0] * len(ways)
    hot = [np.eye(int(way.max()) + 1)[way] for way in ways]
    for at in range(0, len(points), CHUNK):
        part = points[at:at + CHUNK]
        apart = np.sqrt(((part[:, None] - points[None]) ** 2).sum(2))
        for n, (way, inside) in enumerate(zip(ways, hot, strict=True)):
            total, sizes, mine = apart @ inside, inside.sum(0), way[at:at + CHUNK]
            rows = np.arange(len(part))
            own = total[rows, mine] / np.maximum(sizes[mine] - 1, 1)
            others = total / np.maximum(sizes, 1)
            others[rows, mine] = np.inf
            near = others.min(1)
            sums[n] += float(np.where(sizes[mine] > 1, (near - own) / np.maximum(np.maximum(near, own), 1e-12), 0).sum())
    return [total / len(points) for total in sums]


def _letters(labels: Array, kept: Array | None, k: int, had: Sequence[str] | None) -> list[str]:
    """Names the groups: each as the group before with which it shares most people, the others by their size."""
    sizes = np.bincount(labels, minlength=k)
    names = [""] * k
    if kept is not None and had:
        shared = np.array([[int(((labels == i) & (kept == j)).sum()) for j in range(len(had))] for i in range(k)])
        if k <= len(had):
            ways = [list(zip(range(k), way, strict=True)) for way in permutations(range(len(had)), k)]
        else:
            ways = [list(zip(way, range(len(had)), strict=True)) for way in permutations(range(k), len(had))]
        for i, j in max(ways, key=lambda way: sum(shared[i, j] for i, j in way)):
            names[i] = had[j] if shared[i, j] else ""
    free = [letter for letter in "ABCDEFGHIJ" if letter not in names]
    for i in sorted((i for i in range(k) if not names[i]), key=lambda i: -sizes[i]):
        names[i] = free.pop(0)
    return names
