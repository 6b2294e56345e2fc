"""Prepares votes on a page without script: what the seat may choose, and what was given to what no longer exists."""
from workshop.actions.votes.ballots import candidates
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Json
from workshop.pages.shell.visitor import RoomPlace
from workshop.store.models import Activity
from workshop.store.visibility import circles, vote_targets
from workshop.words import _, spoken


def votable(here: RoomPlace, votes: list[Json], seat: Json | None, opened: set[str]) -> dict[str, set[str]]:
    """Lists {id of an open vote: what the seat may choose anew}."""
    if seat is None:
        return {}
    return {vote["id"]: candidates(here.session, here.room, here.session.get_one(Activity, vote["id"]), seat["id"],
                                   seat["delegation"]) for vote in votes if vote["id"] in opened}


def absent(here: RoomPlace, votes: list[Json], seat: Json | None, ballots: dict[tuple[str, str], Json],
           opened: set[str]) -> list[Json]:
    """Lists [{vote, all: [what of it no longer exists, with what all gave], mine: [(key, what the seat gave)]}] of votes of
    which something is gone."""
    lines = circles.readable(here.session, here.room, seat["id"] if seat else None)
    there = {card["id"] for card in here.cards("idea")}
    names = {card["id"]: f"«{card['body']['text']}»" for card in here.cards("group")}
    found = []
    for vote in votes:
        kind = kinds()[vote["of"]]
        report = kind.card_report
        seen = vote["id"] not in opened or vote["settings"].get("reveal") == "live"
        items = (vote["tally"] or {}).get("items") or {} if seen else {}
        choices = ballots[vote["id"], seat["id"]]["choices"] if seat and (vote["id"], seat["id"]) in ballots else {}
        if report is None or not (items or choices):
            continue
        shown = there | vote_targets.shown(here.session, here.session.get_one(Activity, vote["id"]), lines)
        rest = [f"{_called(vote, key, names)}: {report.of_card(vote['settings'], result).text}"
                for key, result in items.items() if key not in shown]
        mine = [(key, report.of_choice(vote["settings"], choice)) for key, choice in choices.items() if key not in shown]
        if rest or mine:
            found.append({"vote": vote, "title": spoken(vote["settings"].get("title")) or vote["title"] or _(kind.title),
                          "all": rest, "mine": mine})
    return found


def _called(vote: Json, key: str, names: dict[str, str]) -> str:
    was = (vote["tally"] or {}).get("names", {}).get(key)
    if name := names.get(key) or (was and f"«{was}»"):
        return name
    return key if vote_targets.by_row(vote["settings"]) else _("A card that is not shown any more")
