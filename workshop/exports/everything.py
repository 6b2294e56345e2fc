"""The memoria as JSON: everything, so that `workshop import` makes an equal workshop of it."""
import json

from workshop.exports.chapters import outline
from workshop.store import whole

FORMAT = "tinkuy/1"


def everything(session, workshop_id: str) -> dict:
    """{format, chapters, tables: {name: [row]}}; `chapters` says which room stands where in the memoria.

    No password, e-mail, cookie, re-entry code or screen key is in it.
    """
    tables = whole.rows(session, workshop_id)
    return {"format": FORMAT, "chapters": outline(tables["room"]), "tables": tables}


def write(session, workshop_id: str) -> bytes:
    """The same as a file, with one row a line so that two of them can be compared."""
    found = everything(session, workshop_id)
    tables = ",\n".join(
        f"{json.dumps(name)}: [" + ",".join("\n" + json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows) + "]"
        for name, rows in found["tables"].items())
    chapters = json.dumps(found["chapters"])
    return f'{{"format": {json.dumps(FORMAT)}, "chapters": {chapters}, "tables": {{\n{tables}\n}}}}\n'.encode()
