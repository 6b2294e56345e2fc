"""The nine laws.  Each looks at the evidence of a trial and says in words where it was broken; an empty list is good.

1 what was acknowledged is stored, once        2 what is stored was typed            3 screens and files say what is stored
4 numbers have no hole and no twin             5 one's own come in typed order       6 the tally is the recount
7 nobody ever had more than the budget         8 no secret is overheard              9 nothing vanishes silently
"""
import hashlib
import json
from collections import Counter, defaultdict

from tests.faults.judging.evidence import Evidence
from tests.faults.judging.history import FAIL, OK
from workshop.domain.kinds import kinds
from workshop.exports.formats.markdown import safe

MOST = 5  # examples told of one fault


def broken(found: Evidence) -> list[str]:
    """What all laws say: 'law 3: …'."""
    return [f"law {number}: {fault}" for number, law in LAWS.items() for fault in law(found)[:MOST]]


def acknowledged_is_stored_once(found: Evidence) -> list[str]:
    """An idea that was acknowledged is there; nothing, acknowledged or not, is there twice."""
    typed, told = found.history.typed(), found.history.told(OK)
    times = Counter(row["text"] for row in found.journal if row["text"])
    now = Counter(row["text"] for row in found.contributions)
    gone = {row["target"] for row in found.journal if row["gone"]}
    rows = {row["id"]: row for row in found.contributions}
    faults = []
    for op, event in typed.items():
        if event.text and max(times[event.text], now[event.text]) > 1:
            faults.append(f"{event.text!r} of {event.device} is stored {max(times[event.text], now[event.text])} times")
        if op not in told:
            continue
        card = rows.get(event.payload.get("id"))
        if event.verb == "contribution.add" and (card is None or not times[event.text]):
            faults.append(f"{event.text!r} of {event.device} was acknowledged and is not stored")
        elif event.verb == "contribution.edit" and event.text and not times[event.text]:
            faults.append(f"the change to {event.text!r} was acknowledged and is not stored")
        elif event.verb == "contribution.withdraw" and not (card and card["withdrawn"] and card["id"] in gone):
            faults.append(f"{event.payload['id']} was taken back, acknowledged, and is still there")
    return faults + _texts(found, told) + _casts(found, told)


def _texts(found: Evidence, told: dict) -> list[str]:
    """A card has the text of the last acknowledged change, or of a later one."""
    changes = defaultdict(list)
    for op, event in found.history.typed().items():
        if event.text:
            changes[event.payload["id"]].append((op in told, event.text))
    faults = []
    for row in found.contributions:
        mine = changes[row["id"]]
        last = max((i for i, (ok, _) in enumerate(mine) if ok), default=0)
        if mine and row["text"] not in [text for _, text in mine[last:]]:
            faults.append(f"{row['id']} reads {row['text']!r}, but {mine[last][1]!r} was acknowledged later")
    return faults


def _casts(found: Evidence, told: dict) -> list[str]:
    """Each acknowledged ballot got a revision of its own, and there are no more revisions than ballots were cast."""
    held = {(row["activity"], row["seat"]): row["rev"] for row in found.ballots}
    revs, cast = defaultdict(list), Counter()
    for op, event in found.history.typed().items():
        if event.verb == "ballot.cast":
            key = event.payload["activity"], event.seat
            cast[key] += 1
            if op in told:
                revs[key].append(told[op]["rev"])
    return [f"the ballot of {key[1]} is at revision {held.get(key, 0)}, acknowledged were {sorted(got)}"
            for key, got in revs.items() if len(set(got)) < len(got) or max(got) > held.get(key, 0)] + [
            f"the ballot of {key[1]} has {rev} revisions of {cast[key]} casts" for key, rev in held.items()
            if rev > cast[key]]


def stored_was_typed(found: Evidence) -> list[str]:
    """Nothing is stored that nobody typed."""
    typed = {event.text for event in found.history.typed().values()}
    cast = [(event.payload["activity"], event.seat, event.payload["choices"])
            for event in found.history.typed().values() if event.verb == "ballot.cast"]
    return [f"nobody typed {row['text']!r}" for row in (*found.contributions, *found.tray) if row["text"] not in typed] + [
        f"nobody cast the ballot of {row['seat']}" for row in found.ballots
        if (row["activity"], row["seat"], row["choices"]) not in cast]


def screens_and_files_say_what_is_stored(found: Evidence) -> list[str]:
    """Every screen is, byte for byte in canonical JSON, what a screen that opens now is given; the files have every card."""
    faults = _files(found)
    for name, (shown, fresh) in found.views.items():
        if digest(shown) != digest(fresh):
            missing, extra = fresh.keys() - shown.keys(), shown.keys() - fresh.keys()
            other = [key for key in shown.keys() & fresh.keys() if digest(shown[key]) != digest(fresh[key])]
            faults.append(f"the screen of {name} is not what the server says: {len(missing)} cards are missing, "
                          f"{len(extra)} should not be there, {len(other)} are not as they are now")
    there = {row["id"] for row in found.contributions if row["kind"] in ("idea", "comment") and not row["withdrawn"]}
    for name, (_, fresh) in found.views.items():
        if strange := {key for key, card in fresh.items() if card["kind"] in ("idea", "comment")} - there:
            faults.append(f"{name} is given {len(strange)} cards that are not stored")
    return faults


def _files(found: Evidence) -> list[str]:
    """The file of everything has the stored cards, no others; Markdown those that are there, and what came too late.  With
    an idea that was taken back go the comments on it."""
    stored = {row["id"]: row["text"] for row in found.contributions}
    back = {row["id"] for row in found.contributions if row["withdrawn"]}
    gone = {row["text"] for row in found.contributions if {row["id"], row["parent"]} & back}
    here = ({*stored.values()} - gone) | {row["text"] for row in found.tray if not row["admitted"]}
    left_out = [text for text in here if safe(text) not in found.memoria]
    return [f"the file of everything has {len(found.file)} cards, stored are {len(stored)}, or their texts differ"] * (
        found.file != stored) + [f"the memoria lacks {text!r}" for text in left_out] + [
        f"the memoria has {text!r}, which was taken back" for text in gone if safe(text) in found.memoria]


def digest(value) -> str:
    """The fingerprint of the canonical JSON."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def numbers_have_no_hole(found: Evidence) -> list[str]:
    """A stream ends at its newest card, no two cards share a number, and of every number below the head somebody knows which
    card bore it, as far as later changes do not explain that nobody does; ideas are counted 1, 2, 3."""
    bearers = defaultdict(list)
    for card in found.cards:
        bearers[card["stream"]].append(card["seq"])
    counted = {row["stream"] for row in found.activities if row["tally"]}
    if counted:  # each result of a vote is a new state of its room's summary, which the workshop's stream carries
        counted |= {row["stream"] for row in found.activities if row["kind"] == "summary"}
    changes = Counter()
    for row in found.contributions:
        changes[row["stream"]] += row["rev"] - 1 + row["withdrawn"]
    changes.update(row["stream"] for row in found.contributions if row["withdrawn"])
    faults = []
    for stream, head in found.streams.items():
        mine = bearers[stream]
        if twins := [seq for seq, n in Counter(mine).items() if n > 1]:
            faults.append(f"stream {stream}: {len(twins)} numbers stand on two cards")
        if max(mine, default=0) != head:
            faults.append(f"stream {stream} is at {head}, its newest card at {max(mine, default=0)}")
        holes = set(range(1, head + 1)) - set(mine) - found.seen.get(stream, set())
        if stream not in counted and len(holes) > changes[stream]:
            faults.append(f"stream {stream}: {len(holes)} numbers were given to no card")
    boards = defaultdict(list)
    for row in found.contributions:
        if row["kind"] == "idea":
            boards[row["activity"]].append(row["number"])
    return faults + [f"board {board}: {len(held)} ideas are not counted 1 to {len(held)}"
                     for board, held in boards.items() if sorted(held) != list(range(1, len(held) + 1))]


def own_come_in_typed_order(found: Evidence) -> list[str]:
    """The ideas of one outbox have rising numbers on each board."""
    number = {row["id"]: row["number"] for row in found.contributions if row["kind"] == "idea"}
    lines = defaultdict(list)
    for op, event in found.history.typed().items():
        if op in number:
            lines[event.device, event.client, event.payload["activity"]].append(number[op])
    return [f"the ideas of {device} stand in another order than they were typed" for (device, *_), held in lines.items()
            if held != sorted(held)]


def tally_is_the_recount(found: Evidence) -> list[str]:
    """What is shown is the count of the ballots, and each ballot is the last that its voter was told is kept."""
    faults = []
    for activity in found.activities:
        mine = [row for row in found.ballots if row["activity"] == activity["id"]]
        if activity["tally"]:
            rules = kinds()[activity["kind"]].rules
            count = rules.summarise([(row["choices"], row["delegation"]) for row in mine]) | {"ballots": len(mine)}
            if digest(count) != digest(activity["tally"]):
                faults.append(f"the tally of {activity['id']} is not the recount of its {len(mine)} ballots")
        elif activity["votes"] and mine and activity["settings"]["reveal"] == "live":
            faults.append(f"{len(mine)} ballots of {activity['id']} were never counted")
    for (activity, seat), (rev, choices) in _last(found).items():
        row = next((row for row in found.ballots if (row["activity"], row["seat"]) == (activity, seat)), None)
        if row is None or row["rev"] < rev or (row["rev"] == rev and row["choices"] != choices):
            faults.append(f"the ballot of {seat} is not the last that was acknowledged")
    return faults


def _last(found: Evidence) -> dict:
    """(activity, seat) -> (revision, choices) of the last acknowledged ballot."""
    typed, last = found.history.typed(), {}
    for op, answer in found.history.told(OK).items():
        event = typed[op]
        if event.verb == "ballot.cast":
            key = event.payload["activity"], event.seat
            last[key] = max(last.get(key, (0, {})), (answer["rev"], event.payload["choices"]), key=lambda pair: pair[0])
    return last


def nobody_had_more_than_the_budget(found: Evidence) -> list[str]:
    """No ballot that was ever accepted spends more than there is, in all or on one card; nor do those of a delegation that
    shares a budget."""
    settings = {row["id"]: row["settings"] for row in found.activities}
    typed = found.history.typed()
    accepted = [(typed[op].seat, typed[op].payload) for op in found.history.told(OK) if typed[op].verb == "ballot.cast"]
    accepted += [(row["seat"], row) for row in found.ballots]
    shared = Counter()
    for row in found.ballots:
        if row["delegation"] and settings[row["activity"]].get("budget_of") == "delegation":
            shared[row["activity"], row["delegation"]] += sum(row["choices"].values())
    return [f"the delegation {of} spent {n}" for (vote, of), n in shared.items() if n > settings[vote]["budget"]] + [
            f"{seat} spent {sum(row['choices'].values())} of {settings[row['activity']]['budget']}" for seat, row in accepted
            if sum(row["choices"].values()) > settings[row["activity"]]["budget"]
            or max(row["choices"].values(), default=0) > settings[row["activity"]]["per_item"]]


def no_secret_is_overheard(found: Evidence) -> list[str]:
    """Nobody was sent, and no file or log holds, what is not theirs to know."""
    return sorted({f"{secret.what} was overheard by {who}" for secret in found.secrets for who, text in found.overheard
                   if who not in secret.known_to and any(word in text for word in secret.words)})


def nothing_vanishes_silently(found: Evidence) -> list[str]:
    """What was typed is stored, waits on its device, lies in the tray, or was refused aloud."""
    known = {*found.history.told(OK), *found.history.told(FAIL), *found.waiting, *(row["op"] for row in found.tray)}
    trays = {row["id"] for row in found.tray}
    lost = [event for op, event in found.history.typed().items() if op not in known]
    return [f"{event.verb} {event.text!r} of {event.device} is nowhere, and nobody was told" for event in lost] + [
        f"{answer['tray']} is said to be in the tray, and is not" for answer in found.history.told(FAIL).values()
        if answer.get("tray") and answer["tray"] not in trays]


LAWS = dict(enumerate((
    acknowledged_is_stored_once, stored_was_typed, screens_and_files_say_what_is_stored, numbers_have_no_hole,
    own_come_in_typed_order, tally_is_the_recount, nobody_had_more_than_the_budget, no_secret_is_overheard,
    nothing_vanishes_silently), 1))
