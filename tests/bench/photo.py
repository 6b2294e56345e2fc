"""What a photo costs: drawn in a process of its own, as it once was, and in a child that stays.

    python -m tests.bench.photo [--count 20]

JSON: milliseconds until each is drawn (median) and processor time of a photo, for both, in turns of one run.
"""
import argparse
import json
import resource
import statistics
import time

from tests.media.pictures import jpeg
from workshop.sandbox import TASKS, Pool

PHOTO = {"photo": TASKS["photo"]}


def spent() -> float:
    """Processor time of all children that have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured(content: bytes, count: int, each: bool) -> dict:
    """{ms, cpu_ms} of a photo; `each`: with a process for each."""
    before, waits = spent(), []
    pool = None if each else Pool(PHOTO, children=1)
    if pool:
        pool.ask("photo", {}, content)
    for _ in range(count):
        start = time.monotonic()
        one = pool or Pool(PHOTO, children=1, jobs=10**6)
        one.ask("photo", {}, content)
        waits.append(time.monotonic() - start)
        if each:
            one.close()
    if pool:
        pool.close()
    return {"ms": round(1000 * statistics.median(waits)), "cpu_ms": round(1000 * (spent() - before) / (count + (not each)))}


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--count", type=int, default=20)
    count = ask.parse_args().count
    report = {}
    for name, content in (("1280 x 960, as a device sends it", jpeg(1280, 960)), ("4000 x 3000", jpeg(4000, 3000))):
        report[name] = {"bytes": len(content), "a process each": measured(content, count, True),
                        "a child that stays": measured(content, count, False)}
    print(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
