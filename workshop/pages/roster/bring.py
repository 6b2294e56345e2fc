"""Serves the page that brings a list of expected people in: paste it or give a file, see what each line becomes, put it on
the list. Foreign bytes are read where all are (pages/bulk_add/child_tasks.py)."""
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from flask import Blueprint, g, redirect, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadData

from workshop import intake
from workshop.domain.errors import Refusal
from workshop.domain.limits import EXPECTED_AT_ONCE, NAME
from workshop.domain.people.lookalikes import plain, skeleton
from workshop.domain.people.names import clean_name
from workshop.domain.shapes import Json
from workshop.house import house
from workshop.intake import Choice, Table
from workshop.intake.delimited import delimiter
from workshop.pages.bulk_add import child_tasks
from workshop.pages.input.commands import do
from workshop.pages.input.numbers import whole
from workshop.pages.input.refused_field import sentence
from workshop.pages.shell import visitor
from workshop.pages.shell.render import Page, show
from workshop.pages.shell.request_gate import asker
from workshop.pages.shell.security import answers_itself
from workshop.store.counts import roster
from workshop.transport.offload import offload
from workshop.words import _, language
from workshop.words.intake import sentence as fault_said
from workshop.words.people import channels

pages = Blueprint("bring_roster", __name__)
SALT = "roster"
PERSON = re.compile(r"[^\W\d_][\w.’'-]*(?: [^\W\d_][\w.’'-]*){1,4}")  # two to five words without digits
MOST = 4 * intake.BYTES
HEADINGS = {
    "name": ["nombre", "nombres", "nombre completo", "nombres y apellidos", "apellidos y nombres", "participante", "persona",
             "nom", "nom complet", "noms et prénoms", "nom et prénom", "participante", "personne", "name", "full name",
             "participant"],
    "delegation": ["delegación", "comunidad", "procedencia", "organización", "lugar", "délégation", "communauté",
                   "organisation", "provenance", "delegation", "community", "organization"],
    "channel": ["modalidad", "participación", "participa", "canal", "modalité", "participation", "mode", "channel"]}
WANTED: Json = {"places": [], "fields": HEADINGS, "texts": ["name"], "needed": "name"}
COLUMNS = ("name", "delegation", "channel")


@dataclass
class Line:
    """Holds what a line becomes. `unknown`: a delegation that the workshop does not have; `like`: a name on the list, or
    above, that looks the same; `wrong`: why it cannot be brought in."""

    line: int
    name: str
    delegation: str | None = None
    channel: str = ""
    unknown: str = ""
    like: str = ""
    beside: str = ""  # with whom it stood in one line
    wrong: str = ""


@dataclass
class Bringing:
    """Holds what is about to be brought in, from the form."""

    table: Table | None = None
    header: bool = False
    at: dict[str, int | None] = field(default_factory=dict)
    above: int = 0
    parted: dict[str, str] = field(default_factory=dict)  # {name: those with whom it stood in one line, commas between}
    lines: list[Line] = field(default_factory=list)
    held: str = ""

    @property
    def names(self) -> list[str]:
        """Lists the columns by their heading, or as the number of each."""
        if self.table is None:
            return []
        first = self.table.rows[self.above][1] if self.header and self.table.rows else []
        return [first[at] if at < len(first) and first[at] else _("Column {n}", n=at + 1) for at in range(self.table.width)]

    @property
    def good(self) -> list[Line]:
        """Lists the lines that can be brought in."""
        return [one for one in self.lines if not one.wrong]


@pages.url_value_preprocessor
def _larger(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Allows a bigger form on this page, if it comes from who leads."""
    if request.method == "POST":
        with suppress(Refusal), visitor.staff(**values or {}, leads=True):
            request.max_content_length = request.max_form_memory_size = MOST
            request.max_form_parts = 3 * intake.ROWS


@pages.route("/w/<workshop_id>/roster/bring", methods=["GET", "POST"])
@answers_itself
def bring(workshop_id: str) -> ResponseReturnValue:
    """Shows the field and the file; then what each line becomes; then puts those that are ticked on the list."""
    with visitor.staff(workshop_id, leads=True) as here:
        delegations = here.delegations
        page: Json = {"workshop": here.workshop, "delegations": delegations, "channels": channels()}
        there = [one.name for one in roster.on_list(here.session, workshop_id)]
    asked, form = Bringing(), request.form
    if request.method == "GET":
        return _show(asked, page)
    if problem := _take(asked, delegations):
        return _show(asked, page, problem)
    asked.lines = _lines(asked, delegations, there)
    held = {"table": asked.table.as_json() if asked.table else None, "header": asked.header, "at": asked.at,
            "above": asked.above, "parted": asked.parted}
    asked.held = offload(house().signer.dumps, held, SALT)
    if not g.token_right:
        return _show(asked, page, sentence(Refusal("expired")))
    if form.get("do") != "bring":
        return _show(asked, page)
    ticked = set(form.getlist("line"))
    chosen = [one for one in asked.good if str(one.line) in ticked]
    if not chosen:
        return _show(asked, page, fault_said("bring_no_line", {}))
    people = [{"name": one.name, "delegation": one.delegation, "channel": one.channel} for one in chosen[:EXPECTED_AT_ONCE]]
    answer = do(form.get("client", ""), 1, "roster.add", {"workshop": workshop_id, "people": people})
    if not answer.get("ok"):
        return _show(asked, page, sentence(Refusal(answer.get("code", "later"), **answer.get("values", {}))))
    return redirect(f"/w/{workshop_id}/roster?added={answer['added']}&alike={len(answer['alike'])}", 303)


def _take(asked: Bringing, delegations: list[Json]) -> str:
    """Finds the table: a new file, the text of the field, or that of the page before; and which column is what. Returns what
    is wrong in words, '' if nothing."""
    form, file, pool = request.form, request.files.get("file"), house().sandbox
    text = form.get("text", "").replace("\r\n", "\n")
    before = _before(form.get("held", ""))
    if file and file.filename:
        asked.table, seems = child_tasks.read_as(pool, asker(), WANTED, file.read(), language=language(),
                                                 json=file.filename.lower().endswith(".json"))
    elif text.strip():
        text = _parted(asked, text, delegations)
        asked.table, seems = child_tasks.read_as(pool, asker(), WANTED, text.encode("utf-8", "surrogatepass"),
                                                 pasted="table" if delimiter(text) in (";", "\t") else "list")
    elif before and before["table"]:
        asked.table = Table.from_json(before["table"])
        asked.header, asked.at, asked.above = before["header"], before["at"], before["above"]
        asked.parted = before["parted"]
        if "name_at" in form:
            asked.header = form.get("header") == "yes"
            asked.at = {name: form.get(f"{name}_at", type=whole) for name in COLUMNS}
        return ""
    else:
        return sentence(Refusal("empty"))
    asked.header, asked.above = seems.header, seems.above
    asked.at = _columns(asked.table, seems, delegations)
    return "" if asked.table.rows else next((fault_said(one.code, one.values) for one in asked.table.faults),
                                            sentence(Refusal("empty")))


def _before(held: str) -> Json | None:
    """Returns what the page carried, if it is ours."""
    try:
        return offload(partial(house().signer.loads, held, salt=SALT)) if held else None
    except BadData:
        return None


def _columns(table: Table, seems: Choice, delegations: Sequence[Json]) -> dict[str, int | None]:
    """Guesses which column is what: by its heading; else the delegation is where most cells name one."""
    at: dict[str, int | None] = {name: seems.fields.get(name) for name in COLUMNS}
    at["name"] = at["name"] if at["name"] is not None else seems.text or 0
    known = _by_name(delegations)
    if at["delegation"] is None:
        for column in range(table.width):
            cells = [cells[column] for _line, cells in table.rows if column < len(cells) and cells[column]]
            if column != at["name"] and cells and 2 * sum(plain(cell) in known for cell in cells) >= len(cells):
                at["delegation"] = column
                break
        if at["delegation"] is not None and at["delegation"] == at["name"]:
            at["name"] = 0
    return at


def _lines(asked: Bringing, delegations: Sequence[Json], there: Iterable[str]) -> list[Line]:
    """Reads each line: who, from where; whose name looks like another's is told, and comes all the same."""
    known, words = _by_name(delegations), _channel_words()
    first = {skeleton(name) or name: name for name in there}
    found = []
    for number, cells in (asked.table.rows if asked.table else [])[asked.above + 1 if asked.header else 0:]:
        said = {name: cells[at].strip() if at is not None and at < len(cells) else "" for name, at in asked.at.items()}
        typed = clean_name(said["name"], max(NAME, len(said["name"])))
        if not typed:
            continue
        one = Line(number, typed)
        if len(typed) > NAME:
            one.wrong = sentence(Refusal("too_long", limit=NAME, length=len(typed)))
        if said["delegation"]:
            one.delegation = known.get(plain(said["delegation"]))
            one.unknown = "" if one.delegation else said["delegation"][:NAME]
        one.channel = next((words[word] for word in map(plain, said["channel"].split()) if word in words), "")
        one.like = first.get(skeleton(typed) or typed, "")
        one.beside = asked.parted.get(typed, "")
        first.setdefault(skeleton(typed) or typed, typed)
        found.append(one)
    return found


def _parted(asked: Bringing, text: str, delegations: Sequence[Json]) -> str:
    """Returns the text with a line for each person where several stand in one: what is between commas looks like names of
    people ("Ana Quispe, Rosa Mamani"), and none of it is a delegation. "Quispe, Ana" is one person."""
    known, lines = _by_name(delegations), []
    for line in text.split("\n"):
        names = [clean_name(part) for part in line.split(",") if part.strip()]
        if len(names) > 1 and all(PERSON.fullmatch(name) and plain(name) not in known for name in names):
            asked.parted |= {name: ", ".join(other for other in names if other != name) for name in names}
            lines += names
        else:
            lines.append(line)
    return "\n".join(lines)


def _by_name(delegations: Sequence[Json]) -> dict[str, str]:
    return {plain(one[field]): one["id"] for field in ("label", "name") for one in delegations}


def _channel_words() -> dict[str, str]:
    """Returns {plain words: channel}, as sheets say it in our languages."""
    said = {"hall": "presencial sala hall présentiel en salle in person", "remote": "virtual remoto distancia línea online "
            "distance ligne remote lejos loin away", "phone": "teléfono telefono téléphone phone",
            "paper": "papel papier paper"}
    return {plain(word): key for key, words in said.items() for word in words.split() if len(word) > 2}


def _show(asked: Bringing, page: Json, problem: str = "") -> Page:
    faults = [(one.line, fault_said(one.code, one.values)) for one in asked.table.faults] if asked.table else []
    return show("roster/bring.html", styles=("door", "bring", "people"), asked=asked, problem=problem, faults=faults,
                most=intake.ROWS, too_many=asked.table is not None and len(asked.table.rows) > intake.ROWS, **page)
