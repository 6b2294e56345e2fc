"""What a vote is about: the ideas of a board, or (setting `per`: "row") the rows of a matrix.  Rows go by their key in the
settings, or by what the group calls them."""
from sqlalchemy import select

from workshop.store.models import Activity, Contribution


def by_row(settings: dict) -> bool:
    """Whether the vote stands on rows."""
    return settings.get("per") == "row"


def candidates(session, vote: Activity, lines) -> set[str]:
    """What people who follow `lines` may choose among."""
    source = vote.settings["source"]
    there = (Contribution.activity_id == source, Contribution.kind == "idea", Contribution.withdrawn_at.is_(None),
             Contribution.hidden_at.is_(None), Contribution.merged_into.is_(None), Contribution.stream_id.in_(lines))
    if not by_row(vote.settings):
        return set(session.scalars(select(Contribution.id).where(*there)))
    return rows_of(session.get(Activity, source).settings, session.scalars(select(Contribution.place).where(*there)))


def rows_of(settings: dict, places) -> set[str]:
    """The rows of a matrix: those of its settings, and those in which cards stand."""
    return {row["key"] for row in settings.get("rows") or ()} | {place["row"] for place in places if place.get("row")}


def is_told(session, vote: Activity):
    """A function: may everybody in the room hear what was chosen under this key?  Cards that are not the room's yet are not
    spoken of, nor are rows that only such cards have."""
    if by_row(vote.settings):
        return candidates(session, vote, {vote.stream_id}).__contains__
    private = set(session.scalars(select(Contribution.id).where(
        Contribution.activity_id == vote.settings.get("source"), Contribution.stream_id != vote.stream_id)))
    return lambda key: key not in private
