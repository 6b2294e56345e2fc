"""The laws themselves: what a clean meeting leaves breaks none, and each of eight planted bugs is caught by its law.

The bugs are planted where they would show: in the database that a real server left, on screens, in outboxes, on the line.
"""
import asyncio
import copy

import pytest
from sqlalchemy import delete, update

from tests.faults.judging import evidence, laws
from tests.faults.judging.evidence import Secret
from tests.faults.judging.history import INVOKE, OK, Event
from tests.faults.trial import stage
from tests.support.apart import apart
from workshop.exports.formats import markdown
from workshop.store.models import Activity, Contribution, Stream
from workshop.store.models import History as Journal
from workshop.store.session import Store


async def meet(folder) -> tuple:
    """A short meeting with ideas, changes, comments and votes; (place, evidence), and the database in `folder`."""
    async with stage(6, captures=True, head_every=1) as here:
        await here.crowd.work(4, 25)
        for device in here.crowd.people:
            here.crowd.vote(device, list(device.copy.shown("idea")))
        assert await here.crowd.calm() < 90
        found = await here.crowd.evidence()
        await asyncio.to_thread(here.server.stop)
        for file in here.place.folder.glob("tinkuy.sqlite*"):
            (folder / file.name).write_bytes(file.read_bytes())
        here.place.folder = folder
        return here.place, found


@pytest.fixture(scope="module")
def meeting(tmp_path_factory):
    """(place, evidence) of a clean meeting."""
    return apart(lambda: asyncio.run(meet(tmp_path_factory.mktemp("met"))))


def after(meeting, tmp_path, *damage) -> evidence.Evidence:
    """The evidence as it would be if the database had been damaged by these statements."""
    place, clean = meeting
    there = copy.copy(place)
    there.folder = tmp_path
    for file in place.folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    store = Store(there.url)
    with store.write() as session:
        for statement in damage:
            assert session.execute(statement).rowcount
    store.close()
    found = evidence.Evidence(clean.history, seen=clean.seen, views=clean.views, waiting=clean.waiting)
    evidence.stored(found, there)
    return found


def caught(found) -> set[str]:
    """The numbers of the laws that are broken."""
    return {fault.split(":")[0] for fault in laws.broken(found)}


def of(found, **what) -> dict:
    """A contribution of this kind that was never changed."""
    return next(row for row in found.contributions if row["rev"] == 1 and not row["withdrawn"]
                and row.items() >= what.items())


def test_a_clean_meeting_breaks_no_law(meeting):
    found = meeting[1]
    assert laws.broken(found) == []
    told = found.history.counts()
    assert told[OK] > 80 and found.ballots and any(row["tally"] for row in found.activities)
    assert {"contribution.add", "contribution.edit", "ballot.cast"} <= {e.verb for e in found.history.typed().values()}
    assert all(shown for shown, _ in found.views.values())
    assert len(found.file) > 40 and len(found.memoria) > 2000 and any(row["withdrawn"] for row in found.contributions)


def test_an_acknowledgement_before_the_commit_is_caught(meeting, tmp_path):
    lost = of(meeting[1], kind="idea")["id"]
    found = after(meeting, tmp_path, delete(Contribution).where(Contribution.id == lost),
                  delete(Journal).where(Journal.target_id == lost))
    assert "law 1" in caught(found)
    assert "acknowledged and is not stored" in str(laws.acknowledged_is_stored_once(found))


def test_a_command_that_is_carried_out_twice_is_caught(meeting, tmp_path):
    row = of(meeting[1], kind="idea")
    found = after(meeting, tmp_path)
    found.contributions.append(row | {"id": "the-same-again", "seq": row["seq"] + 1000})
    assert "stored 2 times" in str(laws.acknowledged_is_stored_once(found))


def test_a_change_that_is_carried_out_twice_is_caught(meeting, tmp_path):
    found = after(meeting, tmp_path)
    found.journal.append(next(row for row in found.journal if row["verb"] == "contribution.edit" and row["text"]))
    assert "stored 2 times" in str(laws.acknowledged_is_stored_once(found))


def test_a_frame_that_was_never_sent_is_caught(meeting, tmp_path):
    found = after(meeting, tmp_path)
    name, (shown, fresh) = next(iter(found.views.items()))
    missed = next(key for key, card in shown.items() if card["kind"] == "idea")
    found.views = found.views | {name: ({key: card for key, card in shown.items() if key != missed}, fresh)}
    assert caught(found) == {"law 3"} and "1 cards are missing" in laws.broken(found)[0]


def test_a_card_that_is_not_in_the_files_is_caught(meeting, tmp_path):
    row, found = of(meeting[1], kind="idea"), after(meeting, tmp_path)
    found.memoria = "\n".join(line for line in found.memoria.split("\n") if markdown.safe(row["text"]) not in line)
    assert laws.broken(found) == [f"law 3: the memoria lacks {row['text']!r}"]
    found = after(meeting, tmp_path)
    del found.file[row["id"]]
    assert caught(found) == {"law 3"} and "the file of everything" in laws.broken(found)[0]
    found = after(meeting, tmp_path)
    found.memoria += markdown.safe(next(row["text"] for row in found.contributions if row["withdrawn"]))
    assert caught(found) == {"law 3"} and "which was taken back" in laws.broken(found)[0]


def test_frames_in_the_wrong_order_are_caught(meeting, tmp_path):
    found = after(meeting, tmp_path)
    name, (shown, fresh) = next(iter(found.views.items()))
    key, card = next((key, card) for key, card in shown.items() if card.get("rev", 0) > 1)
    older = card | {"rev": card["rev"] - 1, "body": {"text": "as it was before"}}
    found.views = found.views | {name: (shown | {key: older}, fresh)}
    assert caught(found) == {"law 3"} and "1 are not as they are now" in laws.broken(found)[0]


def test_a_ballot_that_is_counted_twice_is_caught(meeting, tmp_path):
    vote = next(row for row in meeting[1].activities if row["tally"])
    twice = {card: result | {"points": 2 * result["points"]} for card, result in vote["tally"]["items"].items()}
    found = after(meeting, tmp_path, update(Activity).where(Activity.id == vote["id"]).values(
        tally=vote["tally"] | {"items": twice}))
    assert caught(found) == {"law 6"}


def test_a_ballot_over_the_budget_is_caught(meeting, tmp_path):
    found = after(meeting, tmp_path)
    found.ballots[0] = found.ballots[0] | {"choices": dict.fromkeys(["one", "another"], 3)}
    assert "law 7" in caught(found)


def test_a_delegation_over_the_budget_that_it_shares_is_caught(meeting, tmp_path):
    found = after(meeting, tmp_path)
    vote = next(row for row in found.activities if row["id"] == found.ballots[0]["activity"])
    vote["settings"] = vote["settings"] | {"budget_of": "delegation"}
    found.ballots = [row | {"delegation": "taraco", "choices": {"one": 3}} for row in found.ballots
                     if row["activity"] == vote["id"]]
    assert len(found.ballots) > 1 and any(fault.startswith("law 7: the delegation taraco") for fault in laws.broken(found))


def test_an_author_that_leaks_is_caught(meeting, tmp_path):
    found = after(meeting, tmp_path)
    found.secrets = [Secret("who wrote the idea", ("seat-of-rosa",), frozenset({"Persona 00"}))]
    found.overheard = [("Persona 00", '42["mine",{"seat":"seat-of-rosa"}]'), ("Persona 01", '42["cards",{"name":"?"}]')]
    assert caught(found) == set(), "she may know it herself"
    found.overheard.append(("Persona 01", '42["cards",{"cards":[{"seat":"seat-of-rosa"}]}]'))
    assert laws.broken(found) == ["law 8: who wrote the idea was overheard by Persona 01"]


def test_an_outbox_that_is_lost_is_caught(meeting, tmp_path):
    found = after(meeting, tmp_path)
    found.history = copy.copy(found.history)
    written = {"id": "never-sent", "body": {"text": "in the bus"}}
    found.history.events = [*found.history.events,
                            Event(INVOKE, "never-sent", "Persona 01", "c", "contribution.add", payload=written)]
    assert laws.broken(found) == ["law 9: contribution.add 'in the bus' of Persona 01 is nowhere, and nobody was told"]
    found.waiting = {"never-sent"}
    assert laws.broken(found) == [], "it waits on the device"


def test_numbers_with_a_hole_are_caught(meeting, tmp_path):
    stream = of(meeting[1], kind="idea")["stream"]
    found = after(meeting, tmp_path, update(Stream).where(Stream.id == stream).values(seq=Stream.seq + 1))
    assert caught(found) == {"law 4"}
    found = after(meeting, tmp_path)
    last = max((row for row in found.contributions if row["kind"] == "idea" and row["stream"] == stream),
               key=lambda row: row["number"])
    last["number"] += 1
    assert "law 4" in caught(found)


def test_ideas_of_one_device_in_the_wrong_order_are_caught(meeting, tmp_path):
    found = after(meeting, tmp_path)
    typed = found.history.typed()
    first = next(row for row in found.contributions if row["kind"] == "idea")
    other = next(row for row in found.contributions if row is not first and row["kind"] == "idea"
                 and typed[row["id"]].client == typed[first["id"]].client)
    first["number"], other["number"] = other["number"], first["number"]
    assert caught(found) == {"law 5"}


def test_what_nobody_typed_is_caught(meeting, tmp_path):
    row = of(meeting[1], kind="idea")
    found = after(meeting, tmp_path, update(Contribution).where(Contribution.id == row["id"]).values(
        body={"text": "out of nowhere"}))
    assert "law 2" in caught(found)
