"""T9: people whose phones do not read, and one who answers pings blindly and never reads at all."""
import asyncio
import contextlib
import secrets
import socket
import time
from pathlib import Path

from tests.faults.bars import held
from tests.faults.trial import run, stage
from tests.support.waiting import PATIENCE
from workshop.replay.figures import percentiles

SMALL = {"devices": 6, "slow": 2, "seconds": 12.0, "slack": 4.0, "pace": None}
LONG = {"devices": 80, "slow": 10, "seconds": 60.0, "slack": 1.0, "pace": 1.0}
RATE = 60.0  # ideas a second of 12 KB each: what a system buffers for one line is full in seconds
GROWS = 20  # MiB by which the server may grow; without a limit it is ten a second for each who does not read
SLOWER = 1.5  # times what 99 of 100 answers took before
QUICK = 30.0  # milliseconds; answers that take less are not compared: what else the machine does weighs more
ESTABLISHED = "01"
WORDS = "".join(map(chr, range(0x4E00, 0x4E00 + 256)))


def memory(pid: int) -> float:
    """Resident memory of a process in MiB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


async def trial(devices: int, slow: int, seconds: float, slack: float, pace: float | None) -> dict:
    """Some stop reading while the others post long ideas; they are cut off, the others notice nothing."""
    async with stage(devices, rooms=1, rate=RATE, burst=1000) as here:
        await write(here.crowd, seconds / 3)
        quiet = percentiles([wait for device in here.crowd.people for wait in device.waits])
        deaf = [await asyncio.to_thread(deafen, here, blind=i == 0) for i in range(slow + 1)]
        for device in here.crowd.people:
            device.waits.clear()
        before = memory(here.server.process.pid)
        ponging = asyncio.create_task(pong(deaf[0][0]))
        await write(here.crowd, seconds)
        growth = memory(here.server.process.pid) - before
        ponging.cancel()
        judged = await here.judged()
        cut = [await asyncio.to_thread(is_cut, *line) for line in deaf]
        for line, *_ in deaf:
            line.close()
        judged["faults"] += [f"{cut.count(False)} who did not read were never cut off"] * (not all(cut))
        times = max(QUICK, judged["acknowledgement"]["p99"]) / max(QUICK, quiet["p99"])
        judged = held(judged, slack, ("MiB by which the server grew", round(growth, 1), GROWS))
        judged = held(judged, pace, ("times as long as before took p99 of the others' answers", round(times, 2), SLOWER))
        return judged | {"cut": cut.count(True), "grew_by_mib": round(growth, 1), "acknowledgement_before": quiet}


async def write(crowd, seconds: float) -> None:
    """Long ideas that cannot be compressed."""
    for i in range(int(seconds * RATE)):
        crowd.n += 1
        noise = "".join(WORDS[byte] for byte in secrets.token_bytes(3900))
        crowd.people[i % len(crowd.people)].add(crowd.place.boards[0], f"{noise} [{crowd.n}]")
        await asyncio.sleep(1 / RATE)


def deafen(here, blind: bool) -> tuple[socket.socket, int, int]:
    """A line that is in and does not read from now on, with the ports of the server and of itself."""
    from tests.live.device import Device
    device = Device(here.server.url).join(here.place.code, "No lee" if not blind else "Responde a ciegas").connect()
    assert device.pump(lambda: len(device.cursor) == 2)
    device.ws.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    return device.ws.sock, here.server.port, device.ws.sock.getsockname()[1]


async def pong(line: socket.socket) -> None:
    """Says that all is well, whatever is asked."""
    frame = b"\x81\x81\x00\x00\x00\x00" + b"3"
    with contextlib.suppress(OSError):
        while True:
            await asyncio.to_thread(line.send, frame)
            await asyncio.sleep(1)


def is_cut(_line: socket.socket, *ports: int) -> bool:
    """Whether the server has ended the line, which the system shows although nobody reads what is left on it."""
    until, there = time.monotonic() + PATIENCE, [f":{port:04X}" for port in ports]
    while time.monotonic() < until:
        rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        if not any(row[1].endswith(there[0]) and row[2].endswith(there[1]) and row[3] == ESTABLISHED for row in rows):
            return True
        time.sleep(0.2)
    return False


def report(**figures) -> dict:
    """The report of a trial."""
    return run(trial, **figures)


def test_who_does_not_read_is_cut_off_and_costs_the_others_nothing():
    found = report(**SMALL)
    assert found["faults"] == []
    assert found["cut"] == SMALL["slow"] + 1
    assert found["commands"]["ok"] > 500
