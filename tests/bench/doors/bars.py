"""What is asked of the product while somebody asks for something costly, and the table."""
WORST, RELOADS = 100.0, 200.0  # ms: the slowest answer to the others; 99 of 100 of them while six load anew at once
QUIET = "nobody"


def judge(cases: list[dict]) -> list[str]:
    """What is not as it must be of [{case, reloads, worst, p99, alive, said}]; nothing when all is well."""
    found = []
    for one in cases:
        if not one["alive"]:
            found.append(f"{one['case']}: the server did not answer any more")
        elif one["reloads"] and one["p99"] > RELOADS:
            found.append(f"{one['case']}: 99 of 100 answers took {one['p99']} ms")
        elif not one["reloads"] and one["worst"] > WORST:
            found.append(f"{one['case']}: the slowest answer took {one['worst']} ms")
        if one["case"] != QUIET and not one["said"]:
            found.append(f"{one['case']}: nothing was asked for")
    return found


def table(before: list[dict] | None, after: list[dict]) -> list[str]:
    """Markdown: a line for each case."""
    heads = ["worst ms", "p99 ms", "worst work ms", "p99 work ms", "CPU s", "MiB", "answers"]
    sides = [("", after)] if before is None else [("before: ", before), ("after: ", after)]
    lines = ["| while | " + " | ".join(f"{side}{head}" for side, _ in sides for head in heads) + " |",
             "|---|" + "---|" * len(heads) * len(sides)]
    for row in zip(*(cases for _, cases in sides), strict=True):
        cells = [str(value) for one in row for value in (
            one["worst"] if one["alive"] else f"more than {one['worst']}", one["p99"], one["work"], one["work99"],
            one["cpu"], one["peak"], ", ".join(f"{status} x {n}" for status, n in one["said"].items()) or "-")]
        lines.append(f"| {row[0]['case']} | " + " | ".join(cells) + " |")
    return lines
