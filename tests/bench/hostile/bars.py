"""What is asked of the product while somebody sends bad input, and whether the figures show it."""
from tests.bench.hostile.cases import CASES

MOST = 200.0  # milliseconds, of 99 of 100 answers to the others
GROWS = 32.0  # MiB by which the server may grow in a case
BROKEN = "broken"  # the line ended, and the reason was lost with it


def judge(report: dict) -> list[str]:
    """What is not as it must be; nothing when all is well."""
    found = list(report["faults"])
    for one in report["cases"]:
        found += [f"{one['case']}: {fault}" for fault in (*_others(one), *_sender(one))]
    return found


def _others(one: dict) -> list[str]:
    """What happened to those who only work."""
    slowest = one["answers_ms"].get("p99")
    lost = one["acknowledged"] - one["found"]
    return [f"99 of 100 answers to the others took {slowest} ms"] * (slowest is None or slowest > MOST) + [
        "the server has died"] * (not one["alive"]) + [
        f"{lost} ideas that were acknowledged are not on every screen once"] * bool(lost) + [
        f"{one['written'] - one['acknowledged']} ideas were not taken"] * (one["acknowledged"] < one["written"]) + [
        f"{one['others_cut']} lines of others were ended"] * bool(one["others_cut"]) + [
        f"{one['tracebacks']} tracebacks in the log"] * bool(one["tracebacks"]) + [
        f"the server grew by {one['grew_mib']} MiB"] * (one["grew_mib"] > GROWS)


def _sender(one: dict) -> list[str]:
    """What the sender was told, and whether its line was kept, against what the protocol says."""
    case, told, closed = CASES[one["case"]], set(one["told"]), set(one["closed"])
    found = ["nothing was sent"] * (not one["sent"])
    if strange := told - set(case.told):
        found.append(f"the sender was told {', '.join(sorted(strange))}")
    if case.keeps and (silent := set(case.told) - told):
        found.append(f"the sender was never told {', '.join(sorted(silent))}")
    if case.keeps and closed:
        found.append(f"the line was not kept: {one['closed']}")
    elif strange := closed - {BROKEN, *case.closes}:
        found.append(f"the line was ended with {', '.join(sorted(strange))}")
    if case.keeps is False and not closed:
        found.append("the line was not ended")
    return found


def table(report: dict) -> list[str]:
    """A line for each case."""
    nobody = {"case": "nobody", "answers_ms": report["quiet_ms"], "times_quiet": 1.0, "acknowledged": "", "found": "",
              "sent": 0, "grew_mib": "", "told": {}, "closed": {}}
    lines = [f"{'':<24}{'p50':>7}{'p99 ms':>8}{'x quiet':>9}{'saved':>7}{'found':>7}{'MiB':>7}{'sent':>8}  what was said"]
    for one in (nobody, *report["cases"]):
        said = one["told"] | {f"ended {status}": times for status, times in one["closed"].items()}
        lines.append(f"{one['case']:<24}{one['answers_ms'].get('p50', '-'):>7}{one['answers_ms'].get('p99', '-'):>8}"
                     f"{one['times_quiet'] or '-':>9}{one['acknowledged']:>7}{one['found']:>7}{one['grew_mib']:>7}"
                     f"{one['sent']:>8}  " + ", ".join(f"{code} {times}" for code, times in said.items()))
    return lines
