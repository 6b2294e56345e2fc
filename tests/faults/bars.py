"""What a figure may be at most, and whether it was: the bars of a trial beside its laws."""


def held(report: dict, slack: float | None, *bars: tuple) -> dict:
    """The report with `bars`, rows of {what, figure, bar, allowed, held}; one that was missed is a fault.

    A bar is (what, figure, most), in the unit that `what` names.  `slack`: how many times the bar is allowed, on a machine
    that has other things to do; 1 in the long form.  Without it the figure is only told: what a clock on the wall says is
    no bar where other programs run.  What was not measured is not held, either way.
    """
    rows = [{"what": what, "figure": figure, "bar": most, "allowed": None if slack is None else round(most * slack, 2),
             "held": figure is not None and (slack is None or figure <= most * slack)} for what, figure, most in bars]
    missed = [f"bar: {row['what']}: {row['figure']}, allowed are {row['allowed']}" for row in rows if not row["held"]]
    return report | {"bars": [*report.get("bars", ()), *rows], "faults": [*report["faults"], *missed]}
