"""What is asked of the product, and whether the figures show it."""
from statistics import median

# (load, variant, what, how it is read from a measurement, "at least" or "at most", how much)
PRODUCT = "product+deflate"
BARS = (
    ("90x10", "transport", "deliveries per CPU-second against node", lambda cell: cell.get("times_node"), ">=", 1.2),
    ("90x100", "transport", "deliveries per CPU-second against node", lambda cell: cell.get("times_node"), ">=", 2.0),
    ("300x100", "transport", "deliveries per CPU-second against node", lambda cell: cell.get("times_node"), ">=", 2.0),
    ("90x10", PRODUCT, "deliveries per CPU-second", lambda cell: cell["per_cpu_s"], ">=", 30_000),
    ("90x10", PRODUCT, "p95, ms", lambda cell: cell["latency_ms"].get("p95"), "<=", 20.0),
    ("90x10", PRODUCT, "p99, ms", lambda cell: cell["latency_ms"].get("p99"), "<=", 100.0),
    ("90x10", PRODUCT, "bytes per client and idea", lambda cell: cell["bytes_per_client_and_idea"], "<=", 80.0),
    ("90x10", PRODUCT, "kB per connection", lambda cell: cell["kb_per_connection"], "<=", 80.0),
    ("90x10", PRODUCT, "90 people seated, s", lambda cell: cell["seating"]["wall_s"], "<=", 0.5),
    ("90x10", PRODUCT, "90 people seated, CPU-s", lambda cell: cell["seating"]["cpu_s"], "<=", 0.2),
    ("1000x8", PRODUCT, "deliveries per CPU-second", lambda cell: cell["per_cpu_s"], ">=", 60_000),
    ("1000x8", PRODUCT, "kB per connection", lambda cell: cell["kb_per_connection"], "<=", 80.0))


def judge(cells: list[dict]) -> list[dict]:
    """[{load, variant, what, bar, seen, met}] by the medians of the rounds; `seen` and `met` are None where nothing was
    measured.  Nothing may be missing or wrong at any load of the product's."""
    found = []
    for load, variant, what, read, sign, bar in BARS:
        seen = [read(cell) for cell in _of(cells, load, variant)]
        seen = median(seen) if seen and None not in seen else None
        met = None if seen is None else seen >= bar if sign == ">=" else seen <= bar
        found.append({"load": load, "variant": variant, "what": what, "bar": f"{sign} {bar:g}", "seen": seen, "met": met})
    for load in dict.fromkeys(_load(cell) for cell in cells):
        lost = [cell.get("missing", 1) + cell.get("wrong", 0) for cell in cells
                if _load(cell) == load and cell["variant"].startswith("product") and "skipped" not in cell]
        if lost:
            found.append({"load": load, "variant": "product*", "what": "missing or wrong", "bar": "<= 0", "seen": sum(lost),
                          "met": not sum(lost)})
    return found


def lines(judged: list[dict]) -> list[str]:
    """The judgement for a screen."""
    said = {True: "met", False: "MISSED", None: "not measured"}
    return [f"{one['load']:<9}{one['variant']:<17}{one['what']:<42}{one['bar']:>10}{_figure(one['seen']):>12}"
            f"  {said[one['met']]}" for one in judged]


def _of(cells: list[dict], load: str, variant: str) -> list[dict]:
    return [cell for cell in cells if _load(cell) == load and cell["variant"] == variant and "per_cpu_s" in cell]


def _load(cell: dict) -> str:
    return f"{cell['clients']}x{cell['rate']}"


def _figure(seen) -> str:
    return "-" if seen is None else f"{seen:.5g}"
