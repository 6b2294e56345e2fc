"""Replays a .pb file: opens a room, makes its vote, casts each ballot through the server's own doors, and reads the result
back."""
import asyncio
import secrets
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workshop.actions.performer import Performer
from workshop.config import Config
from workshop.domain.budgets.votes import Budget, greedy
from workshop.domain.errors import Refusal
from workshop.domain.kinds import kinds
from workshop.domain.limits import SEATS_PER_DEVICE
from workshop.domain.ranking import standings
from workshop.domain.shapes import Json, Tally
from workshop.house import utc_now
from workshop.intake import pabulib
from workshop.intake.pabulib import Election
from workshop.intake.pb_votes import BUDGET, SHARED, Asked, vote_of
from workshop.replay.client.device import Device, Refused
from workshop.replay.rows import Unreadable
from workshop.replay.stage import opened, room, workshop
from workshop.words import speaking
from workshop.words.pabulib import sentence

AT_ONCE = 12  # devices that are under way at the same time, each with as many people as one may have
AGAIN = 0.3  # seconds before what the server had no time for is said again
PATIENCE = 60.0  # seconds until a count must be made
STEPS = [{"key": "all", "minutes": 0, "opens": ["ideas"]}]


@dataclass
class Stage:
    """How to get in, the room's number and stream, the vote; the cookie of who leads it."""

    code: str
    room: int
    stream: str
    vote: str
    cookie: str


def read(path: Path) -> tuple[Election, Asked]:
    """Returns what the file holds, and its vote. Raises Unreadable."""
    try:
        election = pabulib.read(path.read_bytes())
        return election, vote_of(election)
    except OSError as error:
        raise Unreadable(f"{path} cannot be read: {error}") from None
    except Refusal as refusal:
        why = "; ".join(faults(election)[:3]) or refusal.code
        raise Unreadable(f"{path} makes no vote here ({refusal.code}): {why}") from None


def faults(election: Election) -> list[str]:
    """Words what is wrong with the file: 'line 12: …'."""
    with speaking("en"):
        return [f"line {line}: {sentence(code, values)}" if line else sentence(code, values)
                for line, code, values in election.faults]


def found(config: Config, election: Election, asked: Asked) -> Stage:
    """Opens a workshop with one room in the data of `config`, and the vote in it."""
    title = (election.title or "pb")[:80]
    with opened(config) as store:
        with store.write() as session:
            made, cookie = workshop(session, title)
            made.expected = max(1, len(asked.ballots))  # so many may come from one address
            one, _kinds = room(session, made, title, (), STEPS)
            where = one.id, one.number, one.stream_id
        answer = Performer(store, utc_now).perform(cookie, {
            "client": secrets.token_urlsafe(16), "n": 1, "verb": "vote.open", "seat": None, "payload": {
                "room": where[0], "kind": asked.kind, "title": title, "settings": asked.settings | {"reveal": "close"}}})
        if not answer["ok"]:
            raise Unreadable(f"the vote was refused: {answer['code']} {answer.get('values', '')}")
        return Stage(made.code, where[1], where[2], answer["card"]["id"], cookie)


class PbPlay:
    """Holds a run on a server. `twice`: all ballots are cast once more in the end, which must change nothing."""

    def __init__(self, url: str, stage: Stage, election: Election, asked: Asked, twice: bool = False):
        self.url, self.stage, self.election, self.asked, self.twice = url, stage, election, asked, twice
        self.server: int | None = None
        self.counts: Counter[str] = Counter()
        self.refusals: Counter[str] = Counter()
        self.at: list[tuple[Device, list[tuple[str, str]]]] = []  # devices with (seat, voter) of each

    async def run(self) -> Json:
        """Plays and reports."""
        began = time.monotonic()
        voters = list(self.asked.ballots)
        await self._each([voters[i:i + SEATS_PER_DEVICE] for i in range(0, len(voters), SEATS_PER_DEVICE)], self._come)
        since = time.monotonic()
        await self._each(self.at, self._cast)
        busy = max(time.monotonic() - since, 0.001)
        if self.twice:
            await self._each(self.at, self._cast)
        await self._close()
        settings, tally = await self._look()
        rate = {"rows_a_second": round(len(voters) / busy)} if voters else {}
        return {"source": self.election.title, "vote_type": self.election.type, "kind": self.asked.kind,
                "projects": len(self.election.items), "ballots": tally["ballots"], "sent": len(voters),
                "acknowledged": self.counts["ok"], "refused": self.refusals.total(), "refusals": dict(self.refusals),
                "faults": faults(self.election), **told(self.election, self.asked.kind, settings, tally), **rate,
                **({"twice": True} if self.twice else {}), "seconds": round(time.monotonic() - began, 2)}

    async def _each(self, many: list, act) -> None:  # type: ignore[type-arg, no-untyped-def]
        """Does it for each, a bounded number at a time."""
        door = asyncio.Semaphore(AT_ONCE)

        async def one(what: object) -> None:
            async with door:
                await act(what)
        async with asyncio.TaskGroup() as group:
            for what in many:
                group.create_task(one(what))

    async def _come(self, voters: list[str]) -> None:
        device = Device(self.url)
        while not device.place:
            try:
                await device.join(self.stage.code, *(f"#{voter}"[:80] for voter in voters), room=self.stage.room)
            except Refused as refused:
                if refused.code not in ("slow_down", "too_many_at_once", "429", "503"):
                    raise
                await asyncio.sleep(AGAIN)
        device.place["streams"] = device.place["streams"][:1]  # it follows the workshop, not everybody in the room
        self.at.append((device, [(seat["id"], voter) for seat, voter in zip(device.place["seats"], voters, strict=True)]))

    async def _cast(self, of: tuple[Device, list[tuple[str, str]]]) -> None:
        """Casts the ballots of a device over its line."""
        device, seats = of
        device.start()
        try:
            await device.up.wait()
            for answer in await asyncio.gather(*(
                    device.vote(self.stage.vote, self.asked.ballots[voter], seat) for seat, voter in seats)):
                if answer["ok"]:
                    self.counts["ok"] += 1
                else:
                    self.refusals[answer["code"]] += 1
        finally:
            await device.stop()

    async def _do(self, device: Device, verb: str, payload: Json) -> Json:
        """Says a command until the server has time for it."""
        message = {"client": secrets.token_urlsafe(16), "n": 1, "verb": verb, "seat": None, "payload": payload}
        while True:
            answer = await device.http("/api/do", message)
            if "retry_after" not in answer:
                return answer
            await asyncio.sleep(answer["retry_after"])

    def _lead(self) -> Device:
        lead = Device(self.url)
        lead.cookie = f"tinkuy={self.stage.cookie}"
        return lead

    async def _close(self) -> None:
        answer = await self._do(self._lead(), "vote.close", {"activity": self.stage.vote})
        if not answer["ok"]:
            raise Refused(answer["code"])

    async def _look(self) -> tuple[Json, Tally]:
        """Returns the vote's settings and its tally as the server answers them."""
        since, lead = time.monotonic(), self._lead()
        while time.monotonic() - since < PATIENCE:
            frame = await lead.http("/api/changes", stream=self.stage.stream)
            vote = next((card for card in frame["cards"] if card["id"] == self.stage.vote), None)
            if vote and (vote["tally"] or not self.asked.ballots) and not (vote["tally"] or {}).get("counting"):
                return vote["settings"], vote["tally"] or {"items": {}, "ballots": 0}
            await asyncio.sleep(AGAIN)
        raise Refused("no_result")


def told(election: Election, kind: str, settings: Json, tally: Tally) -> Json:
    """Returns {totals: {project: votes or score}, winners, ties: the projects of equal totals} as the server has
    counted.

    The winners of a budget, and of points, are taken in their order as long as they fit into the sum; those of a ranking are
    who came first.
    """
    report = kinds()[kind].report
    assert report  # a vote has one
    with speaking("en"):
        rows = standings(report.result(settings, tally))
    totals = {item.key: 0 for item in election.items} | {one.row.key: one.row.figures[0] or 0 for one in rows}
    same: dict[object, list[str]] = {}
    for key, n in totals.items():
        same.setdefault(n, []).append(key)
    ties = [sorted(keys) for n, keys in sorted(same.items(), key=lambda one: -float(str(one[0]))) if len(keys) > 1]
    if kind == BUDGET:
        sides = tally.get("sides") or {"votes": {"chosen": {}}, "shares": {"chosen": {}}}
        by = {name: sorted(side["chosen"], key=side["chosen"].__getitem__) for name, side in sides.items()}
        return {"totals": totals, "winners": by["votes"], "equal_shares": by["shares"], "ties": ties,
                "left": sides["votes"].get("left"), "seed": settings.get("seed")}
    if kind == SHARED:
        return {"totals": totals, "winners": _that_fit(election, totals), "ties": ties}
    if won := tally.get("won"):  # a ranking: its first choices, who won by its rule, who is level
        return {"totals": {key: tally["items"].get(key, {"first": 0})["first"] for key in totals}, "rule": won["rule"],
                "winners": won["in"], "ties": [won["tied"]] if won["tied"] else [], "rounds_with_lot": won["lots"],
                "rounds_with_earlier_round": won["ties"], "seed": won["seed"]}
    first = [one for one in rows if one.place == 1]
    return {"totals": totals, "winners": [one.row.key for one in first] if len(first) == 1 else [],
            "ties": [sorted(one.row.key for one in first)] if len(first) > 1 else []}


def _that_fit(election: Election, totals: Mapping[str, int | float]) -> list[str]:
    """Lists the projects with most points that fit into the sum, one after the other."""
    costs = {item.key: item.cost for item in election.items}
    rows = [(frozenset((key,)), int(totals[key])) for key in costs]
    return greedy(Budget(election.total, costs, rows, election.title))
