"""Compare servers by what a delivery costs them.

    python -m tests.bench.fanout [--loads 90x10,90x100,300x20,300x100,1000x8] [--variants …] [--rounds 2] [--seconds 20]
                                  [--bars]

A load is people x ideas a second in all.  Ends with 1 when the product lost an idea, or brought one wrong; with --bars also
when another bar (bars.py) was measured and missed.  Columns: us =
microseconds of server CPU per delivery; p50 … and ack50 … in ms; B/idea = bytes per client and idea; seat s, CPU, frames =
seconds until everybody but the first five was in, CPU seconds for it, and frames that each got meanwhile; xnode, xstock,
xpicows = deliveries per CPU-second against node, stock Flask-SocketIO, and bare picows with SQLite in the same round;
others = CPU seconds that neither the server nor the clients used during the storm.
"""
import argparse
import json
import sys
from pathlib import Path

from tests.bench.fanout.bars import judge, lines
from tests.bench.fanout.cell import machine, many_files, measure
from tests.bench.fanout.load.ideas import kind
from tests.bench.fanout.servers.kinds import DEFAULT, KINDS, missing, server
from tests.bench.fanout.table import HEAD, compare, row, summary

LOADS = "90x10,90x100,300x20,300x100,1000x8"


def main() -> int:
    """Measure, print, judge."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--loads", default=LOADS)
    ask.add_argument("--variants", default=",".join(DEFAULT), help=f"of {', '.join(KINDS)}, each also with +deflate")
    ask.add_argument("--rounds", type=int, default=2)
    ask.add_argument("--seconds", type=float, default=20.0)
    ask.add_argument("--json", type=Path)
    ask.add_argument("--bars", action="store_true", help="say which bars are met")
    asked = ask.parse_args()
    loads = [tuple(map(int, load.split("x"))) for load in asked.loads.split(",")]
    print(f"{machine()}; ideas: {kind()}; figures of one run compare, those of two runs do not", flush=True)
    many_files(2 * max(clients for clients, _ in loads) + 200)
    cells = []
    for clients, rate in loads:
        here = []
        for number in range(1, asked.rounds + 1):
            title = f"\n{clients} people x {rate} ideas/s, {asked.seconds:g} s, round {number} of {asked.rounds}"
            print(title, HEAD, sep="\n", flush=True)
            here += one_round(asked.variants.split(","), clients, rate, asked.seconds, number)
            if asked.json:
                asked.json.write_text(json.dumps(cells + here, indent=1))
        print(f"\n{clients} x {rate}, medians of {asked.rounds} rounds", *summary(here), sep="\n", flush=True)
        cells += here
    judged = judge(cells)
    if asked.bars:
        print("\nBars, by the medians", *lines(judged), sep="\n", flush=True)
        return int(any(one["met"] is False for one in judged))
    return int(any(one["met"] is False for one in judged if one["what"] == "missing or wrong"))


def one_round(variants: list[str], clients: int, rate: int, seconds: float, number: int) -> list[dict]:
    """Every variant once, those of others first: ours are compared with them."""
    cells = []
    for variant in sorted(variants, key=lambda name: not name.startswith(("node", "stock", "picows"))):
        cell = {"variant": variant, "clients": clients, "rate": rate, "seconds": seconds, "round": number}
        if reason := missing(variant):
            cell["skipped"] = reason
        else:
            try:
                cell |= measure(server(variant), clients, rate, seconds)
            except (OSError, RuntimeError) as error:  # TimeoutError and ConnectionError among them
                cell["failed"] = str(error) or repr(error)
        cells.append(cell)
        compare(cells)
        print(row(cell), flush=True)
    return cells


if __name__ == "__main__":
    sys.exit(main())
