"""What it costs when a hall votes at once: a ballot, a reaction, a hand, a move, beside an idea; and who waits for it.

    python -m tests.bench.ballots [--cards 12,1240,5000] [--voters 10,90,1000] [--rounds 6] [--store fast] [--postgres]
    python -m tests.bench.ballots --line [--devices 90] [--seconds 8] [--cards 12]

The first form gives commands to the one door of a process, without a network: processor time of one command, when so many
are written together as the writer takes at once (20), each acknowledged on disk.  Rounds of all verbs alternate, so the
XX
everybody casts the next ballot (idea, heart, hand) when the last is acknowledged; then all ballots at once, while somebody
in another workshop writes an idea every 60 ms.  Before it all of them come in at once.  In the end every screen has the tally that a recount
gives.
"""
import argparse
import asyncio
import json
import secrets
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path

from tests.bench.hall import Alone, Phone, Screen, load
from tests.live.server import Server
from tests.support import cast
from tests.support.servers import Postgres
from workshop.actions.cards import contributions
from workshop.actions.core.registry import read
from workshop.actions.people import sessions
from workshop.actions.rooms import building, workshops
from workshop.replay.figures import cpu_seconds, percentiles
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


class Line:
    """A server, a hall of so many phones in one workshop, somebody in another one, and three screens."""

    def __init__(self, devices: int, seconds: float, cards: int, bursts: int, database: str = "") -> None:
        self.devices, self.seconds, self.cards, self.bursts, self.database = devices, seconds, cards, bursts, database
        self.chosen: dict[int, dict] = {}  # the last acknowledged ballot of each phone
        self.found: dict[str, object] = {}

    def run(self) -> dict:
        """The figures, times in milliseconds."""
        with tempfile.TemporaryDirectory() as folder:
            app = cast.app(folder, database=self.database)
            self.at, self.other = furnish(app, self.cards), furnish(app, 3, "Otro taller")
            app.extensions["house"].store.close()
            self.server = Server(Path(folder), database=self.database)
            try:
                self.server.start()
                asyncio.run(self.vote())
            finally:
                self.server.stop()
        return {"cards": self.cards, "devices": self.devices, "load": load()} | self.found

    async def vote(self) -> None:
        """Everything, one after the other."""
        url, self.asked = self.server.url, {}
        other = await asyncio.to_thread(Alone, url, self.other["code"], self.other["ideas"])
        await self.arrive(url)
        Screen.vote = self.at["dots"]
        self.screens = [Screen(url) for _ in range(3)]
        for i, screen in enumerate(self.screens):
            await screen.join(self.at["code"], f"Pantalla {i}", room=1)
            await screen.start().up.wait()
        for verb in ("hand", "heart", "ballot", "idea")[:4 if self.cards < 2000 else 3]:  # 5000 ideas are all that a board takes
            await self.loop(verb)
        await self.burst()
        self.found["equal"] = await self.equal()
        waits = await asyncio.to_thread(other.waits)
        for what, spans in self.asked.items():
            self.found[what] |= {"others": percentiles(
                [took for at, took in waits if any(since - took < at <= until for since, until in spans)])}
        for screen in self.screens:
            await screen.stop()
        for phone in self.phones:
            phone.close()

    async def arrive(self, url: str) -> None:
        """Everybody comes in at once."""
        await asyncio.sleep(1.0)
        began, cpu = time.monotonic(), cpu_seconds(self.server.process.pid)
        self.phones = await asyncio.gather(*(Phone.join(url, self.at["code"], f"Persona {i}") for i in range(self.devices)))
        ended = time.monotonic()
        self.found["joins"] = {
            "seconds": round(ended - began, 2),
            "cpu_ms": round(1000 * (cpu_seconds(self.server.process.pid) - cpu) / self.devices, 1)}
        self.asked["joins"] = [(began, ended)]
        await asyncio.sleep(2.0)

    def act(self, verb: str, i: int, phone: Phone):
        """What the phone does next."""
        at = self.at
        cards = [at["cards"][(7 * phone.n + i + k) % len(at["cards"])] for k in range(min(CHOSEN, len(at["cards"])))]
        if verb == "idea":
            return phone.do("contribution.add", {"activity": at["ideas"], "id": secrets.token_urlsafe(9),
                                                 "body": {"text": f"Idea {phone.n} de {i}"}})
        if verb == "hand":
            return phone.do("hand.lower" if phone.n % 2 else "hand.raise", {"room": at["rooms"][0]})
        if verb == "heart":
            return phone.cast(at["reactions"], {key: ["like"] for key in cards})
        self.chosen[i] = dict.fromkeys(cards, 1)
        return phone.cast(at["dots"], self.chosen[i])

    async def loop(self, verb: str) -> None:
        """Everybody does the next thing as soon as the last is acknowledged."""
        waits: list[float] = []
        began, cpu = time.monotonic(), cpu_seconds(self.server.process.pid)

        async def go(i: int, phone: Phone) -> None:
            while time.monotonic() < began + self.seconds:
                waits.append(await self.act(verb, i, phone))
        await asyncio.gather(*(go(i, phone) for i, phone in enumerate(self.phones)))
        ended = time.monotonic()
        self.found[verb] = {
            "a_second": round(len(waits) / (ended - began)),
            "cpu_ms": round(1000 * (cpu_seconds(self.server.process.pid) - cpu) / len(waits), 2), **percentiles(waits)}
        self.asked[verb] = [(began, ended)]
        await asyncio.sleep(1.5)

    async def burst(self) -> None:
        """All ballots at once, several times."""
        last, spans = [], []
        for _ in range(self.bursts):
            began = time.monotonic()
            casting = [asyncio.create_task(self.act("ballot", i, phone)) for i, phone in enumerate(self.phones)]
            await asyncio.sleep(0)  # all are sent
            sent = time.monotonic()
            await asyncio.gather(*casting)
            last.append(time.monotonic() - sent)
            spans.append((began, time.monotonic()))
            await asyncio.sleep(1.3)
        self.found["at_once"], self.asked["at_once"] = {"last_acknowledged": percentiles(last)}, spans

    async def equal(self) -> bool:
        """Whether all screens come to show what a recount of the acknowledged ballots gives; how often they were told."""
        points: dict[str, int] = {}
        for choices in self.chosen.values():
            for card, given in choices.items():
                points[card] = points.get(card, 0) + given
        gaps = [b - a for screen in self.screens for a, b in zip(screen.results, screen.results[1:], strict=False)]
        self.found["results"] = {"frames": len(self.screens[0].results), "nearest_ms": round(1000 * min(gaps, default=0))}
        for _ in range(100):
            shown = [{card: one["points"] for card, one in screen.copy.cards[self.at["dots"]]["tally"]["items"].items()}
                     for screen in self.screens]
            if all(one == points for one in shown):
                return True
            await asyncio.sleep(0.1)
        return False


def main() -> int:
    """Measure, print, judge."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--cards", default="12,1240,5000")
    ask.add_argument("--voters", default="10,90,1000")
    ask.add_argument("--rounds", type=int, default=6)
    ask.add_argument("--together", type=int, default=TOGETHER)
    ask.add_argument("--verbs", default=",".join(VERBS))
    ask.add_argument("--store", default="fast")
    ask.add_argument("--postgres", action="store_true")
    ask.add_argument("--line", action="store_true")
    ask.add_argument("--devices", type=int, default=90)
    ask.add_argument("--seconds", type=float, default=5.0)
    ask.add_argument("--bursts", type=int, default=8)
    asked = ask.parse_args()
    if not asked.line:
        curves(asked)
        return 0
    right = True
    for cards in map(int, asked.cards.split(",")):
        with ExitStack() as stack:
            database = ""
            if asked.postgres:
                engine = Postgres(fsync="on", full_page_writes="on", shared_buffers="128MB")
                stack.callback(engine.close)
                database = engine.database()
            found = Line(asked.devices, asked.seconds, cards, asked.bursts, database).run()
        print(json.dumps(found, indent=1), flush=True)
        right = right and found["equal"] is True
    return 0 if right else 1


if __name__ == "__main__":
    sys.exit(main())
