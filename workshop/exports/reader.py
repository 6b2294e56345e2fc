"""Fills the report from the store, as the same viewer as pages and live frames."""
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.sql import SQLColumnExpression

from workshop.actions.votes import parts
from workshop.activities.summary.rules import SECTIONS
from workshop.domain import steps
from workshop.domain.kinds import kinds
from workshop.domain.people.channels import HALL
from workshop.domain.programme import in_order
from workshop.domain.shapes import Json, Place, Settings
from workshop.domain.visibility import Viewer
from workshop.exports import threads
from workshop.exports.chapters import Board, arranged, chapters, section_of
from workshop.exports.model import Card, File, From, Report, RoomPart, Section, Sentence, Step
from workshop.exports.plenary import said as plenary_said
from workshop.exports.programme import place_of, planned
from workshop.exports.votes import Vote, vote
from workshop.exports.words import CHANNELS, POLICIES, SECTION_WORDS, headings
from workshop.store.counts import turnout
from workshop.store.models import Activity, Axis, Block, Delegation, Room, Seat, Site, Workshop
from workshop.store.streams import viewers
from workshop.store.transaction import Session
from workshop.store.visibility import copies, room_sight
from workshop.store.visibility.results import is_over
from workshop.time_slices import paced
from workshop.words import _, labelled, language, spoken
from workshop.words.bidi import isolate
from workshop.words.forms import day_said, quoted
from workshop.words.hands import entered as by_hand

Look = Callable[[str], list[Json]]  # the cards of a stream, as one reader may see them
Delegations = dict[str, Delegation]
Row = TypeVar("Row", Axis, Block, Delegation, Room, Site)


def read(session: Session, workshop: Workshop, viewer: Viewer, now: datetime, look: Look | None = None) -> Report:
    """Reads the report of a workshop as `viewer` may see it, in the current language. `look(stream)`: its cards, where they
    are kept; else they are read."""
    if look is None:
        def look(stream: str) -> list[Json]:
            cards: list[Json] = viewers.frame(session, stream, viewer, None, 0)["cards"]
            return cards
    of = {d.id: d for d in _all(session, Delegation, workshop, Delegation.position)}
    axes = {axis.id: axis.title for axis in _all(session, Axis, workshop, Axis.number)}
    seats = turnout.took_part(session, workshop.id)
    plenary = look(workshop.id)
    sites = {site.id: site.name for site in _all(session, Site, workshop, Site.position)}
    words, programme = headings(), planned(in_order(
        block for block in _all(session, Block, workshop, Block.starts_at) if block.dropped_at is None), workshop.zones)
    onward = copies.onward(session, workshop.id)
    placed = [(section_of(room.method, room.archived_at),
               _room(session, viewer, room, axes, of, sites, plenary, words, onward, look))
              for room in _all(session, Room, workshop, Room.position)
              # a plenary that once took cards
              if (viewer.is_staff or not room_sight.awaits(room)) and (
                  room.kind == "group" or any(card["kind"] == "idea" for card in plenary))]
    rooms = [room for _section, room in placed]
    if told := plenary_said(session, workshop, viewer, of, words, _of_plenary(session, workshop, viewer, plenary, of)):
        placed.append(("plenaria", told))
    threads.apart(rooms)
    threads.taken_up(rooms)
    return Report(
        title=workshop.title, code=workshop.code, language=language(),
        made=day_said(now.astimezone(ZoneInfo(workshop.zones[0])), year=True),
        zones=[place_of(zone) for zone in workshop.zones],
        days=[day_said(date.fromisoformat(day), year=True) for day in workshop.days],
        sites=list(sites.values()), axes=list(axes.values()),
        privacy=_(POLICIES[workshop.privacy]), people=len(seats), delegations=_delegations(of, seats, rooms, viewer),
        places=[(name, sum(seat.site_id == id for seat in seats)) for id, name in sites.items()] if len(sites) > 1 else [],
        programme=programme, rooms=rooms, chapters=chapters(placed, words, bool(programme)), words=words)


def _all(session: Session, table: type[Row], workshop: Workshop, order: SQLColumnExpression[Any]) -> Sequence[Row]:
    return session.scalars(select(table).where(table.workshop_id == workshop.id).order_by(order)).all()


def _delegations(of: Delegations, seats: list[Seat], rooms: list[RoomPart], viewer: Viewer) -> list[From]:
    found = {id: From(d.name, d.label, d.weave, cards=None if viewer.privacy == "anonymous" else 0) for id, d in of.items()}
    for seat in seats:
        if one := found.get(seat.delegation_id or ""):
            if seat.channel in HALL:
                one.hall += 1
            else:
                one.remote += 1
    if viewer.privacy != "anonymous":
        for one in found.values():
            one.cards = sum(card.delegation == one.name for room in rooms for card in room.cards)
    return list(found.values())


def _room(session: Session, viewer: Viewer, room: Room, axes: dict[str, str], of: Delegations, sites: dict[str, str],
          plenary: list[Json], words: dict[str, str], onward: dict[str, list[int]], look: Look) -> RoomPart:
    inside = look(room.stream_id)
    activities = [card for card in inside + plenary if card["kind"] == "activity" and card["room"] == room.id]
    board, summary = (next((a for a in activities if a["of"] == kind), None) for kind in ("ideas", "summary"))
    settings = board["settings"] if board else {}
    titles = _titles(settings) if board else {}
    on_board = (c for c in inside if c["kind"] == "idea" and board and c["activity"] == board["id"])
    ideas = sorted((c for c in on_board if "hidden" not in c), key=lambda c: (c.get("home", 0), c["number"]))
    cards = _cards(room, ideas, inside, activities, titles, of, sites, onward)
    votes = _votes(session, room, activities, _names(room, inside, titles), None if viewer.privacy == "anonymous" else of)
    held = _steps(session, room)
    own = [(idea, card) for idea, card in paced(zip(ideas, cards, strict=True)) if not card.into]
    own.sort(key=lambda one: _order(settings, one[0].get("place", {})))
    placed = [(idea.get("place", {}), _where(idea, titles), card) for idea, card in paced(own)]
    sections = _sections(room, [card for card in plenary if card["kind"] == "item" and card["room"] == room.id])
    shown, rest, note = arranged(room.method, sections, bool(summary and summary["published"]),
                                 Board(settings, placed, titles, words), votes, words)
    late = [_aside(one, one["text"], of) for one in inside if one["kind"] == "late"]
    inbox = look(room.inbox) if room.inbox and viewer.is_staff else ()
    waiting = [_aside(one, _refused(one) + _said(one, titles), of) for one in inbox if one["kind"] in ("idea", "comment")]
    columns = [spoken(column["title"]) for column in settings.get("columns", ())]
    return RoomPart(room.number, room.title, room.question, axes.get(room.axis_id or "", ""), steps.state(room), cards,
                    columns, shown, rest, note, votes, held, late, waiting)


def _cards(room: Room, ideas: list[Json], inside: list[Json], activities: list[Json], titles: dict[str, str],
           of: Delegations, sites: dict[str, str], onward: dict[str, list[int]]) -> list[Card]:
    """Lists the ideas of a board as the report has them, with their group, their kin, what was said to them and their votes.
    """
    groups = {c["id"]: c["body"]["text"] for c in inside if c["kind"] == "group"}
    numbers = {c["id"]: _number(room, c["number"], c.get("home")) for c in ideas}
    comments: dict[str, list[str]] = {}
    for comment in (c for c in inside if c["kind"] == "comment"):
        said = _(": ").join(filter(None, (_author(comment), comment["body"]["text"])))
        comments.setdefault(comment["parent"], []).append(said)
    cards = []
    for idea in paced(ideas):
        card = _card(room, idea, titles, of)
        card.site = sites.get(idea.get("site") or "", "") if len(sites) > 1 else ""
        if idea.get("group") in groups:
            card.column = " · ".join(filter(None, (card.column, quoted(groups[idea["group"]]))))
        card.thread, card.files, card.comments = _kin(idea, numbers, onward), _files(idea), comments.get(idea["id"], [])
        card.copy, card.into = "copy_of" in idea, numbers.get(idea.get("into", ""), "")
        _count(card, idea["id"], activities)
        cards.append(card)
    return cards


def _kin(idea: Json, numbers: dict[str, str], onward: dict[str, list[int]]) -> list[str]:
    """Words where a card came from and went to."""
    into = numbers.get(idea.get("into", ""), "")
    joined = [_("together with {card}", card=into)] if into else []
    if origins := [numbers[key] for key in idea.get("from", ()) if key in numbers]:
        joined.append(_("grew out of {cards}", cards=", ".join(origins)))
    if idea.get("copy_of"):
        joined.append(_("carried over from room {n}", n=idea["home"]))
    return joined + [_("carried over to room {n}", n=number) for number in onward.get(idea["id"], ())]


def _aside(one: Json, text: str, of: Delegations) -> Card:
    """Holds what is not on the board: it came late, or waits for the facilitators."""
    return Card("", text, author=_author(one), delegation=_name(of, one.get("delegation")))


def _refused(card: Json) -> str:
    """Words, before the text of a card that the facilitators have refused, that they have, and why."""
    if "hidden" not in card:
        return ""
    return (_("Not shown.") if card["hidden"] == "–" else _("Not shown: {reason}.", reason=card["hidden"])) + " "


def _titles(settings: Settings) -> dict[str, str]:
    """Words what a place or a field of a card names by its key; under '' those of the column without a name."""
    parts = [one for part in ("columns", "rows", "lanes", "fields") for one in settings.get(part) or ()]
    parts += [option for one in settings.get("fields") or () for option in one.get("options", ())]
    first = settings["columns"][0]["title"] if settings["columns"] else ""
    return {"": spoken(first)} | {one["key"]: spoken(one["title"]) for one in parts}


def _where(idea: Json, titles: dict[str, str]) -> str:
    """Words the place of a card: 'Impacts · What shows it'."""
    where = (idea.get("place", {}).get(name) for name in ("lane", "row", "at", "column"))
    return " · ".join(titles.get(key, key) for key in where if key) or titles.get("", "")


def _order(settings: Settings, place: Place) -> tuple[int, int, str, int]:
    """Sorts places as the board has them; what has no place comes first, as the first column does."""
    def rank(part: str, name: str) -> int:
        keys = [one["key"] for one in settings.get(part) or ()]
        return keys.index(place[name]) if place.get(name) in keys else 0
    return rank("lanes", "lane"), rank("rows", "row"), str(place.get("at") or ""), rank("columns", "column")


def _number(room: Room, number: int | str, home: int | None = None) -> str:
    return number if isinstance(number, str) else f"R{home or room.number}-{number:03d}"


def _author(card: Json) -> str:
    return _("◆ Facilitation") if card.get("staff") else isolate(card.get("name") or "")


def _name(of: Delegations, delegation: str | None) -> str:
    return of[delegation].name if delegation in of else ""


def _card(room: Room, idea: Json, titles: dict[str, str], of: Delegations) -> Card:
    channel = CHANNELS.get(idea.get("channel") or "")
    way = [_(channel)] if channel else []
    if "helper" in idea:
        way.append(_("written down by {name}", name=idea["helper"]))
    return Card(_number(room, idea["number"], idea.get("home")), _text(idea), _fields(idea, titles),
                column=_where(idea, titles),
                author=_author(idea), delegation=_name(of, idea.get("delegation")), channel=", ".join(way))


def _text(idea: Json) -> str:
    """Joins title and text of a card; '' where the text is only that of a field."""
    body = idea["body"]
    own = "" if body["text"] in body.get("fields", {}).values() else body["text"]
    return "\n".join(filter(None, [body.get("title"), own]))


def _fields(idea: Json, titles: dict[str, str]) -> dict[str, str]:
    """Lists {title: value in words} of the fields of a card, in the order of the board's."""
    held = idea["body"].get("fields", {})
    keys = [key for key in titles if key in held]
    return {titles.get(key, key): titles.get(held[key], held[key]) for key in [*keys, *(held.keys() - set(keys))]}


def _said(idea: Json, titles: dict[str, str]) -> str:
    """Joins title, text and fields of a card as one text, where it cannot be a table: 'What: … · Who: …'."""
    fields = " · ".join(labelled(title, value) for title, value in _fields(idea, titles).items())
    return "\n".join(filter(None, (_text(idea), fields)))


def _files(idea: Json) -> list[File]:
    """Lists the photos and voice notes of a card, with what is said of them: 'Photo', 'Voice note, 0:32: what it says'."""
    names = {"photo": _("Photo"), "voice": _("Voice note")}
    found = []
    for file in idea.get("files", ()):
        minutes, seconds = divmod(file.get("seconds") or 0, 60)
        name = f"{names[file['kind']]}, {minutes}:{seconds:02d}" if file.get("seconds") else names[file["kind"]]
        found.append(File(file["id"], file["kind"], _(": ").join(filter(None, (name, file.get("text"))))))
    return found


def _count(card: Card, card_id: str, activities: list[Json]) -> None:
    """Adds what each vote says of the card."""
    for activity in activities:
        report, result = kinds()[activity["of"]].card_report, ((activity["tally"] or {}).get("items") or {}).get(card_id)
        if not result or report is None:
            continue
        said, title = report.of_card(activity["settings"], result), _title(activity)
        card.votes.append(_(": ").join(filter(None, (title, said.text))))
        card.rank += said.rank
        card.figures |= {_(": ").join(filter(None, (title, heading))): figure for heading, figure in said.figures.items()}


def _title(activity: Json) -> str:
    """Returns the name that the vote was given; '' where that of its kind is enough."""
    return spoken(activity["settings"].get("title")) or activity["title"]


def _sections(room: Room, items: list[Json]) -> list[Section]:
    found = []
    for key in SECTIONS:
        title = _(SECTION_WORDS[key])
        mine = sorted((i for i in items if i["body"]["section"] == key), key=lambda i: i["number"])
        sentences = [_sentence(room, f"{title} {n}", item) for n, item in enumerate(mine, 1)]
        if sentences:
            found.append(Section(key, title, sentences))
    return found


def _sentence(room: Room, label: str, item: Json) -> Sentence:
    body = item["body"]
    return Sentence(label, body["text"], body.get("who") or "", body.get("when") or "",
                    [_number(room, number) for number in item["numbers"]])


def _votes(session: Session, room: Room, activities: list[Json], names: dict[str, tuple[str, str]],
           of: Delegations | None) -> list[Vote]:
    """Lists the votes of the room in the order in which they were held, each with what may be told of it."""
    rows = session.scalars(select(Activity).where(Activity.id.in_([one["id"] for one in activities]))).all()
    known = turnout.of_votes(session, [row for row in rows if kinds()[row.kind].votes])
    delegations = None if of is None else {id: one.name for id, one in of.items()}
    held = sorted((one for one in activities if one["id"] in known),
                  key=lambda one: (known[one["id"]].at is None, str(known[one["id"]].at), one["position"]))
    by_id = {row.id: row for row in rows}
    zone = session.get_one(Workshop, room.workshop_id).zones[0]
    told = []
    for one in held:
        one = _with_all(one, by_id[one["id"]])
        made = vote(one, known[one["id"]], names, delegations, _parts(session, room, by_id[one["id"]]))
        if made is None:
            continue
        if before := session.get(Activity, one["settings"].get("follows") or ""):
            made.follows = spoken(before.settings.get("title")) or before.title or _(kinds()[before.kind].title)
        made.hands = [by_hand(line, zone) for line in one.get("hands", ())]
        if made.outcome:
            at = datetime.fromisoformat(made.outcome["at"])
            at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(ZoneInfo(zone))
            made.outcome = made.outcome | {"when": f"{at:%Y-%m-%d %H:%M}"}
        told.append(made)
    return told


def _with_all(card: Json, row: Activity) -> Json:
    """Returns the card of a vote whose tally may be seen with what of it no screen is sent."""
    unsent = kinds()[row.kind].unsent & (row.tally or {}).keys()
    return card | {"tally": card["tally"] | {name: (row.tally or {})[name] for name in unsent}} if card["tally"] else card


def _parts(session: Session, room: Room, row: Activity) -> Json | None:
    """Returns a vote's result by group, where it is over; of one that was over before such were kept, as it is now."""
    if not kinds()[row.kind].decides or row.tally is None or not row.tally["ballots"] or not is_over(room, row):
        return None
    return row.parts or parts.of(session, row)


def _of_plenary(session: Session, workshop: Workshop, viewer: Viewer, plenary: list[Json], of: Delegations) -> list[Vote]:
    """Lists the votes of the plenary that are over."""
    room = session.scalars(select(Room).where(Room.workshop_id == workshop.id, Room.kind == "plenary")).one()
    closed = [card for card in plenary if card["kind"] == "activity" and card["room"] == room.id and card.get("closed")]
    return _votes(session, room, closed, {}, None if viewer.privacy == "anonymous" else of)


def _names(room: Room, inside: list[Json], titles: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Finds {key: (number, text)} of what may have been voted on: cards, groups, rows."""
    found = {key: ("", title) for key, title in titles.items()}
    for card in (card for card in inside if "hidden" not in card):
        if card["kind"] == "idea":
            found[card["id"]] = _number(room, card["number"], card.get("home")), _said(card, titles)
        elif card["kind"] == "group":
            found[card["id"]] = "", quoted(card["body"]["text"])
    return found


def _steps(session: Session, room: Room) -> list[Step]:
    usual = {"ideas": _("Ideas"), "vote": _("Vote"), "summary": _("Summary")}
    return [Step((spoken(one.title) if isinstance(one.title, dict) else "") or usual.get(one.key, one.key),
                 len(one.there), one.hall)
            for one in turnout.of_steps(session, [room.id]).get(room.id, ())]
