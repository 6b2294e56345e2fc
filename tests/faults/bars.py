"""What a figure may be at most, and whether it was: the bars of a trial beside its laws."""


def held(report: dict, slack: float, *bars: tuple) -> dict:
    """The report with `bars`, rows of {what, figure, bar, allowed, held}; one that was missed is a fault.

    A bar is (what, figure, most), in the unit that `what` names.  `slack`: how many times the bar is allowed, on a machine
    that has other things to do; 1 in the long form.  What was not measured is not held.
    """
    rows = [{"what": what, "figure": figure, "bar": most, "allowed": round(most * slack, 2),
             "held": figure is not None and figure <= most * slack} for what, figure, most in bars]
    missed = [f"bar: {row['what']}: {row['figure']}, allowed are {row['allowed']}" for row in rows if not row["held"]]
    return report | {"bars": rows, "faults": [*report["faults"], *missed]}
