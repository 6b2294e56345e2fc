"""How long 600 proposals of a portal take to come in through the page: the look at them, then all onto the board.

    python -m tests.bench.intake [--proposals 600]

The proposals are those of ../shared/data/es-decide-madrid, again and again; the requests go into the program without a
line between.  Prints JSON; the bar is 3 s for both together.
"""
import argparse
import csv
import io
import json
import tempfile
import time

from tests.pages.bulk_add.test_bring import Desk
from tests.support import cast
from tests.support.real import real


def export(proposals: int) -> bytes:
    """The portal's file with so many proposals."""
    rows = list(csv.reader(io.StringIO(real("es-decide-madrid", "proposals.csv").read_text(encoding="utf-8"), newline="")))
    head, body = rows[0], rows[1:]
    file = io.StringIO(newline="")
    csv.writer(file).writerows([head, *(body[n % len(body)] for n in range(proposals))])
    return file.getvalue().encode()


def main() -> None:
    """Print the figures as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--proposals", type=int, default=600)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        app = cast.app(data, rate=1e6, burst=10**6)
        desk, file = Desk(app, cast.found(app)), export(asked.proposals)
        began = time.monotonic()
        desk.show(file=(io.BytesIO(file), "proposals.csv"))
        shown, lines = time.monotonic(), [line for line, _text in desk.lines]
        again = time.monotonic()
        desk.bring(line=lines)
        done = time.monotonic()
        assert f"{len(lines)} tarjetas están en el tablero" in desk.page
        app.extensions["house"].store.close()
    print(json.dumps({"cards": len(lines), "left_out": asked.proposals - len(lines), "seconds": {
        "look": round(shown - began, 2), "bring": round(done - again, 2),
        "together": round(shown - began + done - again, 2)}}))


if __name__ == "__main__":
    main()
