"""Reads a pasted list: one card a line."""
import re

from workshop.domain.limits import clean_text
from workshop.intake.table import KEPT, Table

# Word separates lines of a paragraph with VT, web pages with U+2028.
LINE = re.compile(r"[\n\v\f\u2028\u2029]")
# "- ", "1. ", "2) ", "(3) ", "a) ", and signs that only lists have, with or without a space.
BULLET = re.compile(r"(?:[-–—*·]\s+|[•‣▪■◦●○►➢➤✓✔☐☑\uf0b7\uf0a7]\s*|\(?\d{1,3}[.)]\s+|\(?[a-z]\)\s+)(?=\S)")


def read(text: str) -> Table:
    """Reads every line that is not blank, without its bullet or number."""
    table = Table()
    for number, raw in enumerate(LINE.split(text), 1):
        if raw and (line := clean_text(raw)):
            table.rows.append((number, [line[found.end():] if (found := BULLET.match(line)) else line]))
        if len(table.rows) == KEPT:
            break
    return table
