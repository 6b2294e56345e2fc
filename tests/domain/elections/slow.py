"""The same rules by their definitions, ballot by ballot, without any thought of speed: written apart from the product."""
import hashlib
from fractions import Fraction
from itertools import combinations, permutations

REASON = "a paper stands equal between options still in the count; no rule for it is stated"


class Equal(Exception):
    """A ballot stands equal between options still in the count."""


def lot(seed: str, option: str) -> str:
    return hashlib.sha256((seed + "/" + option).encode("utf-8")).hexdigest()


def struck(case: dict) -> list[tuple[Fraction, list[list[str]]]]:
    """Every single row with its value, without the withdrawn."""
    rows = []
    for ballot in case["ballots"]:
        ranks = [[one for one in rank if one not in case["withdrawn"]] for rank in ballot["ranking"]]
        rows.append((ballot["count"] * Fraction(ballot["weight"]), [rank for rank in ranks if rank]))
    return rows


def orders(ranking: list[list[str]], options: list[str]) -> list[tuple[str, ...]]:
    """All full orders that agree with a ballot: equal ones and the unranked in every order."""
    ranked = {one for rank in ranking for one in rank}
    found: list[tuple[str, ...]] = [()]
    for rank in [*ranking, [one for one in options if one not in ranked]]:
        found = [order + more for order in found for more in permutations(rank)]
    return found


def score_of(case: dict, rows, options: list[str], points) -> dict[str, Fraction]:
    """The mean of what `points(place, n)` gives over all orders that agree with the ballot."""
    sums = {one: Fraction(0) for one in options}
    for value, ranking in rows:
        every = orders(ranking, options)
        for order in every:
            for place, one in enumerate(order):
                sums[one] += Fraction(points(place, len(options))) * value / len(every)
    return sums


def firsts(rows, options: list[str]) -> dict[str, Fraction]:
    return {one: sum((value / len(ranking[0]) for value, ranking in rows if one in ranking[0]), Fraction(0))
            for one in options}


def scored(scores: dict[str, Fraction], seats: int, seed: str) -> dict:
    levels = sorted(set(scores.values()), reverse=True)
    told = {"scores": {one: str(score) for one, score in scores.items()},
            "order": [sorted(one for one in scores if scores[one] == level) for level in levels]}
    if all(score == 0 for score in scores.values()):
        return told
    better = {one: sum(other > scores[one] for other in scores.values()) for one in scores}
    level = {one: sum(other == scores[one] for other in scores.values()) for one in scores}
    sure = sorted(one for one in scores if better[one] + level[one] <= seats)
    tied = sorted(one for one in scores if better[one] < seats < better[one] + level[one])
    left = seats - len(sure) if tied else 0
    drawn = sorted(sorted(tied, key=lambda one: lot(seed, one))[len(tied) - left:]) if tied else []
    return told | {"in": sure, "tied_for_last": tied, "places_for_tied": left, "by_lot": drawn}


def place(ranking: list[list[str]], one: str) -> int:
    return next((i for i, rank in enumerate(ranking) if one in rank), 10**6)


def pairs(rows, options: list[str]) -> dict[str, dict[str, Fraction]]:
    return {a: {b: sum((value for value, ranking in rows if place(ranking, a) < place(ranking, b)), Fraction(0))
                for b in options if b != a} for a in options}


def of_pairs(votes) -> dict:
    options = list(votes)

    def beats(a, b):
        return votes[a][b] > votes[b][a]
    smith = next(sorted(some) for size in range(1, len(options) + 1) for some in combinations(options, size)
                 if all(beats(a, b) for a in some for b in options if b not in some))
    circle = any(all(beats(round_[i], round_[(i + 1) % len(round_)]) for i in range(len(round_)))
                 for size in range(3, len(options) + 1) for round_ in permutations(options, size))
    return {"winner": next((a for a in options if all(beats(a, b) for b in options if b != a)), None), "smith_set": smith,
            "cycle": circle, "unbeaten": sorted(a for a in options if not any(beats(b, a) for b in options if b != a))}


def top(ranking: list[list[str]], left) -> str | None:
    for rank in ranking:
        here = [one for one in rank if one in left]
        if len(here) > 1:
            raise Equal
        if here:
            return here[0]
    return None


def chosen(tied: list[str], tallies: list[dict], seed: str, most: bool) -> tuple[str, dict | None]:
    """Whom the tie rule takes: `tallies` of the stages before, the first to be looked at first."""
    if len(tied) == 1:
        return tied[0], None
    left = sorted(tied)
    for tally in tallies:
        end = (max if most else min)(tally[one] for one in left)
        left = [one for one in left if tally[one] == end]
        if len(left) == 1:
            return left[0], {"tied": sorted(tied), "decided_by": "earlier stage", "drawn": None}
    by_lot = sorted(left, key=lambda one: lot(seed, one))
    return by_lot[-1 if most else 0], {"tied": sorted(tied), "decided_by": "lot", "drawn": left}


def runoff(rows, options: list[str], seed: str, latest: bool = False) -> dict:
    left, tallies, rounds = list(options), [], []
    while True:
        tally, lost = {one: Fraction(0) for one in left}, Fraction(0)
        for value, ranking in rows:
            one = top(ranking, left)
            if one is None:
                lost += value
            else:
                tally[one] += value
        play = sum(tally.values(), Fraction(0))
        winner = [one for one in left if tally[one] > play / 2]
        told = {"tally": {one: str(votes) for one, votes in tally.items()}, "in_play": str(play), "exhausted": str(lost),
                "out": None, "tie": None}
        if winner or play == 0:
            return {"winner": winner[0] if winner else None, "rounds": [*rounds, told]}
        fewest = min(tally.values())
        out, tie = chosen([one for one in left if tally[one] == fewest], tallies[::-1] if latest else tallies, seed, False)
        rounds.append(told | {"out": out, "tie": tie})
        tallies.append(tally)
        left = [one for one in left if one != out]


def stv(rows, options: list[str], seats: int, seed: str) -> dict:
    total = sum((value for value, _ranking in rows), Fraction(0))
    quota = int(total / (seats + 1)) + 1
    papers = [{"value": value, "ranking": ranking, "with": top(ranking, options)} for value, ranking in rows]
    kept = {one: Fraction(0) for one in options}  # what an elected option keeps of papers that went on
    left, elected, without, tallies, stages = list(options), [], [], [], []

    def tally():
        return {one: kept[one] + sum((paper["value"] for paper in papers if paper["with"] == one), Fraction(0))
                for one in options if one in left or one in elected}

    def by_votes(them, votes):
        found = []
        while len(found) < len(them):
            rest = [one for one in them if one not in found]
            most = max(votes[one] for one in rest)
            found.append(chosen([one for one in rest if votes[one] == most], tallies, seed, True)[0])
        return found

    def stage(what, option=None, factor=None, tie=None):
        votes = tally()
        here = by_votes([one for one in left if votes[one] >= quota], votes)
        for one in here:
            left.remove(one)
            elected.append(one)
        if len(left) + len(elected) <= seats:
            for one in by_votes(left, votes):
                left.remove(one)
                elected.append(one)
                without.append(one)
        lost = total - sum(votes.values(), Fraction(0))
        stages.append({"what": what, "option": option, "factor": factor, "tie": tie, "exhausted": str(lost),
                       "votes": {one: str(n) for one, n in votes.items()}, "elected": here})
        tallies.append(votes)
    stage("first choices")
    while len(elected) < min(seats, len(options)):
        votes = tally()
        over = [one for one in elected if votes[one] > quota]
        if over:
            most = max(votes[one] for one in over)
            one, tie = chosen([one for one in over if votes[one] == most], tallies, seed, True)
            factor = (most - quota) / most
            for paper in papers:
                if paper["with"] == one:
                    paper["value"] *= factor
                    paper["with"] = top(paper["ranking"], left)
            kept[one] = Fraction(quota)
            stage("surplus", one, str(factor), tie)
        else:
            fewest = min(votes[one] for one in left)
            one, tie = chosen([one for one in left if votes[one] == fewest], tallies, seed, False)
            left.remove(one)
            for paper in papers:
                if paper["with"] == one:
                    paper["with"] = top(paper["ranking"], left)
            stage("exclusion", one, None, tie)
    return {"quota": str(quota), "elected": elected, "without_quota": without, "stages": stages}


def expected(case: dict) -> dict:
    options = [one for one in case["options"] if one not in case["withdrawn"]]
    every = struck(case)
    rows = [(value, ranking) for value, ranking in every if ranking]
    seats, seed = case["seats"], case["rules"]["seed"]
    total = sum((value for value, _ranking in rows), Fraction(0))
    votes = pairs(rows, options)
    found = {"counted_options": options, "value_counted": str(total),
             "value_empty": str(sum((value for value, ranking in every if not ranking), Fraction(0))), "left_out": {},
             "first_choices": scored(firsts(rows, options), seats, seed),
             "borda": scored(score_of(case, rows, options, lambda place, n: n - 1 - place), seats, seed),
             "pairwise": {a: {b: str(n) for b, n in row.items()} for a, row in votes.items()}, "condorcet": of_pairs(votes)}
    try:
        made = runoff(rows, options, seed)
        share = Fraction(made["rounds"][-1]["tally"][made["winner"]]) / total if made["winner"] is not None else None
        found["instant_runoff"] = made | {
            "winner_share_of_all": None if share is None else str(share),
            "majority_of_all": share is not None and share > Fraction(1, 2),
            "same_with_latest_stage": runoff(rows, options, seed, True)["winner"] == made["winner"]}
    except Equal:
        found["left_out"]["instant_runoff"] = REASON
    if seats > 1:
        try:
            found["stv"] = stv(rows, options, seats, seed)
        except Equal:
            found["left_out"]["stv"] = REASON
    for name, field in (("approval", "approval_ballots"), ("points", "point_ballots")):
        sums = {one: Fraction(0) for one in options}
        for ballot in case[field]:
            each = ballot["points"] if name == "points" else dict.fromkeys(ballot["approve"], 1)
            for one, n in each.items():
                if one in sums:
                    sums[one] += n * ballot["count"] * Fraction(ballot["weight"])
        found[name] = scored(sums, seats, seed)
    return found
