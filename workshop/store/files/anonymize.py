"""Anonymises exported rows: hides whose a ballot is and, where nobody is to see who wrote, whose a card.

Seats stay as they are, with their rooms: who took part is no secret. How they voted, and perhaps what they wrote, goes to
seats without a name, of which nobody was ever sent one; the times of cards are cut to the minute, as on screens.
"""
import hashlib
import json
from collections import Counter
from collections.abc import Callable

from workshop.domain.shapes import Json

# Where nobody is to see who wrote, which of the team wrote or changed a card is told nowhere.
WRITING = ("contribution.add", "contribution.bring", "contribution.edit", "summary.item", "attachment.transcribe")
MINUTE = len("2021-10-12T09:30")
MOMENTS = {"contribution": ("created_at", "edited_at", "withdrawn_at"), "late_tray": ("at",), "history": ("at",),
           "speech": ("raised_at", "lowered_at"), "question": ("asked_at", "let_out_at", "dropped_at")}


def hide(tables: dict[str, list[Json]], authors: bool = True) -> None:
    """Removes voters, and authors, from the rows of a workshop ({table name: [row]}), in place. Doing it twice changes
    nothing."""
    workshop, people = tables["workshop"][0], tables["seat"]
    named, mask = _masks(tables)
    for name, moments in MOMENTS.items() if authors else ():
        for row in tables[name]:
            row |= {key: mask(0) for key in ("seat_id", "withdrawn_by") if row.get(key) in named}
            row |= {key: row[key][:MINUTE] + ":00+00:00" for key in moments if row[key]}
    if authors:
        _hide_team(workshop, tables)
    for name, of, said in (("ballot", "activity_id", "choices"), ("support", "question_id", "given")):
        cast: Counter[str] = Counter()
        for ballot in sorted(tables[name], key=lambda row: json.dumps([row[said], row["rev"]], sort_keys=True)):
            if ballot["seat_id"] in named:
                ballot["seat_id"] = mask(cast[ballot[of]])
                cast[ballot[of]] += 1
        tables[name].sort(key=lambda row: (row[of], row["seat_id"]))
    tables["proxy"] = []  # who gave their voice to whom
    for count in tables["hand_count"]:
        count["lines"] = [line | {"seats": []} for line in count["lines"]]
    people.sort(key=lambda seat: seat["id"])


def hide_askers(tables: dict[str, list[Json]]) -> None:
    """Removes, in whatever workshop, who asked without their name, and the second in which."""
    named, mask = _masks(tables)
    for row in tables["question"]:
        if row["nameless"] and row["seat_id"] in named:
            row["seat_id"] = mask(0)
            row |= {key: row[key][:MINUTE] + ":00+00:00" for key in MOMENTS["question"] if row[key]}
    tables["seat"].sort(key=lambda seat: seat["id"])


def only_asked(tables: dict[str, list[Json]]) -> None:
    """Removes the questions that only the team sees: those that wait, and those that were taken away."""
    tables["question"] = [row for row in tables["question"] if row["let_out_at"] and not row["dropped_at"]]
    asked = {row["id"] for row in tables["question"]}
    tables["support"] = [row for row in tables["support"] if row["question_id"] in asked]


def _masks(tables: dict[str, list[Json]]) -> tuple[set[str], Callable[[int], str]]:
    """Returns (the seats with a name, what makes the seat without one number i)."""
    workshop, people = tables["workshop"][0], tables["seat"]
    masks: list[str] = sorted(seat["id"] for seat in people if not seat["name"])

    def mask(i: int) -> str:
        while len(masks) <= i:
            masks.append(hashlib.sha256(f"{workshop['id']}/{len(masks)}".encode()).hexdigest()[:16])
            people.append({"id": masks[-1], "workshop_id": workshop["id"], "name": "", "delegation_id": None,
                           "site_id": None, "channel": "paper", "created_at": workshop["created_at"],
                           "revoked_at": workshop["created_at"], "revoked_by": None, "joined_id": None})
        return masks[i]
    return {seat["id"] for seat in people if seat["name"]}, mask


def _hide_team(workshop: Json, tables: dict[str, list[Json]]) -> None:
    """Replaces those of the team who wrote by an account without a name."""
    team = {account["id"] for account in tables["account"] if account["name"]}
    nameless = hashlib.sha256(f"{workshop['id']}/team".encode()).hexdigest()[:16]
    written = [row for name in ("contribution", "late_tray", "history") for row in tables[name]
               if row.get("account_id") in team and row.get("verb", WRITING[0]) in WRITING]
    for row in written:
        row["account_id"] = nameless
        if "program" in row:  # of the history
            row["program"] = None
    if written and nameless not in {account["id"] for account in tables["account"]}:
        tables["account"].append({"id": nameless, "name": ""})
        tables["account"].sort(key=lambda account: account["id"])
