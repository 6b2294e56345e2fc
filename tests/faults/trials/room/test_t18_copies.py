"""T18: the copy of the page (static/js/line/cards.js) and the copy in Python hold the same after the same frames."""
import json
import subprocess
from random import Random

from tests.faults.judging.laws import digest
from tests.support import needs
from workshop.folders import STATIC
from workshop.replay.client.copy import Copy

SMALL = {"lists": 600, "seed": 1}
LONG = {"lists": 10_000, "seed": 2}
CARDS_JS = STATIC / "js" / "line" / "cards.js"
PAGE = f"""
    import {{ Copy }} from {json.dumps(CARDS_JS.as_uri())};
    import {{ readFileSync }} from "node:fs";
    const outcomes = JSON.parse(readFileSync(0, "utf8")).map((frames) => {{
      const copy = new Copy();
      const fits = frames.map((one) => (
        one.card ? (copy.put({{ ...one.card, line: one.stream }}), null) : copy.keep(one, one.asked)));
      const order = copy.all("idea").map((card) => card.id);
      return {{ fits, order, cards: Object.fromEntries(copy.cards), cursors: copy.watch(), restored: copy.restored }};
    }});
    process.stdout.write(JSON.stringify(outcomes));"""


def frames(chance: Random) -> list[dict]:
    """What may come over a line: frames of two streams with gaps, repetitions, old numbers and, rarely, a new epoch."""
    found, epoch = [], {"a": "e1", "b": "e1"}
    for _ in range(chance.randrange(3, 25)):
        stream = chance.choice("ab")
        if chance.random() < 0.05:
            epoch[stream] = chance.choice(("e1", "e2"))
        was = chance.choice((0, *range(12)))
        now = was + chance.randrange(0, 5)
        if chance.random() < 0.1:
            found.append({"stream": stream, "card": card(chance, stream, chance.randrange(1, 16))})
        else:
            cards = [card(chance, stream, chance.randrange(was + 1, now + 1)) for _ in range(now - was)]
            cards = {one["id"]: one for one in cards}
            own = {key: "me" for key in (f"{stream}{n}" for n in range(5)) if chance.random() < 0.05}
            found.append({"stream": stream, "epoch": epoch[stream], "was": was, "now": now, "cards": list(cards.values()),
                          "own": own, "asked": chance.choice((0, 0, now + chance.randrange(0, 3)))})
    return found


def card(chance: Random, stream: str, seq: int) -> dict:
    """A card, a tombstone, or a seat; sometimes one's own."""
    key = chance.randrange(5)
    found = {"id": f"{stream}{key}", "seq": seq}
    if chance.random() < 0.2:
        return found | {"gone": True}
    found |= {"kind": "seat", "hand": chance.choice((None, "now"))} if key == 0 else {
        "kind": "idea", "number": key, "body": {"text": str(seq)}}
    return found | ({"mine": "me"} if chance.random() < 0.2 else {})


def here(given: list[dict]) -> dict:
    """What the copy in Python makes of it."""
    copy, fits = Copy(), []
    for one in given:
        if "card" in one:
            copy.put(dict(one["card"]), one["stream"])
            fits.append(None)
        else:
            fits.append(copy.keep({**one, "cards": [dict(card) for card in one["cards"]]}, one["asked"])[0])
    cards = {key: card | {"line": copy.line[key]} for key, card in copy.cards.items()}
    ideas = sorted((card for card in copy.shown("idea").values()), key=lambda c: (c["number"], c["seq"]))
    return {"fits": fits, "cards": cards, "cursors": copy.cursors, "restored": copy.restored,
            "order": [card["id"] for card in ideas]}


def report(lists: int, seed: int) -> dict:
    """So many lists of frames through both."""
    chance = Random(seed)
    given = [frames(chance) for _ in range(lists)]
    ran = subprocess.run([needs.program("node"), "--input-type=module", "-e", PAGE], input=json.dumps(given), text=True,
                         capture_output=True, check=True, timeout=600)
    there, ours = json.loads(ran.stdout), [here(one) for one in given]
    faults = [f"list {i}: {difference(page, python)} after {json.dumps(given[i])[:3000]}"
              for i, (page, python) in enumerate(zip(there, ours, strict=True)) if digest(page) != digest(python)]
    return {"faults": faults[:3], "unequal": len(faults), "frames": sum(map(len, given)),
            "gaps": sum(fits is False for one in ours for fits in one["fits"]),
            "tombstones": sum("gone" in card for one in ours for card in one["cards"].values())}


def difference(page: dict, python: dict) -> str:
    """Where the two differ."""
    return "; ".join(f"{key}: page {page[key]}, Python {python[key]}" for key in page
                     if digest(page[key]) != digest(python[key]))


def test_the_page_and_the_simulated_device_keep_the_same_cards():
    found = report(**SMALL)
    assert found["faults"] == []
    assert found["frames"] > 2000 and found["gaps"] > 100 and found["tombstones"] > 100
