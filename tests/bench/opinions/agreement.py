"""Holds the opinion groups that are found beside those that were published.

    python -m tests.bench.opinions.agreement FOLDER     one line for each recorded conversation in it

The adjusted Rand index (Hubert and Arabie, 1985) of two ways to put the same people into groups is 1 where they are the same
and about 0 where they have nothing to do with each other.  Groups of two people are allowed here, as in the published ones.
"""
import csv
import sys
import time
from collections import Counter
from collections.abc import Sequence
from math import comb
from pathlib import Path

from workshop.domain.opinions import finding, packing, standing


def adjusted_rand(one: Sequence[object], other: Sequence[object]) -> float:
    """Returns the index of two labellings of the same people."""
    pairs = comb(len(one), 2)
    both = sum(comb(n, 2) for n in Counter(zip(one, other, strict=True)).values())
    mine, theirs = (sum(comb(n, 2) for n in Counter(labels).values()) for labels in (one, other))
    chance = mine * theirs / pairs if pairs else 0.0
    most = (mine + theirs) / 2
    return 1.0 if most == chance else (both - chance) / (most - chance)


def recorded(folder: Path) -> tuple[dict[str, dict[str, int]], dict[str, str]]:
    """Reads ({person: {statement: answer}}, {person: published group}) of a recorded conversation; statements that
    moderators rejected are not among the answers."""
    with (folder / "comments.csv").open(encoding="utf-8", newline="") as file:
        out = {row["comment_id"] for row in csv.DictReader(file) if row["moderated"] == "-1"}
    people: dict[str, dict[str, int]] = {}
    with (folder / "votes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["comment_id"] not in out:
                people.setdefault(row["participant_id"], {})[row["comment_id"]] = int(row["vote"])
    with (folder / "participants.csv").open(encoding="utf-8", newline="") as file:
        groups = {row["participant_id"]: row["group_id"] for row in csv.DictReader(file) if row["group_id"]}
    return people, groups


def agreement(folder: Path, least: int = 2) -> dict[str, object]:
    """Returns {people, both, k, theirs, index, cpu} of a conversation; `both`: people who are in a group here and there."""
    people, groups = recorded(folder)
    cards = sorted({card for row in people.values() for card in row}, key=int)
    began = time.process_time()
    told = finding.find(packing.packed(list(people.values()), cards), cards, least=least)
    spent = time.process_time() - began
    assert told
    mine = standing.members(standing.Found(told), people)
    both = sorted(mine.keys() & groups.keys())
    return {"people": len(people), "both": len(both), "k": len(told["letters"]), "theirs": len(set(groups.values())),
            "index": adjusted_rand([mine[key] for key in both], [groups[key] for key in both]), "cpu": spent}


if __name__ == "__main__":
    for folder in sorted(one for one in Path(sys.argv[1]).iterdir() if (one / "votes.csv").exists()):
        print(folder.name, " ".join(f"{name} {value:.3f}" if isinstance(value, float) else f"{name} {value}"
                                    for name, value in agreement(folder).items()))
