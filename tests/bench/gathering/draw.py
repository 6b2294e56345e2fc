"""What a balanced draw costs: 150 people into 12 rooms, of 5 delegations, 2 channels, 3 genders, 3 languages, 4 places.

    python -m tests.bench.gathering.draw [--count 20] [--people 150] [--rooms 12]

JSON: processor time of a draw in milliseconds (median, most), without and with the meetings of two days before, and with
rules; how far the farthest node of the two trees and the farthest other category was from its share, over all of them.
"""
import argparse
import json
import random
import statistics
import time

from workshop.domain.draws.draws import draw
from workshop.domain.draws.shapes import Asked, Pair, Person


def crowd(chance: random.Random, people: int) -> list[Person]:
    """People of every sort, some sorts rarer than others."""
    def of(*values: str) -> str:
        return chance.choices(values, [3 / (2 + at) for at in range(len(values))])[0]
    return [Person(f"{n:04}", of("A", "B", "C", "D", "E"), of("hall", "remote"), of("W", "X", "Y", "Z"), of("f", "m", "x"),
                   of("es", "qu", "ay")) for n in range(people)]


def days(chance: random.Random, people: list[Person], rooms: int) -> dict[Pair, int]:
    """Who met on two days before."""
    met: dict[Pair, int] = {}
    for _ in range(2):
        ids = [one.id for one in people]
        chance.shuffle(ids)
        for at in range(rooms):
            group = sorted(ids[at::rooms])
            for n, one in enumerate(group):
                for other in group[n + 1:]:
                    met[one, other] = met.get((one, other), 0) + 1
    return met


def measured(count: int, people: int, rooms: int, sort: str) -> dict:
    """{ms, most_ms, worst, worst_other, again} of draws of one sort."""
    spent, worst, other, again = [], [], [], []
    for n in range(count):
        chance = random.Random(n)
        those = crowd(chance, people)
        more: dict = {"met": days(chance, those, rooms)} if sort == "met" else {}
        if sort == "rules":
            more = {"pins": {those[0].id: "0", those[1].id: "1"}, "apart": [[one.id for one in those[10:13]]],
                    "together": [[those[2].id, those[3].id], [one.id for one in those[4:7]]]}
        before = time.process_time()
        told = draw(Asked({str(at): None for at in range(rooms)}, those, str(n), **more)).certificate
        spent.append(1000 * (time.process_time() - before))
        worst.append(max(tree["decimal"] for tree in told["trees"].values()))
        other.append(max(one["decimal"] for one in told["categories"].values()))
        again.append(told["again"]["times"])
    return {"ms": round(statistics.median(spent), 1), "most_ms": round(max(spent), 1), "worst": max(worst),
            "worst_other": max(other), "again": round(statistics.mean(again))}


def main() -> None:
    asked = argparse.ArgumentParser()
    for name, value in (("count", 20), ("people", 150), ("rooms", 12)):
        asked.add_argument(f"--{name}", type=int, default=value)
    said = asked.parse_args()
    print(json.dumps({sort: measured(said.count, said.people, said.rooms, sort) for sort in ("plain", "met", "rules")},
                     indent=1))


if __name__ == "__main__":
    main()
