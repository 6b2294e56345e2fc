"""One measurement: a server, a crowd, a storm."""
import os
import platform
import resource
import time
from pathlib import Path

from tests.bench.fanout.load.count import reckon
from tests.bench.fanout.load.crowd import SENDERS, Crowd
from workshop.replay.figures import cpu_seconds

TICK = os.sysconf("SC_CLK_TCK")


def measure(server, clients: int, rate: float, seconds: float) -> dict:
    """Start the server, seat everybody, storm, reckon, end it.  Memory per connection leaves the first five out: with them
    comes what a server loads once.  Raises TimeoutError, ConnectionError."""
    try:
        server.start()
        crowd = Crowd(server.pid)
        try:
            crowd.seat(server.enter, SENDERS)
            crowd.rest()
            memory, cpu, began = resident(server.pid), cpu_seconds(server.pid), time.monotonic()
            quiet = crowd.seat(server.enter, clients - SENDERS)
            seating = _seating(crowd, clients - SENDERS, quiet - began, cpu_seconds(server.pid) - cpu)
            grown = resident(server.pid) - memory
            busy, own = _busy(), time.process_time()
            cpu, wall = crowd.storm(rate, seconds)
            own, busy = time.process_time() - own, _busy() - busy
        finally:
            crowd.close()
        figures = reckon(crowd)
    finally:
        server.stop()
    return figures | {
        "cpu_s": round(cpu, 2), "wall_s": round(wall, 2), "per_cpu_s": round(figures["deliveries"] / max(cpu, 1 / TICK)),
        "us_per_delivery": round(1e6 * cpu / max(1, figures["deliveries"]), 1),
        "kb_per_connection": round(grown / 1024 / (clients - SENDERS), 1), "seating": seating,
        "machine": {"client_cpu_s": round(own, 2), "others_cpu_s": round(max(0.0, busy - own - cpu), 2),
                    "load": round(os.getloadavg()[0], 2)}}


def _seating(crowd: Crowd, count: int, wall: float, cpu: float) -> dict:
    frames = sum(len(line.heard) for line in crowd.lines)
    return {"people": count, "wall_s": round(wall, 2), "cpu_s": round(cpu, 2),
            "frames_each": round(frames / len(crowd.lines), 1),
            "bytes_each": round(sum(line.bytes for line in crowd.lines) / len(crowd.lines))}


def resident(pid: int) -> int:
    """Bytes of memory that a process holds."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * resource.getpagesize()


def _busy() -> float:
    """Processor seconds that everybody on this machine has used."""
    user, nice, system, _idle, _wait, *rest = map(int, Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:])
    return (user + nice + system + sum(rest[:3])) / TICK


def machine() -> str:
    """What this machine is, and how much it has to do."""
    return (f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()}, "
            f"{platform.system()} {platform.release()}")


def many_files(wanted: int) -> None:
    """Let this process, and the servers that it starts, hold so many sockets.  Raises ValueError where that is forbidden."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
