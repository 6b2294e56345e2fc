"""All trials, with their figures.

    python -m tests.faults [--long] [--only T1,T7] [--report FILE] [--soak MINUTES]

Prints a line for each trial and ends with 1 when a law was broken.  `--long`: the figures of reliability, about an hour;
without it: the small ones, as in the tests.  `--soak`: ninety devices that come and go, for so long.
"""
import argparse
import importlib
import json
import pkgutil
import platform
import sys
import time
from pathlib import Path

import tests.faults


def trials() -> dict:
    """{'T1': module} of this folder, in order."""
    names = [one.name for one in pkgutil.iter_modules(tests.faults.__path__) if one.name.startswith("test_t")]
    return {f"T{int(name[6:8])}": importlib.import_module(f"tests.faults.{name}") for name in sorted(names)}


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
    report, failed = {"machine": platform.platform(), "trials": {}}, False
    for name in chosen:
        module, since = known[name], time.monotonic()
        figures = module.LONG if asked.long else module.SMALL
        result = module.report(**figures)
        failed |= bool(result["faults"])
        report["trials"][name] = {"what": module.__doc__.splitlines()[0], "asked": figures} | result | {
            "seconds": round(time.monotonic() - since, 1)}
        verdict = "FAIL" if result["faults"] else "ok"
        print(f"{verdict:4} {time.monotonic() - since:7.1f} s  {module.__doc__.splitlines()[0]}", *result["faults"],
              sep="\n       ", flush=True)
        if asked.report:
            asked.report.write_text(json.dumps(report, indent=1, default=str, ensure_ascii=False))
    if not asked.report:
        print(json.dumps(report, indent=1, default=str, ensure_ascii=False))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
