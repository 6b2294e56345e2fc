"""Prepares votes on a page without script: what the seat may choose, and what was given to what no longer exists."""
from workshop.actions.votes import voters
from workshop.actions.votes.ballots import candidates
from workshop.activities.options import gave
from workshop.domain import voting
from workshop.domain.kinds import Result, kinds
from workshop.domain.ranking import Standing, standings
from workshop.domain.shapes import Json
from workshop.pages.shell.render import number
from workshop.pages.shell.visitor import RoomPlace
from workshop.store.models import Activity, Seat
from workshop.store.visibility import circles, vote_targets
from workshop.words import _, count, figure, spoken
from workshop.words import voting as voting_words
from workshop.words.forms import quoted

LONG = 80  # characters of a card in a list of results


def votable(here: RoomPlace, votes: list[Json], seat: Json | None, opened: set[str]) -> dict[str, set[str]]:
    """Lists {id of an open vote: what the seat may choose anew}."""
    if seat is None:
        return {}
    return {vote["id"]: candidates(here.session, here.room, here.session.get_one(Activity, vote["id"]), seat["id"],
                                   seat["delegation"]) for vote in votes if vote["id"] in opened}


def barred(here: RoomPlace, votes: list[Json], seat: Json | None, opened: set[str]) -> dict[str, str]:
    """Finds {id of an open vote: its name, and why the seat may not vote in it, in words}."""
    of = here.session.get(Seat, seat["id"]) if seat else None
    found: dict[str, str] = {}
    if of is None:
        return found  # nobody, or somebody whom a look ahead makes up
    for vote in (one for one in votes if one["id"] in opened):
        if code := voters.barred(here.session, vote["settings"], of, here.viewer.is_staff):
            name = spoken(vote["settings"].get("title")) or vote["title"] or _(kinds()[vote["of"]].title)
            found[vote["id"]] = f"{name}{' ' if name.endswith(('?', '!')) else _(': ')}{_(voting_words.BARRED[code])}"
    return found


def absent(here: RoomPlace, votes: list[Json], seat: Json | None, ballots: dict[tuple[str, str], Json],
           opened: set[str]) -> list[Json]:
    """Lists [{vote, all: [what of it no longer exists, with what all gave], mine: [(key, what the seat gave)]}] of votes of
    which something is gone."""
    lines = circles.readable(here.session, here.room, seat["id"] if seat else None)
    there = {card["id"] for card in here.cards("idea")}
    names = {card["id"]: quoted(card["body"]["text"]) for card in here.cards("group")}
    found = []
    for vote in votes:
        kind = kinds()[vote["of"]]
        report = kind.card_report
        seen = vote["id"] not in opened or vote["settings"].get("reveal") != voting.CLOSE
        items = (vote["tally"] or {}).get("items") or {} if seen else {}
        choices = ballots[vote["id"], seat["id"]]["choices"] if seat and (vote["id"], seat["id"]) in ballots else {}
        if report is None or not kind.on_cards(vote["settings"]) or not (items or choices):
            continue
        shown = there | vote_targets.shown(here.session, here.session.get_one(Activity, vote["id"]), lines)
        rest = [f"{_called(vote, key, names)}{_(': ')}{report.of_card(vote['settings'], result).text}"
                for key, result in items.items() if key not in shown]
        mine = [(key, report.of_choice(vote["settings"], choice)) for key, choice in choices.items() if key not in shown]
        if rest or mine:
            found.append({"vote": vote, "title": spoken(vote["settings"].get("title")) or vote["title"] or _(kind.title),
                          "all": rest, "mine": mine})
    return found


def outcomes(here: RoomPlace, votes: list[Json], opened: set[str]) -> list[Json]:
    """[{title, people, known: whether it is told by how many, lines}] of votes on cards that are over, the first first."""
    names = {card["id"]: quoted(card["body"]["text"]) for card in here.cards("group")} | {
        card["id"]: f"{number(card, here.room.number)} {shortened(card['body'].get('title') or card['body']['text'])}"
        for card in here.cards("idea")}
    found = []
    for vote in votes:
        kind, tally = kinds()[vote["of"]], vote["tally"] or {}
        if vote["id"] in opened or not kind.decides or not kind.report:
            continue
        if not tally.get("items") or not kind.on_cards(vote["settings"]):
            found += [_beyond(here, vote)] if tally.get("ballots") else []
            continue
        result = kind.report.result(vote["settings"], tally)
        lines = [_line(vote, one, result, tally["items"][one.row.key], names[one.row.key])
                 for one in standings(result) if one.place and one.row.key in names]
        if lines:
            found.append({"title": spoken(vote["settings"].get("title")) or vote["title"] or _(kind.title), "lines": lines,
                          "about": result.names(lambda key: names.get(key, "")) if result.names else "",
                          "href": f"/w/{here.workshop.id}/votes/{vote['id']}",
                          "decided": (vote.get("outcome") or {}).get("text"), "known": "delegations" in lines[0],
                          "voters": voting_words.voters("", tally["ballots"], tally.get("votes")),
                          "whose": voting_words.whose("", "votes" in tally),
                          "whole": not any(frame.get("earlier") for frame in here.frames)})
    return found


def _beyond(here: RoomPlace, vote: Json) -> Json:
    """Returns what was decided and the way to all of the result, of a vote whose result its kind draws itself."""
    return {"title": spoken(vote["settings"].get("title")) or vote["title"] or _(kinds()[vote["of"]].title), "lines": [],
            "href": f"/w/{here.workshop.id}/votes/{vote['id']}", "decided": (vote.get("outcome") or {}).get("text")}


def shortened(text: str) -> str:
    """The beginning of a long text, as `outcome` of static/js/votes/outcome.js has it."""
    return text if len(text) <= LONG else f"{text[:LONG]}…"


def _line(vote: Json, of: Standing, result: Result, item: Json, name: str) -> Json:
    figures = of.row.figures[:result.bars]
    parts = [f"{heading} {figure(one or 0)}" for heading, one in zip(result.headings, figures, strict=False)]
    n = figure(of.row.figures[0] or 0) if result.bars == 1 else None
    known = {"people": item["seats"], "delegations": item["delegations"]} if "seats" in item else {}
    about = [*(parts if n is None else ()), *filter(None, (of.row.about,)), *((
        gave(vote["settings"], item["seats"]),
        count("from {n} delegation", "from {n} delegations", item["delegations"])) if known else ())]
    return {"key": of.row.key, "what": name, "of": of, "n": n, "said": n or " · ".join(parts), "about": " · ".join(about),
            } | known


def _called(vote: Json, key: str, names: dict[str, str]) -> str:
    was = (vote["tally"] or {}).get("names", {}).get(key)
    if name := names.get(key) or (was and quoted(was)):
        return name
    return key if vote_targets.by_row(vote["settings"]) else _("A card that is not shown any more")
