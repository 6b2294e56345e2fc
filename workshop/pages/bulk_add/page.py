"""Serves the page that brings many ideas in: paste a list or give a file, see what will become of each line, then put it on
the board.

The page that shows it carries the table, signed, so that a file need not be chosen again; every card is checked anew.
"""
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Any

from flask import Blueprint, g, redirect, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadData
from werkzeug.datastructures import MultiDict

from workshop import intake
from workshop.activities.ideas import places
from workshop.domain.errors import Refusal
from workshop.domain.limits import CARDS_BROUGHT, TEXT
from workshop.domain.shapes import Json
from workshop.house import House, house
from workshop.intake import Choice, Table, headings
from workshop.intake.table import Row
from workshop.pages.bulk_add import child_tasks
from workshop.pages.bulk_add.proposals import Proposed, mark, words
from workshop.pages.bulk_add.proposals import names as called_so
from workshop.pages.input.numbers import whole
from workshop.pages.shell import visitor
from workshop.pages.shell.render import Page, show
from workshop.pages.shell.render import number as card_number
from workshop.pages.shell.request_gate import asker
from workshop.pages.shell.security import answers_itself, secret
from workshop.pages.shell.visitor import Place
from workshop.transport.offload import offload
from workshop.words import _, count, language, refusals, spoken
from workshop.words.intake import sentence

pages = Blueprint("bring", __name__)
SALT = "intake"
MOST = 4 * intake.BYTES  # bytes of the form: what was pasted, and the table again
CHARACTERS = 20_000  # of one command, so that its frame is not too much for a phone


@dataclass
class Intake:
    """Holds what somebody is about to bring in, from the form. `key` names it; `shown`: it is what the page before showed;
    `held`: what the page carries to the next form."""

    board: Json
    text: str = ""
    reading: str = ""
    table: Table | None = None
    choice: Choice = field(default_factory=Choice)
    at: Json = field(default_factory=dict)
    key: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    shown: bool = False
    held: str = ""
    anonymous: bool = False
    cards: list[Proposed] = field(default_factory=list)
    faults: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """Lists the names of the columns; their letters where there is no heading."""
        if self.table is None:
            return []
        heading = intake.heading(self.table, self.choice)
        return [heading[at] if at < len(heading) and heading[at] else _letter(at) for at in range(self.table.width)]

    @property
    def left_out(self) -> list[str]:
        """Lists the columns of which nothing is brought in."""
        return [name for at, name in enumerate(self.names) if at not in self._used and at not in self.choice.below]

    @property
    def rest(self) -> list[tuple[int, str]]:
        """Lists the columns that are used for nothing else: they can stand below the text."""
        return [(at, name) for at, name in enumerate(self.names) if at not in self._used]

    @property
    def _used(self) -> set[int | None]:
        choice = self.choice
        return {choice.text, choice.title, *choice.places.values(), *choice.about.values(), *choice.fields.values()}

    @property
    def fields(self) -> list[Json]:
        """Lists the fields of the board."""
        return self.board["settings"].get("fields") or []

    def said(self, card: Proposed) -> list[tuple[str, str]]:
        """Lists [(title, value)] of the fields of a card in words, in the order of the board's."""
        kept = card.body.get("fields", {})
        return [(spoken(one["title"]), _option(one, kept[one["key"]])) for one in self.fields if one["key"] in kept]

    @property
    def about(self) -> list[str]:
        """Lists what columns may say of an idea. Its author is not among it where nobody is to see that."""
        return [name for name in (*intake.ABOUT, "parent") if name != "author" or not self.anonymous]

    @property
    def long(self) -> list[int]:
        """Lists the lines whose text is too long for a card, shortened or split by now or not."""
        return sorted({line for line, _why, text in self.faults if line and len(text) > TEXT}
                      | {card.row.line for card in self.cards if {"shortened", "split"} & {*card.row.remarks}})


@pages.url_value_preprocessor
def _larger(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Allows a bigger form on this page, if it comes from staff."""
    if request.method == "POST":
        with suppress(Refusal), visitor.staff(**values or {}):
            request.max_content_length = request.max_form_memory_size = MOST
            request.max_form_parts = 3 * intake.ROWS


@pages.route("/w/<workshop_id>/r/<int:number>/bring", methods=["GET", "POST"])
@answers_itself
def bring(workshop_id: str, number: int) -> ResponseReturnValue:
    """Shows the field and the file; what each line would become; then how many there are."""
    with visitor.staff(workshop_id, number) as here:
        here.follow(workshop_id, *({here.room.stream_id} - {workshop_id}))
        boards = [card for card in here.cards("activity") if card["room"] == here.room.id and card["of"] == "ideas"]
        mine = {board["id"] for board in boards}
        there = [(card_number(card, card.get("home", number)), words(card["body"])) for card in here.cards("idea")
                 if card["activity"] in mine and card.get("number")]
        others = [room for room in here.rooms if room.id != here.room.id and room.opened_at] if here.viewer.leads else []
        page = {"workshop": here.workshop, "delegations": here.delegations, "room": here.room, "boards": boards,
                "others": others, "state": _state(here, boards), "leads": here.viewer.leads}
        anonymous = here.workshop.privacy == "anonymous"
    if not boards:
        raise Refusal("not_for_this")
    asked, form = Intake(_of(boards, request.form.get("board"))), request.form
    asked.anonymous = anonymous
    if request.method == "GET":
        return _show(asked, page)
    if form.get("do") == "polis":
        return _bring_polis(asked, page, f"/w/{workshop_id}/votes")
    asked.text, asked.reading = form.get("text", "").replace("\r\n", "\n"), form.get("reading", "")
    if problem := _take(asked):
        return _show(asked, page, problem)
    _propose(asked, there, house())
    if not g.token_right:
        return _show(asked, page, _said("expired", {}))
    if form.get("do") != "bring":
        return _show(asked, page)
    ticked = set(form.getlist("line"))
    for card in asked.cards:
        card.ticked = card.tick in ticked if asked.shown else card.ticked
    chosen = _hanging([card for card in asked.cards if card.ticked])
    if not (asked.shown and chosen):
        return _show(asked, page, sentence("bring_no_line" if asked.shown else "bring_changed", {}))
    done, answer = _send(asked, chosen)
    if not answer.get("ok"):
        problem = _said(answer.get("code", "later"), answer.get("values", {}))
        return _show(asked, page, f"{problem} {sentence('bring_partly', {'n': done})}" if done else problem)
    return redirect(f"/w/{workshop_id}/r/{number}/bring?in={done}", 303)


@pages.post("/w/<workshop_id>/r/<int:number>/carry")
def carry(workshop_id: str, number: int) -> ResponseReturnValue:
    """Copies cards of other rooms onto this board; the page says how many came, and why others did not."""
    form = request.form
    with visitor.staff(workshop_id, number, leads=True) as here:
        here.follow(here.room.stream_id)
        board = next((card["id"] for card in here.cards("activity") if card["of"] == "ideas"), "")
    if not form.getlist("from"):
        return redirect(f"/w/{workshop_id}/r/{number}/bring#rooms", 303)
    answer = house().performer.perform(secret(), {
        "client": form.get("client", ""), "n": 1, "verb": "contribution.carry", "seat": None,
        "payload": {"activity": board, "rooms": form.getlist("from"), "which": form.get("which", "all")}})
    if not answer.get("ok"):
        raise Refusal(answer.get("code", "later"), **answer.get("values", {}))
    stayed = "".join(f"&{why}={n}" for why, n in answer["stayed"].items())
    return redirect(f"/w/{workshop_id}/r/{number}/bring?carried={answer['carried']}{stayed}", 303)


def _stayed() -> list[str]:
    """Words why cards of the other rooms were not copied, as the verb has said."""
    private, waits, hidden = (request.args.get(why, 0, whole) for why in ("private", "waits", "hidden"))
    return [said for n, said in (
        (private, count("{n} card did not come: it is still private in its room. It can come after the reveal.",
                        "{n} cards did not come: they are still private in their room. They can come after the reveal.",
                        private)),
        (waits, count("{n} card did not come: it waits to be shown by the facilitator of its room.",
                      "{n} cards did not come: they wait to be shown by the facilitator of their room.", waits)),
        (hidden, count("{n} card did not come: it is hidden.", "{n} cards did not come: they are hidden.", hidden))) if n]


def _state(here: Place, boards: list[Json]) -> Json | None:
    """Returns {there, placed} of the cards that were copied from other rooms: placed is what stands in a group, or in
    another column than where they come in; None where none came."""
    first = {board["id"]: next((one["key"] for one in board["settings"].get("columns") or ()), None) for board in boards}
    came = [card for card in here.cards("idea") if card["activity"] in first and card.get("copy_of")]
    placed = [card for card in came if card.get("group") or card.get("into")
              or card.get("place", {}).get("column", first[card["activity"]]) != first[card["activity"]]]
    return {"there": len(came), "placed": len(placed)} if came else None


def _take(asked: Intake) -> str:
    """Finds what is to be brought in: a new file, the text of the field, or the table of the page before. Returns what is
    wrong with it in words, '' if nothing."""
    form, file = request.form, request.files.get("file")
    before, pool = _before(form.get("held", "")), house().sandbox
    if file and file.filename:
        if asked.text.strip():
            return sentence("bring_two", {})
        asked.table, seems = child_tasks.read(pool, asker(), asked.board, file.read(), language=language(),
                                                     json=file.filename.lower().endswith((".json", ".jsonl", ".geojson")))
    elif asked.text.strip():
        asked.table, seems = child_tasks.read(pool, asker(), asked.board, asked.text.encode("utf-8", "surrogatepass"),
                                         pasted=asked.reading)
    elif before and not before["text"]:
        asked.table = Table.from_json(before["table"]).turned_to(form.get("sheet", ""))
        seems = child_tasks.held(pool, asker(), asked.board, asked.table)
    else:
        return _said("empty", {})
    same = before if before and not (file and file.filename) and (
        before["text"], before["reading"], before["table"]["sheet"]) == (
        asked.text, asked.reading, asked.table.sheet) else None
    asked.choice = _chosen(form, asked, asked.table, seems, same) if same and "text_at" in form else seems
    if before and same:
        asked.key = before["key"]
        asked.shown = before["choice"] == asdict(asked.choice) and before["board"] == asked.board["id"]
    asked.at = {key: form[key] for key, names in places.NAMED.items()
                if form.get(key) in [one["key"] for one in asked.board["settings"].get(names) or ()]}
    return ""


def _before(held: str) -> Json | None:
    """Returns what the page carried, if it is ours."""
    try:
        return offload(partial(house().signer.loads, held, salt=SALT)) if held else None
    except BadData:
        return None


def _option(field: Json, value: str) -> str:
    return next((spoken(one["title"]) for one in field.get("options") or () if one["key"] == value), value)


def _chosen(form: MultiDict[str, str], asked: Intake, table: Table, seems: Choice, before: Json) -> Choice:
    """Reads the choice of columns from the form; what it did not ask, as another board may, is as it `seems`."""
    at = {key: form.get(f"{key}_at", type=whole) if f"{key}_at" in form else seems.places.get(key)
          for key in dict.fromkeys([*places.asked(asked.board["settings"]), *seems.places])}
    about = {name: form.get(f"{name}_of", type=whole) for name in asked.about} | {"into": seems.about.get("into")}
    own = {one["key"]: form.get(f"own_{one['key']}", type=whole) for one in asked.fields}
    lines = {name.removeprefix("long-"): how for name, how in form.items() if name.startswith("long-") and how}
    header = form.get("header") == "yes"
    if header and not before["choice"]["header"]:  # now that there are names, they say what nobody has said
        names = headings.fields(intake.heading(table, replace(seems, header=True)),
                                {one["key"]: called_so(one) for one in asked.fields})
        own = {key: names.get(key) if at is None else at for key, at in own.items()}
    return Choice(header, form.get("text_at", type=whole), form.get("title_at", type=whole),
                  {key: number for key, number in at.items() if number is not None}, form.get("html") == "yes",
                  seems.above if header else 0, {name: number for name, number in about.items() if number is not None},
                  form.getlist("below", type=whole), form.get("long", ""), lines,
                  {key: number for key, number in own.items() if number is not None})


def _hanging(cards: list[Proposed]) -> list[Proposed]:
    """Orders cards so that those from which others hang come before these; what hangs from a card that stays out hangs from
    nothing."""
    there, waiting = {card.id for card in cards}, list(cards)
    done: list[Proposed] = []
    for card in cards:
        if card.above not in there:
            card.origins, card.place = [], {key: value for key, value in card.place.items() if key != "parent"}
    seen: set[str] = set()
    while waiting:
        ready = [card for card in waiting if not card.above or card.above in seen]
        done, waiting = done + ready, [card for card in waiting if card not in ready]
        seen |= {card.id for card in ready}
    return done


def _propose(asked: Intake, there: list[tuple[str, str]], h: House) -> None:
    pool, device = h.sandbox, asker()
    table = asked.table
    assert table  # _take has found it
    asked.cards, asked.faults = child_tasks.proposed(
        pool, device, table, asked.choice, asked.board, asked.at, asked.key)
    texts = [*(text for _number, text in there), *(words(card.body) for card in asked.cards)]
    pairs = child_tasks.alike(pool, device, texts)
    if pairs is None:
        asked.faults.insert(0, (0, sentence("bring_not_compared", {}), ""))
    mark(asked.cards, there, pairs or [])
    held = {"board": asked.board["id"], "text": asked.text, "reading": asked.reading, "key": asked.key,
            "table": table.as_json(), "choice": asdict(asked.choice)}
    asked.held = offload(h.signer.dumps, held, SALT)  # some megabytes, at the most, are compressed beside the loop


def _send(asked: Intake, cards: list[Proposed]) -> tuple[int, Json]:
    """Sends the cards; returns (how many are on the board, the last answer)."""
    client, done, answer = request.form.get("client", ""), 0, {}
    for n, batch in enumerate(_batches(cards), 1):
        answer = house().performer.perform(secret(), {
            "client": client, "n": n, "verb": "contribution.bring", "seat": None,
            "payload": {"activity": asked.board["id"], "items": [card.item for card in batch]}})
        if not answer.get("ok"):
            break
        done += len(batch)
    return done, answer


def _bring_polis(asked: Intake, page: Json, votes: str) -> ResponseReturnValue:
    """Brings in a set of Polis files: its statements as cards, and what people answered as a vote that is over."""
    file, client = request.files.get("polis"), request.form.get("client", "")
    if not g.token_right:
        return _show(asked, page, _said("expired", {}))
    try:
        topic, texts, rows = child_tasks.polis_set(house().sandbox, asker(), file.read() if file else b"")
        if not texts or not rows:
            raise Refusal("empty")
    except Refusal as refusal:
        return _show(asked, page, _said(refusal.code, refusal.values))
    cards = [Proposed(Row(n, text), secrets.token_urlsafe(9), {"text": text}, {}) for n, text in enumerate(texts, 1)]
    done, answer = _send(asked, cards)
    if answer.get("ok"):
        answer = house().performer.perform(secret(), {
            "client": client, "n": len(list(_batches(cards))) + 1, "verb": "opinions.bring", "seat": None,
            "payload": {"activity": asked.board["id"], "title": topic or _("Answers from Polis"),
                        "cards": [card.id for card in cards], "rows": rows}})
        if answer.get("ok"):
            return redirect(f"{votes}/{answer['card']['id']}", 303)
    problem = _said(answer.get("code", "later"), answer.get("values", {}))
    return _show(asked, page, f"{problem} {sentence('bring_partly', {'n': done})}" if done else problem)


def _batches(cards: list[Proposed]) -> Iterator[list[Proposed]]:
    batch: list[Proposed] = []
    length = 0
    for card in cards:
        if batch and (len(batch) == CARDS_BROUGHT or length + len(card.row.text) > CHARACTERS):
            yield batch
            batch, length = [], 0
        batch.append(card)
        length += len(card.row.text)
    yield batch


def _show(asked: Intake, page: Json, problem: str = "") -> Page:
    settings = asked.board["settings"]
    into = [(key, [(one["key"], spoken(one["title"])) for one in settings.get(names) or ()])
            for key, names in places.NAMED.items()]
    brought, carried = request.args.get("in", 0, whole), request.args.get("carried", type=whole)
    along = None if carried is None else " ".join([
        count("{n} card was carried over.", "{n} cards were carried over.", carried), *_stayed()])
    done = count("{n} card is on the board.", "{n} cards are on the board.", brought) if brought else along
    called = {"author": _("Who wrote it"), "date": _("When it was written"), "supports": _("How many support it"),
              "link": _("Address"), "number": _("Its number"), "parent": _("Number or words of the idea it hangs from")}
    return show("bulk_add/bring.html", styles=("door", "bring"), asked=asked, problem=problem, places=into, called=called,
                said=places.asked(settings), done=done, **page)


def _said(code: str, values: Json) -> str:
    return refusals.sentence(Refusal(code, **values))


def _of(boards: list[Json], asked: str | None) -> Json:
    return next((board for board in boards if board["id"] == asked), boards[0])


def _letter(at: int) -> str:
    """Names a column as a sheet does: 0 -> 'A', 27 -> 'AB'."""
    return (_letter(at // 26 - 1) if at >= 26 else "") + chr(65 + at % 26)
