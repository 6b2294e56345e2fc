"""Holds a recorded conversation: who wrote which idea and who said what to it, and when."""
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

from workshop.domain.shapes import Json
from workshop.replay.rows import Unreadable, rows

PARTS = (10, 25, 50, 75, 100)  # per cent of the rows after which one looks whether all is counted
NAMES = {1: "agree", -1: "disagree", 0: "pass"}


@dataclass(frozen=True)
class Act:
    """Holds what a person did at `at` (milliseconds since the first vote): wrote the idea (opinion None) or gave an opinion.
    """

    at: int
    person: str
    idea: str
    opinion: int | None = None


@dataclass
class Recording:
    """`texts`: idea -> text; `seeds`: ideas that are there when the first person votes; `acts` in the order of time."""

    name: str
    texts: dict[str, str]
    seeds: list[str]
    acts: list[Act]

    @classmethod
    def read(cls, folder: Path) -> "Recording":
        """Returns the conversation in a folder. Raises Unreadable."""
        comments = {row["comment_id"]: row for row in
                    rows(folder / "comments.csv", "comment_id", "author_id", "timestamp_ms", "body")}
        votes = sorted(rows(folder / "votes.csv", "timestamp_ms", "comment_id", "participant_id", "vote"),
                       key=lambda row: int(row["timestamp_ms"]))  # stable: the file's order settles ties
        if not votes:
            raise Unreadable(f"{folder / 'votes.csv'} has no votes")
        if unknown := {row["comment_id"] for row in votes} - comments.keys():
            raise Unreadable(f"votes.csv votes on ideas that comments.csv does not have: {', '.join(sorted(unknown)[:5])}")
        start = int(votes[0]["timestamp_ms"])
        voted: dict[str, int] = {}
        for row in votes:
            voted.setdefault(row["comment_id"], int(row["timestamp_ms"]))
        # Nobody can have voted on what was not there yet, whatever the clock of its row says.
        written = {key: min(int(row["timestamp_ms"]), voted.get(key, int(row["timestamp_ms"])))
                   for key, row in comments.items()}
        order = sorted(comments, key=lambda key: (written[key], key))
        acts = [Act(written[key] - start, comments[key]["author_id"], key) for key in order if written[key] > start]
        acts += [Act(int(row["timestamp_ms"]) - start, row["participant_id"], row["comment_id"], int(row["vote"]))
                 for row in votes]
        return cls(folder.name, {key: row["body"] for key, row in comments.items()},
                   [key for key in order if written[key] <= start], sorted(acts, key=lambda act: act.at))

    @property
    def people(self) -> list[str]:
        """Everybody who does something, in the order of their first act."""
        return list(dict.fromkeys(act.person for act in self.acts))

    def of(self) -> dict[str, list[Act]]:
        """Returns each person's acts."""
        found = defaultdict(list)
        for act in self.acts:
            found[act.person].append(act)
        return found

    def totals(self) -> dict[str, Json]:
        """Returns {idea: {agree, disagree, pass}} as the rows of the recording count: of each person the last word on an
        idea."""
        last = {(act.person, act.idea): act.opinion for act in self.acts if act.opinion is not None}
        said = Counter((idea, NAMES[opinion]) for (_, idea), opinion in last.items())
        return {idea: {name: said[idea, name] for name in NAMES.values()} for idea in self.texts}

    def checkpoints(self) -> list[Json]:
        """Returns [{after_rows, participants, comments_voted, final_votes, agree, disagree, pass}] after each of PARTS of
        the rows, in the order of time."""
        votes = [act for act in self.acts if act.opinion is not None]
        last: dict[tuple[str, str], int | None] = {}
        found, done = [], 0
        for part in PARTS:
            rows = len(votes) * part // 100
            last |= {(act.person, act.idea): act.opinion for act in votes[done:rows]}
            done, said = rows, Counter(NAMES[opinion] for opinion in last.values() if opinion is not None)
            found.append({"after_rows": rows, "participants": len({person for person, _ in last}),
                          "comments_voted": len({idea for _, idea in last}), "final_votes": len(last),
                          **{name: said[name] for name in NAMES.values()}})
        return found

    def only(self, count: int) -> "Recording":
        """Returns the first `count` people; the ideas of the others are there from the start."""
        people = set(self.people[:count])
        acts = [act for act in self.acts if act.person in people]
        written = {act.idea for act in acts if act.opinion is None}
        return Recording(self.name, self.texts, [key for key in self.texts if key not in written], acts)
