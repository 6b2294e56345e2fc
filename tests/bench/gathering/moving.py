"""How soon sixty screens are in another room when a facilitator moves all of them at once, and what it costs the server.

    python -m tests.bench.gathering.moving [--people 60] [--rounds 5]

Each device is cut off, comes back and is told where it is; counted from the facilitator's pressing the button. The aim:
95 of 100 within a second. Half of them have an idea under way that was written before: it must stand where it was written.
"""
import argparse
import os
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.live.conftest import found
from tests.live.device import Device, idea
from tests.live.server import Server

WITHIN = 0.95


def main() -> None:
    """Move, measure, print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--people", type=int, default=60)
    ask.add_argument("--rounds", type=int, default=5)
    asked = ask.parse_args()
    folder = tempfile.mkdtemp()
    meeting = found(folder)
    server = Server(folder).start()
    server.meeting = meeting
    with ThreadPoolExecutor(asked.people) as pool:
        crowd = list(pool.map(lambda n: Device(server.url).join(meeting["code"], f"Persona {n}").connect(),
                              range(asked.people)))
        lead = Device(server.url).staff(meeting["staff"], meeting["workshop"]).connect()
        for n in range(asked.rounds):
            print(turn(server, crowd, lead, n % 2, 1 - n % 2, pool), flush=True)
    for one in (*crowd, lead):
        one.close()
    server.stop()


def turn(server: Server, crowd: list[Device], lead: Device, here: int, there: int, pool: ThreadPoolExecutor) -> dict:
    """Moves everybody from one room to another; returns {median, within, most: seconds; cpu: the server's; ideas}."""
    room = server.meeting["rooms"][there]
    seats = [one.place["seats"][0]["id"] for one in crowd]
    for one in crowd:
        one.heard.clear()
    cpu, began = spent(server), time.monotonic()
    waits = [pool.submit(follow, one, seat, room, began, server.meeting["workshop"])
             for one, seat in zip(crowd, seats, strict=True)]
    assert lead.do("seat.move", {"workshop": server.meeting["workshop"], "seats": seats, "to": room}, None)["ok"]
    took = sorted(wait.result() for wait in waits)
    cost = spent(server) - cpu
    written = [one.do("contribution.add", idea(server, "Escrito antes", here), age_ms=60_000)["ok"] for one in crowd[::2]]
    return {"median": round(statistics.median(took), 3), "within": round(took[int(WITHIN * (len(took) - 1))], 3),
            "most": round(took[-1], 3), "cpu": round(cost, 3), "ideas": f"{sum(written)} of {len(written)}"}


def follow(one: Device, seat: str, room: str, began: float, workshop: str) -> float:
    """Waits for the end of the line, comes back; returns the seconds until the device knows its room."""
    assert one.is_cut()
    one.place["streams"] = [workshop]
    one.connect()
    assert one.pump(lambda: any(person["room"] == room for name, said in one.heard if name == "beside"
                                for person in said["people"] if person["id"] == seat))
    return time.monotonic() - began


def spent(server: Server) -> float:
    """The server's seconds of CPU."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
