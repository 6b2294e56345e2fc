"""T15: in a workshop where nobody is to see who wrote, nobody does; and a hidden vote is hidden until it closes.

Everything is overheard: what each device was ever sent, the pages, the files, the server's log.  The kinds that exist have
open ballots: the store knows them, other people's frames, the papers and the JSON file do not.
"""
import asyncio
import io
import json
import re
import urllib.request
import zipfile

from pypdf import PdfReader

from tests.faults.judging.evidence import Secret
from tests.faults.trial import run, stage
from workshop.exports import FORMATS

SMALL = {"devices": 8, "seconds": 4.0, "rate": 20.0}
LONG = {"devices": 40, "seconds": 60.0, "rate": 20.0}
PLAIN = {"id", "seq", "kind", "activity", "body", "rev", "at", "number", "place", "parent", "gone"}  # of an idea, for others
MINUTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ")
FILE, SCRIBE, REPORT = "the file of everything", "the rapporteur's page", "the report's page"
WRITTEN = ("idea", "comment")


async def trial(devices: int, seconds: float, rate: float) -> dict:
    """People write and vote, some change rooms and come back; then every word that left the server is looked at."""
    async with stage(devices, captures=True, where={"privacy": "anonymous", "reveal": "close"}) as here:
        await here.crowd.work(seconds, rate)
        for device in here.crowd.people:
            here.crowd.vote(device, list(device.copy.shown("idea")))
        await here.crowd.calm()
        for device in here.crowd.people[:2]:
            await device.leave()
            device.copy.cursors.clear()
            await device.start().up.wait()
        before = await asyncio.to_thread(papers, here)
        tallies = heard_tallies(here.crowd)
        for room in here.place.rooms:
            here.crowd.lead.write("step.go", {"room": room, "step": 1})
        judged = await here.judged(before, secrets(here.crowd))
        after = heard_tallies(here.crowd)
        judged["faults"] += [f"{n} tallies were told before the votes were closed" for n in [tallies] if n]
        judged["faults"] += leaks(here.crowd) + in_the_file(dict(before)[FILE])
        return judged | {"tallies_told_after": after, "pieces_overheard": sum(
            len(device.captured) for device in here.crowd.everybody) + len(before)}


def secrets(crowd) -> list[Secret]:
    """What belongs to one device only; the facilitator may know who is here, not what they hold."""
    found = []
    for device in crowd.people:
        [seat] = device.place["seats"]
        found.append(Secret(f"that {device.name} is here", (seat["id"], device.name),
                            frozenset({device.name, crowd.lead.name, SCRIBE, FILE})))
        found.append(Secret(f"what {device.name} holds", (seat["code"], device.cookie, device.outbox.client),
                            frozenset({device.name})))
    texts = tuple(event.text for event in crowd.history.typed().values() if event.text)
    return [*found, Secret("what people wrote", texts, frozenset(
        {FILE, SCRIBE, REPORT, *(f"the {form}" for form in FORMATS), *(device.name for device in crowd.everybody)}))]


def papers(here) -> list[tuple[str, str]]:
    """(name, text) of pages and files: the room of each person, and what the facilitator can open and download."""
    place, lead = here.place, here.crowd.lead
    found = [(device.name, get(device, f"/w/{place.workshop}/r/{here.crowd.room(device) + 1}?all=1").decode())
             for device in here.crowd.people]
    found += [(name, get(lead, f"/w/{place.workshop}/{page}").decode()) for name, page in (
        (REPORT, "report"), (SCRIBE, "r/1/scribe"))]
    for form in FORMATS:
        data = get(lead, f"/w/{place.workshop}/report.{form}")
        if form == "pdf":
            text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
        elif form in ("docx", "xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as parts:
                text = "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
        else:
            text = data.decode()
        found.append((FILE if form == "json" else f"the {form}", text))
    return found


def get(device, path: str) -> bytes:
    """A page as the device sees it."""
    asked = urllib.request.Request(device.url + path, headers={"Cookie": device.cookie})
    with urllib.request.urlopen(asked, timeout=60) as answer:
        return answer.read()


def heard(device) -> list[tuple[str, dict]]:
    """(event, data) of everything that the device was sent; cards in answers count as the event `answer`."""
    found = [json.loads(text[2:]) for text in device.captured if text.startswith("42")]
    answers = [json.loads(text[text.index("["):])[0] for text in device.captured if text.startswith("43")]
    return [*((name, data) for name, data in found), *(("answer", answer) for answer in answers)]


def cards(device) -> list[dict]:
    """All cards that the device was ever sent."""
    return [card for name, data in heard(device) for card in (
        data["cards"] if name == "cards" else [data["card"]] if name == "answer" and "card" in data else [])]


def leaks(crowd) -> list[str]:
    """Of ideas that others wrote nobody is told anything about the author; of ballots nobody hears another's."""
    faults = []
    for device in crowd.everybody:
        mine = {seat["id"] for seat in device.place["seats"]}
        for card in cards(device):
            own = card.get("mine") in mine
            if card.get("kind") in WRITTEN and not own and (card.keys() - PLAIN or not MINUTE.fullmatch(card["at"])):
                faults.append(f"{device.name} is told {sorted(card.keys() - PLAIN)} of another's idea of {card.get('at')}")
        for name, data in heard(device):
            ballots = data["ballots"] if name == "hello" else [data] if name == "my_ballot" else []
            faults += [f"{device.name} hears the ballot of {one['seat']}" for one in ballots if one["seat"] not in mine]
            if name == "mine" and data["seat"] not in mine:
                faults.append(f"{device.name} is told whose a card is")
    return faults


def heard_tallies(crowd) -> int:
    """How many cards with a tally were sent so far."""
    return sum(card.get("tally") is not None for device in crowd.everybody for card in cards(device))


def in_the_file(text: str) -> list[str]:
    """Who wrote or voted, as far as the file of everything tells it."""
    tables = json.loads(text)["tables"]
    named = {seat["id"] for seat in tables["seat"] if seat["name"]}
    told = {name: sum(row["seat_id"] in named for row in tables[name]) for name in
            ("contribution", "ballot", "late_tray", "history")}
    return [f"the file of everything tells who is behind {n} rows of {name}" for name, n in told.items() if n]


def report(**figures) -> dict:
    """The report of a trial."""
    return run(trial, **figures)


def test_nobody_learns_who_wrote_or_voted_and_hidden_votes_are_told_when_they_close():
    found = report(**SMALL)
    assert found["faults"] == []
    assert found["pieces_overheard"] > 300 and found["tallies_told_after"] > 0
    assert found["commands"]["ok"] > 60
