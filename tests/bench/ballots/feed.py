"""A Polis conversation through the one door, without a network: every row a ballot, each acknowledged on disk.

    python -m tests.bench.ballots.feed FOLDER… [--together 20] [--postgres]

Says rows a second (of the clock, and of processor time), whether the counts after 10, 25, 50, 75 and 100 % of the rows are
those of expected.json, whether the final ones are, whether feeding all rows once more changes nothing, and the memory held
at each of these.  `workshop replay polis` does the same over real sockets, where the simulated people cost as much again.
"""
import argparse
import json
import os
import secrets
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.bench.ballots.curve import commit
from tests.support import cast
from tests.support.servers import Postgres
from workshop.actions.core.registry import read
from workshop.actions.people import sessions
from workshop.actions.rooms import building, workshops
from workshop.replay.figures import memory_mb
from workshop.replay.recording import NAMES, Recording
from workshop.replay.stage import STEPS
from workshop.store.models import Activity


class Feed:
    """A recording and the room into which it goes."""

    def __init__(self, folder: Path, data: str, database: str, together: int) -> None:
        self.recording, self.together = Recording.read(folder), together
        self.expected = json.loads((folder / "expected.json").read_text())
        self.house = cast.app(data, database=database, tally_every=3600).extensions["house"]
        with self.house.store.write() as session:
            now = self.house.clock()
            owner = workshops.create_account(session, now, "elena@example.org", "Elena Quispe", "")
            made = workshops.create_workshop(session, now, owner, self.recording.name)
            room = building.build_room(session, made, "Sala", votes=("opinions",), process=STEPS)
            room.opened_at, code = now, made.code
            session.flush()
            kinds = {one.kind: one.id for one in session.query(Activity).filter_by(room_id=room.id)}
            cookie = sessions.sign_in(session, now, None, owner)
        self.vote, client = kinds["opinions"], secrets.token_urlsafe(16)
        self.cards = {key: secrets.token_urlsafe(9) for key in self.recording.texts}
        commit(self.house.performer, [read(cookie, {
            "client": client, "n": n, "verb": "contribution.add", "seat": None,
            "payload": {"activity": kinds["ideas"], "id": self.cards[key], "body": {"text": text}}})
            for n, (key, text) in enumerate(self.recording.texts.items(), 1)])
        self.rows = [act for act in self.recording.acts if act.opinion is not None]
        self.people = {}
        for person in dict.fromkeys(act.person for act in self.rows):
            joined, _ = self.house.performer.arrivals.join(None, code, [{"name": f"#{person}", "channel": "remote"}], 1)
            self.people[person] = {"secret": joined.secret, "seat": joined.seats[0].id, "choices": {}, "n": 0,
                                   "client": secrets.token_urlsafe(16)}

    def ballot(self, act):
        """The command that a row is."""
        one = self.people[act.person]
        one["n"] += 1
        one["choices"] = one["choices"] | {self.cards[act.idea]: act.opinion}
        return read(one["secret"], {
            "client": one["client"], "n": one["n"], "verb": "ballot.cast", "seat": one["seat"],
            "payload": {"activity": self.vote, "choices": one["choices"], "base_rev": one["n"] - 1}})

    def give(self, rows) -> None:
        """Casts them in their order, so many in one transaction as come together."""
        for start in range(0, len(rows), self.together):
            commit(self.house.performer, [self.ballot(act) for act in rows[start:start + self.together]])

    def tally(self) -> dict:
        """What the server counts."""
        self.house.performer.counting.every = 0
        self.house.performer.count()
        self.house.performer.counting.every = 3600
        with self.house.store.read() as session:
            return session.get_one(Activity, self.vote).tally

    def run(self) -> dict:
        """The figures."""
        points, done, spent, cpu, memory = self.expected["replay_checkpoints"], 0, 0.0, 0.0, [memory_mb(os.getpid())]
        right = True
        for point in points.values():
            began, worked = time.monotonic(), time.process_time()
            self.give(self.rows[done:point["after_rows"]])
            spent, cpu = spent + time.monotonic() - began, cpu + time.process_time() - worked
            done, tally = point["after_rows"], self.tally()
            memory.append(memory_mb(os.getpid()))
            items = tally["items"].values()
            right &= point == {
                "after_rows": done, "participants": tally["ballots"], "comments_voted": len(items),
                "final_votes": sum(sum(one.values()) for one in items),
                **{name: sum(one[name] for one in items) for name in NAMES.values()}}
        nothing = dict.fromkeys(NAMES.values(), 0)
        final = {key: tally["items"].get(card, nothing) for key, card in self.cards.items()}
        self.give(self.rows)
        return {"conversation": self.recording.name, "people": len(self.people), "rows": done,
                "rows_a_second": round(done / spent), "rows_a_cpu_second": round(done / cpu), "checkpoints_exact": right,
                "final_exact": final == {key: one["final"] for key, one in self.expected["per_comment"].items()},
                "same_after_twice": self.tally() == tally, "memory_mb": [*memory, memory_mb(os.getpid())]}


def main() -> int:
    """Feed one conversation after the other; judge."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("folders", nargs="+", type=Path)
    ask.add_argument("--together", type=int, default=20)
    ask.add_argument("--postgres", action="store_true")
    asked, wrong = ask.parse_args(), 0
    with ExitStack() as stack:
        engine = Postgres(fsync="on", full_page_writes="on", shared_buffers="128MB") if asked.postgres else None
        if engine:
            stack.callback(engine.close)
        for folder in asked.folders:
            with tempfile.TemporaryDirectory() as data:
                found = Feed(folder, data, engine.database() if engine else "", asked.together).run()
            print(json.dumps(found), flush=True)
            wrong += not (found["checkpoints_exact"] and found["final_exact"] and found["same_after_twice"])
    return wrong


if __name__ == "__main__":
    sys.exit(main())
