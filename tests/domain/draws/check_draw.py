"""How even is a draw of people over rooms, and which rules does it break?  Written by others than the draw, to judge it.

    python -m tests.domain.draws.check_draw INSTANCE.json ASSIGNMENT.json

The assignment is {"person id": room}, with rooms from 1; prints JSON; exit 0: every rule is kept.
"""
import json
import sys
from fractions import Fraction as F
from pathlib import Path

TREES = {"delegation": ["delegation"], "channel_gender_language": ["channel", "gender", "language"]}
CATEGORIES = ["delegation", "channel", "gender", "language", "site"]


def nodes(people, fields):
    """Every node of a tree: all, then channel, then gender within channel, then language within both."""
    out = {}
    for p in people:
        for k in range(len(fields) + 1):
            out.setdefault("/".join(["all"] + [p[f] for f in fields[:k]]), []).append(p["id"])
    return out


def worst(groups, got, rooms):
    """(largest |n_cr - n_c/rooms|, its group, its room, every group between floor and ceil)"""
    w, within = (F(-1), None, None), True
    for name, members in groups.items():
        share = F(len(members), rooms)
        for r in range(1, rooms + 1):
            n = sum(got.get(p) == r for p in members)
            w = max(w, (abs(n - share), name, r), key=lambda t: t[0])
            within = within and len(members) // rooms <= n <= -(-len(members) // rooms)
    return (*w, within)


def check(d, got):
    people, rooms = d["people"], d["rooms"]
    ids = {p["id"] for p in people}

    def sound(r):
        return isinstance(r, int) and not isinstance(r, bool) and 1 <= r <= rooms
    out = {"id": d["id"], "missing": sorted(ids - set(got)), "unknown": sorted(set(got) - ids),
           "no_such_room": sorted(p for p in got if not sound(got[p])),
           "pins_violated": sorted(p for p, r in d["pins"].items() if got.get(p) != r),
           "together_violated": [g for g in d["keep_together"] if len({got.get(p) for p in g}) > 1],
           "apart_violated": [g for g in d["keep_apart"] if len({got.get(p) for p in g}) < len(g)],
           "categories": {}, "trees": {}}
    for c in CATEGORIES:
        by = {}
        for p in people:
            by.setdefault(p[c], []).append(p["id"])
        v, name, room, _ = worst(by, got, rooms)
        out["categories"][c] = {"worst": str(v), "worst_decimal": round(float(v), 4), "value": name, "room": room}
    best = d.get("expected", {}).get("best_worst_deviation", {})
    for t, fields in TREES.items():
        v, name, room, within = worst(nodes(people, fields), got, rooms)
        row = {"worst": str(v), "worst_decimal": round(float(v), 4), "node": name, "room": room,
               "within_one_seat": within}
        if t in best:
            row["best_reachable"] = best[t]
            row["is_best"] = v == F(best[t])
        out["trees"][t] = row
    out["both_trees_within_one_seat"] = all(t["within_one_seat"] for t in out["trees"].values())
    out["rules_kept"] = not any(out[k] for k in ("missing", "unknown", "no_such_room", "pins_violated", "together_violated",
                                                 "apart_violated"))
    return out


if __name__ == "__main__":
    report = check(*(json.loads(Path(file).read_text("utf-8")) for file in sys.argv[1:3]))
    print(json.dumps(report, ensure_ascii=False, indent=1))
    sys.exit(0 if report["rules_kept"] else 1)
