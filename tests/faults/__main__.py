"""All trials, with their figures.

    python -m tests.faults [--long] [--only T1,T7] [--report FILE] [--soak MINUTES]

Prints each trial with its bars and ends with 1 when a law was broken or a bar missed.  `--long`: the figures of reliability
and the bars as they are, about an hour; without it: the small ones, as in the tests, where what takes time is only told.
`--soak`: ninety devices that come and go, for so long.  The report has, for each trial, the verdict and the bars.
"""
import argparse
import importlib
import json
import os
import pkgutil
import platform
import sys
import time
import traceback
from pathlib import Path

from tests.faults import soak
from tests.faults import trials as folder


def trials() -> dict:
    """{'T1': module} of the folder `trials`, in order."""
    found = [one.name for one in pkgutil.walk_packages(folder.__path__, f"{folder.__name__}.")]
    names = {name: path for path in found if (name := path.rpartition(".")[2]).startswith("test_t")}
    return {f"T{int(name[6:8])}": importlib.import_module(names[name]) for name in sorted(names)}


def main(argv=None) -> int:
    """Run, tell, judge."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--long", action="store_true")
    ask.add_argument("--only", default="", help="T1,T7")
    ask.add_argument("--report", type=Path)
    ask.add_argument("--soak", type=float, metavar="MINUTES")
    asked = ask.parse_args(argv)
    known = trials()
    chosen = [name.strip().upper() for name in asked.only.split(",") if name.strip()] or ([] if asked.soak else list(known))
    if unknown := [name for name in chosen if name not in known]:
        ask.error(f"there is no {', '.join(unknown)}; there are {', '.join(known)}")
    todo = {name: (known[name], known[name].LONG if asked.long else known[name].SMALL) for name in chosen}
    if asked.soak:
        todo["soak"] = soak, {"minutes": asked.soak}
    report, failed = {"machine": f"{platform.platform()}, {os.cpu_count()} cores", "trials": {}}, False
    for name, (module, figures) in todo.items():
        found = one(module, figures)
        report["trials"][name] = found
        failed |= bool(found["faults"])
        print("FAIL" if found["faults"] else "ok  ", f"{found['seconds']:7.1f} s ", found["what"], *(
            f"\n       {row['what']}: {row['figure']} (bar {row['bar']})" for row in found.get("bars", ())), *(
            f"\n       {fault}" for fault in found["faults"]), flush=True)
        if asked.report:
            asked.report.write_text(json.dumps(report, indent=1, ensure_ascii=False))
    if not asked.report:
        print(json.dumps(report, indent=1, ensure_ascii=False))
    return 1 if failed else 0


def one(module, figures: dict) -> dict:
    """The report of one trial; a trial that cannot be finished is a fault too."""
    since = time.monotonic()
    try:
        found = module.report(**figures)
    except Exception:
        found = {"faults": [traceback.format_exc()]}
    return {"what": module.__doc__.splitlines()[0], "verdict": "broken" if found["faults"] else "held",
            "asked": figures} | found | {"seconds": round(time.monotonic() - since, 1), "load": os.getloadavg()[0]}


if __name__ == "__main__":
    sys.exit(main())
