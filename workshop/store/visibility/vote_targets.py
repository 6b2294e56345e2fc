"""Finds what a vote is about, by its setting `per`: the ideas of a board, "row": the rows of a matrix, "group": the groups,
and the ideas that are in none. Rows go by their key in the settings, or by what the group calls them.

What somebody has chosen counts until they take it back, whatever becomes of the card: merged into another, sent away,
hidden, grouped since. Nobody can newly choose it, and screens show it where it is, or among what is `gone`.
"""
from collections.abc import Callable, Collection, Iterable
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, select

from workshop.domain.ids import ID
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Place, Settings
from workshop.store.fast.prepared import Question
from workshop.store.models import Activity, Contribution, History
from workshop.store.transaction import Session

GROUP, ROW = "group", "row"
MOVED = ("contribution.move", "contribution.edit", "contribution.add")  # acts that say of a card in which row it is


SOME = 8  # cards that one question asks for
STANDING = select(
    Contribution.id, Contribution.kind, Contribution.activity_id, Contribution.stream_id, Contribution.group_id,
    Contribution.merged_into, Contribution.hidden_at).where(Contribution.withdrawn_at.is_(None))
OF_KEYS = Question(STANDING.where(Contribution.id.in_([bindparam(f"key{i}") for i in range(SOME)])))
OF_GROUP = Question(STANDING.where(Contribution.group_id == bindparam("group")))


def by_row(settings: Settings) -> bool:
    """Tells whether the vote is on rows."""
    return settings.get("per") == ROW


def candidates(session: Session, vote: Activity, lines: Collection[str]) -> set[str]:
    """Finds what people who follow `lines` may choose among: the named things of a vote on such, or what the board has."""
    if kinds()[vote.kind].on_things(vote.settings):
        return {option["key"] for option in vote.settings["options"]}
    source = vote.settings["source"]
    there = session.execute(select(
        Contribution.id, Contribution.merged_into, Contribution.group_id, Contribution.place).where(
        Contribution.activity_id == source, Contribution.kind == "idea", Contribution.withdrawn_at.is_(None),
        Contribution.hidden_at.is_(None), Contribution.stream_id.in_(lines))).all()
    seen = {card.id for card in there}
    cards = [card for card in there if card.merged_into not in seen]  # what was merged into a card that is gone stands again
    if by_row(vote.settings):
        return rows_of(session.get_one(Activity, source).settings, [card.place for card in cards])
    if vote.settings.get("per") != GROUP:
        return {card.id for card in cards}
    groups = set(session.scalars(select(Contribution.id).where(
        Contribution.activity_id == source, Contribution.kind == "group", Contribution.withdrawn_at.is_(None))))
    return {card.group_id if card.group_id in groups else card.id for card in cards}


def among(session: Session, vote: Activity, lines: Callable[[], Collection[str]], keys: Collection[str]) -> set[str]:
    """Finds those of `keys` that are `candidates`, for what the cards of the ballot cost and not those of the board. `lines`
    is asked where a card is not the room's."""
    if kinds()[vote.kind].on_things(vote.settings):
        return candidates(session, vote, ()).intersection(keys)
    if by_row(vote.settings):
        known = rows_of(session.get_one(Activity, vote.settings["source"]).settings, ()).intersection(keys)
        return known if len(known) == len(keys) else candidates(session, vote, lines()).intersection(keys)
    source = vote.settings["source"]
    followed: list[Collection[str]] = []

    def follows(stream: str) -> bool:
        if not followed:
            followed.append(lines())
        return stream in followed[0]

    def sees(card: Any) -> bool:
        shown: bool = card.kind == "idea" and card.activity_id == source and not card.hidden_at
        return shown and (card.stream_id == vote.stream_id or follows(card.stream_id))

    def seen(cards: Iterable[Any]) -> list[Any]:
        """Lists those that are seen, without what was merged into another that is."""
        there = [card for card in cards if sees(card)]
        merged = {card.merged_into for card in there} - {None}
        under = {card.id for card in _standing(session, merged) if sees(card)} if merged else ()
        return [card for card in there if card.merged_into not in under]

    chosen = _standing(session, keys)
    cards = seen(chosen)
    if vote.settings.get("per") != GROUP:
        return {card.id for card in cards}

    def is_group(card: Any) -> bool:
        return bool(card.kind == "group" and card.activity_id == source)
    groups = {card.id for card in _standing(session, {card.group_id for card in cards} - {None}) if is_group(card)}
    return {card.id for card in cards if card.group_id not in groups} | {
        card.id for card in chosen if is_group(card) and seen(OF_GROUP.rows(session, group=card.id))}


def _standing(session: Session, keys: Collection[str]) -> list[Any]:
    """Reads the cards and groups of these ids that are not withdrawn; what can be none is not asked for."""
    ids = (key for key in keys if ID.fullmatch(key))
    found: list[Any] = []
    while some := list(islice(ids, SOME)):
        asked = {f"key{i}": some[min(i, len(some) - 1)] for i in range(SOME)}
        found += OF_KEYS.rows(session, **asked)
    return found


def shown(session: Session, vote: Activity, lines: Collection[str]) -> set[str]:
    """Finds what people who follow `lines` see of what can be chosen or could once: candidates, cards that were merged into
    another, cards in a group, the answers that the vote offers."""
    source = vote.settings["source"]
    there = session.execute(select(Contribution.id, Contribution.group_id).where(
        Contribution.activity_id == source, Contribution.kind == "idea", Contribution.withdrawn_at.is_(None),
        Contribution.hidden_at.is_(None), Contribution.stream_id.in_(lines))).all()
    offered = {option["key"] for option in vote.settings.get("options") or ()}
    return candidates(session, vote, lines) | offered | {key for card in there for key in card if key}


def dissolved(session: Session, vote: Activity, keys: Collection[str]) -> dict[str, str]:
    """Finds {group: its former name} of those among what was chosen that have been dissolved since. What somebody took away
    because nobody should read it has none."""
    if vote.settings.get("per") != GROUP or not keys:
        return {}
    return {key: body["text"] for key, body in session.execute(select(Contribution.id, Contribution.body).where(
        Contribution.id.in_(keys), Contribution.kind == "group", Contribution.withdrawn_at.is_not(None),
        Contribution.hidden_at.is_(None)).order_by(Contribution.id))}


def rows_of(settings: Settings, places: Iterable[Place]) -> set[str]:
    """Lists the rows of a matrix: those of its settings, and those in which cards stand."""
    return {row["key"] for row in settings.get("rows") or ()} | {place["row"] for place in places if place.get("row")}


def is_told(session: Session, vote: Activity) -> Callable[[str], bool]:
    """Returns a function: may everybody in the room hear what was chosen under this key? Cards not yet shown to the room are
    not mentioned, nor are rows that only such cards have had."""
    if by_row(vote.settings):
        there = candidates(session, vote, {vote.stream_id})
        earlier: set[str] | None = None

        def told(key: str) -> bool:
            nonlocal earlier
            if key in there:
                return True
            if earlier is None:
                earlier = _rows_before(session, vote)
            return key in earlier
        return told
    private = set(session.scalars(select(Contribution.id).where(
        Contribution.activity_id == vote.settings.get("source"), Contribution.stream_id != vote.stream_id)))
    return lambda key: key not in private


def _rows_before(session: Session, vote: Activity) -> set[str]:
    """Lists the rows in which cards of the room have stood, and those that hidden or merged ones have."""
    places = session.scalars(select(Contribution.place).where(
        Contribution.activity_id == vote.settings["source"], Contribution.stream_id == vote.stream_id)).all()
    acts = session.execute(select(History.before, History.after).where(
        History.stream_id == vote.stream_id, History.verb.in_(MOVED))).all()
    said = [*session.changes.history]
    pairs = [*acts, *((one["before"], one["after"]) for one in said
                      if one["stream_id"] == vote.stream_id and one["verb"] in MOVED)]
    return rows_of({}, [*places, *((side or {}).get("place") or {} for pair in pairs for side in pair)])
