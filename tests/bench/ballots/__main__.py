"""What it costs when a hall votes at once: a ballot, a reaction, a hand, a move, beside an idea; and who waits for it.

    python -m tests.bench.ballots [--cards 12,1240,5000] [--voters 10,90,1000] [--rounds 6] [--store fast] [--postgres]
    python -m tests.bench.ballots --line [--devices 90] [--seconds 5] [--cards 12] [--bursts 8]
    python -m tests.bench.ballots.feed FOLDER…

The first form gives commands to the one door of a process, without a network: processor time of one command, when so many
are written together as the writer takes at once (20), each acknowledged on disk.  Rounds of all verbs alternate, so the
ratios to the idea are of one run; the first is not counted.  `--line`: a server process and 90 sockets.  Everybody comes in
at once, then casts (raises a hand, gives a heart, writes) as soon as the last was acknowledged, then all cast at once;
meanwhile somebody in another workshop writes an idea every 60 ms, in a process of their own.  In the end every screen has
the tally that a recount gives.
"""
import argparse
import json
import sys
from contextlib import ExitStack

from tests.bench.ballots.curve import TOGETHER, VERBS, curves
from tests.bench.ballots.line import Line
from tests.support.servers import Postgres


def main() -> int:
    """Measure, print, judge."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--cards", default="12,1240,5000")
    ask.add_argument("--voters", default="10,90,1000")
    ask.add_argument("--rounds", type=int, default=6)
    ask.add_argument("--together", type=int, default=TOGETHER)
    ask.add_argument("--verbs", default=",".join(VERBS))
    ask.add_argument("--store", default="fast")
    ask.add_argument("--postgres", action="store_true")
    ask.add_argument("--line", action="store_true")
    ask.add_argument("--devices", type=int, default=90)
    ask.add_argument("--seconds", type=float, default=5.0)
    ask.add_argument("--bursts", type=int, default=8)
    asked = ask.parse_args()
    if not asked.line:
        curves(asked)
        return 0
    right = True
    for cards in map(int, asked.cards.split(",")):
        with ExitStack() as stack:
            database = ""
            if asked.postgres:
                engine = Postgres(fsync="on", full_page_writes="on", shared_buffers="128MB")
                stack.callback(engine.close)
                database = engine.database()
            found = Line(asked.devices, asked.seconds, cards, asked.bursts, database).run()
        print(json.dumps(found, indent=1), flush=True)
        right = right and found["equal"] is True
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
