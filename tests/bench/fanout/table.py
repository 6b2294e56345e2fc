"""The figures as lines on a screen."""
from statistics import median

HEAD = (f"{'variant':<22}{'delivered':>10}{'missing':>8}{'/CPU-s':>8}{'us':>7}{'p50':>7}{'p95':>7}{'p99':>7}"
        f"{'ack50':>7}{'ack95':>7}{'ack99':>7}{'B/idea':>8}{'kB/conn':>8}{'seat s':>8}{'CPU':>7}{'frames':>7}{'xnode':>7}"
        f"{'xstock':>7}{'xpicows':>8}{'others':>7}")


def row(cell: dict) -> str:
    """A measurement."""
    if "skipped" in cell:
        return f"{cell['variant']:<22}skipped: {cell['skipped']}"
    if "failed" in cell:
        return f"{cell['variant']:<22}FAILED: {cell['failed']}"
    seating, faults = cell["seating"], ""
    for name in ("wrong", "unreadable", "cut_off", "refused"):
        faults += f"  {name}: {cell[name]}" if cell[name] else ""
    return (f"{cell['variant']:<22}{cell['deliveries']:>10}{cell['missing']:>8}{cell['per_cpu_s']:>8}"
            f"{cell['us_per_delivery']:>7}{_percentiles(cell['latency_ms'])}{_percentiles(cell['ack_ms'])}"
            f"{cell['bytes_per_client_and_idea']:>8}{cell['kb_per_connection']:>8}{seating['wall_s']:>8}{seating['cpu_s']:>7}"
            f"{seating['frames_each']:>7}{_times(cell.get('times_node')):>7}{_times(cell.get('times_stock')):>7}"
            f"{_times(cell.get('times_picows')):>8}"
            f"{cell['machine']['others_cpu_s']:>7}{faults}")


def _percentiles(found: dict) -> str:
    return "".join(f"{found.get(name, '-'):>7}" for name in ("p50", "p95", "p99"))


def _times(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def compare(cells: list[dict]) -> None:
    """Give each measurement of a round its ratios: against node, against stock with the same compression, against picows."""
    rates = {cell["variant"]: cell["per_cpu_s"] for cell in cells if cell.get("per_cpu_s")}
    for cell in cells:
        own = rates.get(cell["variant"])
        stock = rates.get("stock+deflate" if cell["variant"].endswith("+deflate") else "stock")
        if own:
            cell["times_node"] = round(own / rates["node"], 3) if "node" in rates else None
            cell["times_stock"] = round(own / stock, 3) if stock else None
            cell["times_picows"] = round(own / rates["picows"], 3) if "picows" in rates else None


def summary(cells: list[dict]) -> list[str]:
    """A line for each variant: its medians over the rounds."""
    lines = []
    for variant in dict.fromkeys(cell["variant"] for cell in cells):
        rounds = [cell for cell in cells if cell["variant"] == variant and "per_cpu_s" in cell]
        if rounds:
            parts = [f"{median(cell['per_cpu_s'] for cell in rounds):>9.0f}/CPU-s"]
            for name in ("times_node", "times_stock", "times_picows"):
                known = [cell[name] for cell in rounds if cell[name]]
                if known:
                    parts.append(f"{median(known):6.2f} x {name.removeprefix('times_')} ({min(known):.2f}-{max(known):.2f})")
            p95 = [cell["latency_ms"]["p95"] for cell in rounds if cell["deliveries"]]
            parts += [f"p95 {median(p95):.1f} ms"] * bool(p95)
            lost = sum(cell["missing"] + cell["wrong"] for cell in rounds)
            lines.append(f"{variant:<22}" + "  ".join(parts) + (f"  MISSING OR WRONG {lost}" if lost else ""))
    return lines
