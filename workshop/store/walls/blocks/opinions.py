"""Who answers alike in a vote: the groups, what they share and what separates them; while people vote, where that may be
seen."""
from workshop.domain import voting
from workshop.domain.kinds import kinds
from workshop.domain.shapes import Json
from workshop.store.counts import breakdown
from workshop.store.models import Activity
from workshop.store.visibility import results
from workshop.store.votes import opinion_groups
from workshop.store.walls.blocks.vote import name_of, votes
from workshop.store.walls.kind import HallSight, Kind, Offered
from workshop.words import N_, _


def _votes(sight: HallSight) -> list[Activity]:
    return [one for one in votes(sight) if kinds()[one.kind].alike]


def _offered(sight: HallSight) -> dict[str, Offered]:
    return {"vote": [(vote.id, f"{sight.place(vote).number or _('Plenary')} · {name_of(vote)}") for vote in _votes(sight)]}


def _read(sight: HallSight, block: Json) -> list[Json]:
    vote = next((one for one in _votes(sight) if one.id == block.get("vote")), None)
    if vote is None:
        return []
    room = sight.place(vote)
    head: Json = {"heading": name_of(vote), "number": room.number}
    over, strict = results.is_over(room, vote), breakdown.strict(vote.settings, sight.workshop.privacy)
    if not (over or (voting.shows_while_open(vote.settings, False) and not strict)):
        return [head]
    head |= {"why": {"kind": vote.kind, "settings": vote.settings}, "moves": not over}
    if not vote.tally:
        return [head]
    # Who has voted, of how many, is not told of a vote that runs: the groups say how many are in them.
    parts = vote.parts if over and vote.parts else opinion_groups.told(sight.session, vote)
    return [head | {"whole": {
        "kind": vote.kind, "settings": vote.settings, "tally": vote.tally, "parts": parts,
        "called": results.called(sight.session, vote)}}]


KIND = Kind("opinions", N_("Who answers alike"), _read, ("vote",), offers=_offered, order=70)
