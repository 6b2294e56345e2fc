"""The memoria as JSON: everything, so that `workshop import` makes an equal workshop of it.

Whoever administers the server gets all rows; who downloads it from a page does not learn more than the pages tell of votes.
"""
import json

from workshop.exports.chapters import outline
from workshop.store import whole

FORMAT = "tinkuy/1"


def everything(session, workshop_id: str, shown: bool = False) -> dict:
    """{format, chapters, tables: {name: [row]}}; `chapters` says which room stands where in the memoria.

    No password, e-mail, cookie, re-entry code or screen key is in it; `shown`: nor who voted what, nor what a hidden vote
    has so far.
    """
    tables = whole.rows(session, workshop_id, shown)
    return {"format": FORMAT, "chapters": outline(tables["room"]), "tables": tables}


def write(session, workshop_id: str, shown: bool = False) -> bytes:
    """The same as a file, with one row a line so that two of them can be compared; inside a value everything stands in the
    order in which it was written, as the fields of a card do."""
    found = everything(session, workshop_id, shown)
    tables = ",\n".join(
        f"{json.dumps(name)}: [" + ",".join(
            "\n" + json.dumps(dict(sorted(row.items())), ensure_ascii=False) for row in rows) + "]"
        for name, rows in found["tables"].items())
    chapters = json.dumps(found["chapters"])
    return f'{{"format": {json.dumps(FORMAT)}, "chapters": {chapters}, "tables": {{\n{tables}\n}}}}\n'.encode()
