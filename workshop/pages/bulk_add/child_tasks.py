"""Reads foreign lists and tables in a child process (workshop/sandbox): what they contain, what it would become on a board,
which texts are alike.

`read`, `held`, `proposed` and `alike` ask for it; `read_table`, `read_proposal` and `read_alike` are what the child does.
"""
from dataclasses import asdict
from typing import Any, TypeVar

from pydantic import TypeAdapter

from workshop import intake
from workshop.activities.ideas import places
from workshop.domain.cards import similar
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.opinions import packing
from workshop.domain.shapes import Json, Place
from workshop.intake import Choice, Fault, Table, polis
from workshop.pages.bulk_add.proposals import Proposed, names, propose
from workshop.sandbox import Failed, Pool
from workshop.words import LANGUAGES, catalogue, figure, language, speaking
from workshop.words.intake import sentence
from workshop.work_queue import Asker

T = TypeVar("T")
# The answers: a child that reads foreign bytes may be made to say anything, but only in these shapes.
CHOICE = TypeAdapter(Choice)
TABLE = TypeAdapter(Table)
PROPOSAL = TypeAdapter(tuple[list[Proposed], list[tuple[int, str, str]]])
Polis = tuple[str, list[str], list[str]]
POLIS: TypeAdapter[Polis] = TypeAdapter(Polis)
POLIS_FAULTS = ("polis_no_set", "polis_no_file", "polis_column", "polis_twice", "polis_value", "polis_unknown",
                "polis_counts", "polis_too_much")
SIGNS = bytes.maketrans(bytes(range(4)), b"0123")
PAIRS = TypeAdapter(list[tuple[int, int, float]])


def read(pool: Pool, device: Asker | str, board: Json, content: bytes, **how: Any) -> tuple[Table, Choice]:
    """Reads (the table of a file, or of a text where `pasted` says how it is read (intake.paste); what its columns seem to
    be).

    What cannot be read within its bounds is a fault. RetryLater where too much waits.
    """
    return read_as(pool, device, _wanted(board), content, **how)


def read_as(pool: Pool, device: Asker | str, wanted: Json, content: bytes, **how: Any) -> tuple[Table, Choice]:
    """Reads the same for what is `wanted` of a table (intake.guess)."""
    try:
        asked = {"wanted": wanted, "how": how}
        found: tuple[Table, Choice] = pool.ask("table", asked, content, device, check=_table)
        return found
    except Failed:
        return Table(faults=[Fault(0, "table_too_hard", {})]), Choice()


def held(pool: Pool, device: Asker | str, board: Json, table: Table) -> Choice:
    """Guesses what the columns of a table are that was read before."""
    try:
        return _asked(CHOICE, pool, device, "table", {"wanted": _wanted(board), "table": table.as_json()})
    except Failed:
        return Choice()


def proposed(pool: Pool, device: Asker | str, table: Table, choice: Choice, board: Json, at: Place,
             key: str) -> tuple[list[Proposed], list[tuple[int, str, str]]]:
    """Proposes (the cards that a table would become, [(line, why it would not, its text)]); see proposals.propose."""
    asked = {"table": table.as_json(), "choice": asdict(choice), "at": at, "key": key, "language": language(),
             "board": {name: board[name] for name in ("of", "settings")}}
    try:
        return _asked(PROPOSAL, pool, device, "proposal", asked)
    except Failed:
        return [], [(0, sentence("table_too_hard", {}), "")]


def alike(pool: Pool, device: Asker | str, texts: list[str]) -> list[tuple[int, int, float]] | None:
    """Finds which of the texts seem to say the same, as similar.pairs; None where it would take too long."""
    try:
        found = _asked(PAIRS, pool, device, "alike", {"texts": texts})
    except Failed:
        return None
    return [pair for pair in found if 0 <= pair[0] < pair[1] < len(texts)]


def polis_set(pool: Pool, device: Asker | str, content: bytes) -> Polis:
    """Reads a set of Polis files. Refusals: those of polis.read; `polis_no_set` for what could not be read."""
    try:
        found: Polis = pool.ask("polis", {}, content, device, POLIS_FAULTS,
                                check=lambda said, _parts: POLIS.validate_python(said))
    except Failed:
        raise Refusal("polis_no_set") from None
    return found


def read_polis(values: Json, content: bytes) -> tuple[list[Any], list[bytes]]:
    """Reads it, in the child: (what it is called, the statements, of each person a text of signs as packing.packed has it).
    """
    found = polis.read(content)
    cards = [key for key, _text in found.statements]
    rows = [packing.packed([row], cards).translate(SIGNS).decode() for row in found.rows.values()]
    return [found.topic, [text for _key, text in found.statements], rows], []


def _asked(shape: TypeAdapter[T], pool: Pool, device: Asker | str, task: str, values: Json) -> T:
    found: T = pool.ask(task, values, b"", device, check=lambda said, _parts: shape.validate_python(said))
    return found


def _table(said: Any, _parts: list[bytes]) -> tuple[Table, Choice]:
    table, choice = said
    return TABLE.validate_python(table), CHOICE.validate_python(choice)


def _wanted(board: Json) -> Json:
    """Returns what the board wants of a table (intake.guess)."""
    fields = board["settings"].get("fields") or ()
    texts = [one["key"] for one in fields if one["type"] == "text"]
    needed = next((one["key"] for one in fields if one["type"] == "text" and one.get("required")), "")
    return {"places": list(places.asked(board["settings"])), "fields": {one["key"]: names(one) for one in fields},
            "texts": texts, "needed": needed}


def read_table(values: Json, content: bytes) -> tuple[list[Json] | Json, list[bytes]]:
    """Reads, in the child: [the table, what its columns seem to be]; the latter alone of one that was read before."""
    if "table" in values:
        return asdict(intake.guess(Table.from_json(values["table"]), **values["wanted"])), []
    how = values.get("how", {})
    if "pasted" in how:
        table = intake.paste(content.decode("utf-8", "surrogatepass"), how["pasted"])
    else:
        table = intake.read(content, **how)
    return [table.as_json(), asdict(intake.guess(table, **values["wanted"]))], []


def read_proposal(values: Json, _content: bytes) -> tuple[list[list[Any]], list[bytes]]:
    """Proposes, in the child: [cards, faults in words]."""
    with speaking(values["language"]):
        rows, faults = intake.rows(Table.from_json(values["table"]), Choice(**values["choice"]))
        cards, refused = propose(rows, values["board"], values["at"], values["key"])
        told = [(fault.line, sentence(fault.code, fault.values), fault.values.get("text", "")) for fault in faults]
        return [[asdict(card) for card in cards], sorted(told + refused)], []


def read_alike(values: Json, _content: bytes) -> tuple[list[tuple[int, int, float]], list[bytes]]:
    """Compares, in the child: pairs of texts."""
    return similar.pairs(values["texts"]), []


def prepare() -> None:
    """Loads what is loaded late: a child opens no file any more."""
    board = {"of": "ideas", "settings": kinds()["ideas"].settings}
    for spoken in LANGUAGES:
        catalogue(spoken)
        with speaking(spoken):
            figure(1.5)
        for content in ("Fecha;Idea\n2021;<p>sí</p>\n;no\n".encode("cp1252"), b"\xff\xfe" + "sí".encode("utf-16-le"),
                        b"\xfe\xff" + "sí".encode("utf-16-be")):
            (table, choice), _ = read_table({"wanted": {"places": ["at"]}}, content)
            read_proposal({"table": table, "choice": choice, "board": board, "at": {}, "key": "", "language": spoken}, b"")
    similar.pairs(["sí", "no"])
