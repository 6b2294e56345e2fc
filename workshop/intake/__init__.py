"""Brings in many ideas at once: bytes or pasted text -> a Table -> rows that can become cards, and faults.

`read(bytes)` takes a file (workbooks, JSON, CSV, plain text), `paste(text)` what stands in a field; both answer a Table of
cells as they are shown, with the lines they stood on.  `guess(table)` finds out what the columns are, `rows(table, choice)`
gives what can become a card and says of everything else on which line it is and why.  Nothing is left out without a fault,
nothing is cut unless somebody chose so and sees it.  Everything here is a plain function of bytes, made to run in a process
that may be ended.
"""
from workshop.intake.choosing import guess, heading, rows
from workshop.intake.reading import paste, read
from workshop.intake.table import ABOUT, BYTES, ROWS, Choice, Fault, Row, Table

__all__ = ["ABOUT", "BYTES", "ROWS", "Choice", "Fault", "Row", "Table", "guess", "heading", "paste", "read", "rows"]
