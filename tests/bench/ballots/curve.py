"""What a command costs, by the size of the board and of the hall."""
import argparse
import secrets
import statistics
import tempfile
import time
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path

from tests.support import cast
from tests.support.servers import Postgres
from workshop.actions.cards import contributions
from workshop.actions.core.registry import read
from workshop.actions.people import sessions
from workshop.actions.rooms import building, workshops
from workshop.store.models import Account, Activity

TOGETHER = 20  # commands in one transaction
CHOSEN = 3  # cards on a ballot
STEPS = [{"key": "all", "minutes": 0, "opens": ["ideas", "dots", "reactions"], "may": {"move": "all"}}]
VERBS = ("idea", "ballot", "heart", "hand", "move", "enter")


def furnish(app, cards: int, title: str = "Votación") -> dict:
    """A workshop with two rooms and so many cards on the board of the first: its code, ids, the owner's cookie."""
    house, now = app.extensions["house"], app.extensions["house"].clock()
    with house.store.write() as session:
        owner = workshops.create_account(session, now, f"{secrets.token_hex(6)}@example.org", "Elena Quispe", "")
        made = workshops.create_workshop(session, now, owner, title, delegations=cast.DELEGATIONS)
        rooms = [building.build_room(session, made, f"Sala {i}", votes=("dots",), process=STEPS) for i in (1, 2)]
        for room in rooms:
            room.opened_at = now
        session.flush()
        ids = [room.id for room in rooms]
        code, kinds = made.code, {one.kind: one.id for one in session.query(Activity).filter_by(room_id=ids[0])}
        cookie = sessions.sign_in(session, now, None, session.get(Account, owner.id))
    contributions.CARDS_PER_ROOM = 10**6  # the ideas of the bench come on top
    client, names = secrets.token_urlsafe(16), [secrets.token_urlsafe(9) for _ in range(cards)]
    for start in range(0, cards, 50):
        said = [{"client": client, "n": n + 1, "verb": "contribution.add", "seat": None, "payload": {
            "activity": kinds["ideas"], "id": names[n], "body": {"text": f"Idea {n}: guardar semilla propia"}}}
            for n in range(start, min(start + 50, cards))]
        commit(house.performer, [read(cookie, one) for one in said])
    return {"code": code, "rooms": ids, "cards": names, **kinds}


def commit(performer, commands: list) -> None:
    """Has them carried out as they wait: so many in a transaction as it takes."""
    while commands:
        answers = performer._commit(commands)
        for answer in answers:
            cast.ok(answer)
        commands = commands[len(answers):]


class Curve:
    """So many voters before so many cards, in this process."""

    def __init__(self, folder: Path, cards: int, voters: int, database: str = "", store: str = "fast") -> None:
        self.app = cast.app(folder, database=database, store=store, rate=1e6, burst=10**6)
        self.house = self.app.extensions["house"]
        self.at = furnish(self.app, cards)
        self.people = []
        for i in range(voters):
            joined, _ = self.house.performer.arrivals.join(
                None, self.at["code"], [{"name": f"Persona {i}", "channel": "hall"}], 1)
            self.people.append({"secret": joined.secret, "seat": joined.seats[0].id, "client": secrets.token_urlsafe(16),
                                "n": 0, "dots": 0, "reactions": 0, "room": 0})
        self.next, self.own = cycle(range(voters)), {}

    def command(self, verb: str, i: int):
        """What the person says next."""
        one, at = self.people[i], self.at
        one["n"] += 1
        first = (one["n"] * 7 + i) % len(at["cards"])
        chosen = [at["cards"][(first + k) % len(at["cards"])] for k in range(CHOSEN)]
        if verb == "idea":
            self.own[i] = secrets.token_urlsafe(9)
            said = "contribution.add", {"activity": at["ideas"], "id": self.own[i], "body": {"text": f"Idea {one['n']}"}}
        elif verb in ("ballot", "heart"):
            vote, given = ("dots", 1) if verb == "ballot" else ("reactions", ["like"])
            said = "ballot.cast", {"activity": at[vote], "choices": dict.fromkeys(chosen, given), "base_rev": one[vote]}
            one[vote] += 1
        elif verb == "hand":
            said = ("hand.raise" if one["n"] % 2 else "hand.lower"), {"room": at["rooms"][0]}
        elif verb == "move":
            said = "contribution.move", {"activity": at["ideas"], "cards": [at["cards"][first]], "place": {}}
        else:
            one["room"] = 1 - one["room"]
            said = "seat.enter", {"room": at["rooms"][one["room"]]}
        return read(one["secret"], {"client": one["client"], "n": one["n"], "verb": said[0], "seat": one["seat"],
                                    "payload": said[1]})

    def round(self, verb: str, together: int = TOGETHER, times: int = 4) -> float:
        """Milliseconds of processor time for one command."""
        who = list(islice(self.next, together * times))
        batches = [[self.command(verb, i) for i in who[start:start + together]] for start in range(0, len(who), together)]
        began = time.process_time()
        for batch in batches:
            commit(self.house.performer, batch)
        spent = time.process_time() - began
        if verb == "enter":  # everybody goes back to where the rest takes place
            commit(self.house.performer, [self.command("enter", i) for i, one in enumerate(self.people) if one["room"]])
        return 1000 * spent / len(who)

    def run(self, rounds: int, verbs: tuple[str, ...], together: int) -> dict[str, float]:
        """Medians by verb."""
        found: dict[str, list[float]] = {verb: [] for verb in verbs}
        for n in range(rounds + 1):
            for verb in verbs:
                took = self.round(verb, min(together, len(self.people)))
                if n:
                    found[verb].append(took)
        self.house.store.close()
        return {verb: statistics.median(those) for verb, those in found.items()}


def curves(asked: argparse.Namespace) -> None:
    """Prints a line for each size."""
    with ExitStack() as stack:
        engine = Postgres(fsync="on", full_page_writes="on", shared_buffers="128MB") if asked.postgres else None
        if engine:
            stack.callback(engine.close)
        for cards in map(int, asked.cards.split(",")):
            for voters in map(int, asked.voters.split(",")):
                with tempfile.TemporaryDirectory() as folder:
                    database = engine.database() if engine else ""
                    took = Curve(Path(folder), cards, voters, database, asked.store).run(
                        asked.rounds, tuple(asked.verbs.split(",")), asked.together)
                print(f"{cards} cards, {voters} voters:", *(f"{verb} {ms:.2f} ms ({ms / took['idea']:.2f})" if "idea" in took
                                                            else f"{verb} {ms:.2f} ms" for verb, ms in took.items()),
                      sep="  ", flush=True)
