"""The judge of the bench against bad input: what is not as it must be is said."""
import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from copy import deepcopy
from types import SimpleNamespace

import pytest

from tests.bench.hostile.__main__ import Hall
from tests.bench.hostile.bars import judge, table
from tests.bench.hostile.cases import CASES
from workshop.replay.client.copy import Copy

GOOD = {"quiet_ms": {"p50": 4.0, "p99": 9.0}, "ideas": 40, "faults": [], "cases": [
    {"case": name, "answers_ms": {"p50": 5.0, "p99": 30.0}, "times_quiet": 3.3, "alive": True, "written": 40,
     "acknowledged": 40, "found": 40, "others_cut": 0, "tracebacks": 0, "grew_mib": 1.5, "sent": 20,
     "told": dict.fromkeys(case.told, 20), "closed": {} if case.keeps is not False else {case.closes[0]: 20}}
    for name, case in CASES.items()]}


def said(case: str, **values) -> list[str]:
    """What the judge says when this case was otherwise."""
    report = deepcopy(GOOD)
    next(one for one in report["cases"] if one["case"] == case).update(values)
    return judge(report)


def test_all_is_well():
    assert judge(GOOD) == []
    assert len(table(GOOD)) == len(CASES) + 2


@pytest.mark.parametrize(("case", "values", "fault"), [
    ("markup", {"answers_ms": {"p50": 5.0, "p99": 400.0}}, "took 400.0 ms"),
    ("markup", {"answers_ms": {"n": 0}}, "took None ms"),
    ("markup", {"alive": False}, "has died"),
    ("markup", {"found": 39}, "1 ideas that were acknowledged"),
    ("markup", {"acknowledged": 39, "found": 39}, "1 ideas were not taken"),
    ("markup", {"others_cut": 20}, "20 lines of others"),
    ("markup", {"tracebacks": 2}, "2 tracebacks"),
    ("one who only asks", {"grew_mib": 78.0}, "grew by 78.0 MiB"),
    ("markup", {"sent": 0}, "nothing was sent"),
    ("markup", {"told": {}}, "never told ok"),
    ("markup", {"told": {"ok": 1, "our_fault": 1}}, "was told our_fault"),
    ("text of 300 kB", {"closed": {"1009": 1}}, "the line was not kept"),
    ("flood of small events", {"closed": {"1011": 1}}, "ended with 1011"),
    ("three who never read", {"closed": {}}, "the line was not ended")])
def test_each_thing_that_is_not_as_it_must_be_is_said(case, values, fault):
    assert fault in said(case, **values)[0]


def test_a_case_is_sent_while_people_work_and_told_of():
    hall = Hall(devices=4, rooms=2, rate=10, seconds=0.5)
    with ThreadPoolExecutor(1) as apart:  # a browser of a test before may have a loop in this thread
        report = apart.submit(lambda: asyncio.run(hall.try_all(["markup"]))).result()
    [case] = report["cases"]
    assert (case["case"], case["alive"], report["faults"]) == ("markup", True, [])
    assert case["sent"] > 0 and case["told"].get("ok") and case["found"] == case["acknowledged"] > 0


def test_what_was_found_in_the_end_is_said():
    assert judge(GOOD | {"faults": ["room 0 screen 1 is not what the server answers"]})


def test_an_idea_that_a_screen_has_not_or_has_twice_is_not_counted_as_found():
    hall, texts = Hall(devices=2, rooms=1), ["whole", "missing", "doubled", "refused"]
    hall.people = [[SimpleNamespace(copy=Copy()) for _ in range(2)]]
    for screen, device in enumerate(hall.people[0]):
        shown = Counter(whole=1, missing=1 - screen, doubled=1 + screen, refused=0)
        for n, text in enumerate(shown.elements()):
            device.copy.put({"id": f"card{n}", "seq": n + 1, "kind": "idea", "body": {"text": text}}, "room")
    loop = asyncio.new_event_loop()
    for text in texts:
        answer = loop.create_future()
        answer.set_result({"ok": text != "refused"})
        hall.written[text] = (0, SimpleNamespace(answer=answer, payload={"body": {"text": text}}))
    loop.close()
    assert hall.count(set(texts)) == {"written": 4, "acknowledged": 3, "found": 1}
