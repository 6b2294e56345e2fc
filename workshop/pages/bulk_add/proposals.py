"""Proposes what the lines of a list or table would become on a board: cards with their marks, and faults."""
import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field

from workshop.activities.ideas import places
from workshop.domain.cards import similar
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Body, Json, Option, Place, Settings
from workshop.intake import Row, dates, headings
from workshop.words import _, spoken
from workshop.words.intake import sentence


@dataclass
class Proposed:
    """Describes a card that may be brought in. `stands`: where, in words; `ticked`: unless somebody says otherwise."""

    row: Row
    id: str
    body: Json
    place: Place
    stands: str = ""
    marks: list[str] = field(default_factory=list)
    ticked: bool = True
    origins: list[str] = field(default_factory=list)

    @property
    def item(self) -> Json:
        """Returns the card as the verb takes it."""
        return {"id": self.id, "body": self.body, "place": self.place} | (
            {"origins": self.origins} if self.origins else {})

    @property
    def tick(self) -> str:
        """Returns how the form calls it: its line; of a text that was split the part too."""
        return f"{self.row.line}.{self.row.part}" if self.row.part else str(self.row.line)

    @property
    def above(self) -> str:
        """Returns the id of the card from which it hangs; '' for none."""
        return self.origins[0] if self.origins else self.place.get("parent") or ""


def propose(rows: list[Row], board: Json, place: Place, key: str) -> tuple[list[Proposed], list[tuple[int, str, str]]]:
    """Proposes (cards, [(line, why it is none, its text)]) of the rows on `board` (its card) at `place`, unless they say
    where."""
    settings, check = board["settings"], kinds()[board["of"]].card_rules.check
    cards, faults = [], []
    for row in rows:
        marks = [sentence(code, {}) for code in row.remarks]
        body: Body = {"text": row.text} | ({"title": row.title} if row.title else {})
        if fields := _fields(settings, row):
            body["fields"] = fields
        said = words(body)
        at, unknown = _where(settings, row.places)
        if "column" in unknown:  # there is a first one
            marks.append(unknown.pop("column"))
        try:
            _body, kept = check(settings, body, place | at)
        except Refusal as refusal:
            faults.append((row.line, sentence(refusal.code, refusal.values), said))
            continue
        if unknown:
            faults.append((row.line, " ".join(unknown.values()), said))
        else:
            marks += [sentence("went_together", {"card": row.into})] if row.into else []
            cards.append(Proposed(row, _id(key, row), body, place | at, _stands(settings, kept), marks, not row.into))
    _hang(cards, settings)
    return cards, faults


def _hang(cards: list[Proposed], settings: Settings) -> None:
    """Hangs cards from the ones that they name: under it in a tree, else grown out of it; not in a ring."""
    named: dict[str, Proposed] = {}
    for names in (lambda row: (row.number,), lambda row: (row.title, row.text)):
        for card in cards:
            for name in filter(None, names(card.row)):
                named.setdefault(name.strip().casefold(), card)
    above: dict[str, str] = {}
    for card in cards:
        if not card.row.parent:
            continue
        other = named.get(card.row.parent.strip().casefold())
        at = other.id if other else ""
        while at and at != card.id:
            at = above.get(at, "")
        if other is None or at == card.id:
            card.marks.append(sentence("unknown_parent", {"parent": card.row.parent}))
            continue
        above[card.id] = other.id
        if settings.get("layout") == "tree":
            card.place |= {"parent": other.id}
        else:
            card.origins = [other.id]


def mark(cards: list[Proposed], there: list[tuple[str, str]], pairs: list[tuple[int, int, float]]) -> None:
    """Marks each card with the one that seems to say the same: one that is `there` ([(number, text)]), or one before it.
    Where they are the very same words, it is not ticked. `pairs`: of these texts, one after the other (similar.pairs)."""
    best: dict[int, tuple[float, int]] = {}
    for i, j, score in pairs:
        if j >= len(there) and score > best.get(j, (0.0, 0))[0]:
            best[j] = (score, i)
    for j, (score, i) in best.items():
        card, same = cards[j - len(there)], score >= similar.SAME
        card.ticked = card.ticked and not same
        if i < len(there):
            card.marks.append(sentence("same_on_board" if same else "said_on_board", {"card": there[i][0]}))
        else:
            card.marks.append(sentence("same_here" if same else "said_here", {"line": cards[i - len(there)].row.line}))


def words(body: Body) -> str:
    """Joins everything that a card says; what a field says is not said again."""
    own = body.get("fields", {}).values()
    return "\n".join(filter(None, (body.get("title"), "" if body["text"] in own else body["text"], *own)))


def called(choices: Iterable[Option], word: str) -> str | None:
    """Finds the key of the choice with this key or title, in any language; an exact match before one without accents and
    capitals."""
    return next((key for key in headings.fields([word], {one["key"]: names(one) for one in choices})), None)


def names(choice: Option) -> list[str]:
    """Lists what a column, row, field or option of a board is called: its title in each language, its key."""
    title = choice["title"]
    return [*(title.values() if isinstance(title, dict) else [title]), choice["key"]]


def _fields(settings: Settings, row: Row) -> dict[str, str]:
    """Reads what the row says of the fields of the board, in the form in which they are stored."""
    found = {}
    for asked in settings.get("fields") or ():
        if value := row.own.get(asked["key"]):
            known = dates.read(value) if asked["type"] == "date" else called(asked.get("options") or (), value)
            found[asked["key"]] = known or value
    return found


def _where(settings: Settings, said: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Reads (the place, {key: what is wrong with what was said of it}) of a row."""
    at, unknown = {}, {}
    for key, word in _parted(settings, said).items():
        if key == "at":
            try:
                at[key] = places.moment(dates.read(word) or word, settings.get("scale"))
            except Refusal as refusal:
                unknown[key] = sentence("unknown_date", {"date": word} | refusal.values)
        elif known := called(settings.get(places.NAMED[key]) or (), word):
            at[key] = known
        elif key == "row" and settings.get("open_rows"):
            at[key] = word
        else:
            unknown[key] = sentence(f"unknown_{key}", {key: word})
    return at, unknown


def _parted(settings: Settings, said: dict[str, str]) -> dict[str, str]:
    """Splits what a row says of its place by the keys of a place. The memoria says the whole place in one word under
    *Column*: 'Impacts · What shows it · «a group»'."""
    word = said.get("column", "")
    if " · " not in word or called(settings.get("columns") or (), word):
        return said
    found: dict[str, str] = {}
    for part in word.split(" · "):
        if key := next((key for key, names in places.NAMED.items() if called(settings.get(names) or (), part)), None):
            found.setdefault(key, part)
    return {key: value for key, value in said.items() if key != "column"} | found if found else said


def _stands(settings: Settings, place: Place) -> str:
    """Words where a card will stand; '' where the board has only one place."""
    found = ["/".join(reversed(place["at"].split("-")))] if "at" in place else []
    for key, names in places.NAMED.items():
        if key in place:
            title = next((one["title"] for one in settings.get(names) or () if one["key"] == place[key]), place[key])
            found.append(spoken(title))
    if places.unplaced(settings, {"place": place}):
        found.append(_("Without a place yet"))
    return " · ".join(filter(None, found))


def _id(key: str, row: Row) -> str:
    """Makes the card's id: the same line of the same intake is the same card, however often it is sent."""
    said = "\n".join([key, str(row.line), row.title, row.text, *row.own.values()]).encode()
    return base64.urlsafe_b64encode(hashlib.sha256(said).digest()[:12]).decode()
