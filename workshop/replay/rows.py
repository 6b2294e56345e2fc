"""Reads the tables of recorded conversations."""
import csv
from pathlib import Path


class Unreadable(Exception):
    """Holds the folder is not a recorded conversation; the message is one line for the operator."""


def rows(path: Path, *columns: str) -> list[dict[str, str]]:
    """Returns the rows of a CSV file in UTF-8 that has at least these columns. Raises Unreadable."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            found = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise Unreadable(f"{path} cannot be read: {error}") from None
    if found and (missing := set(columns) - found[0].keys()):
        raise Unreadable(f"{path} has no column {', '.join(sorted(missing))}")
    return found
