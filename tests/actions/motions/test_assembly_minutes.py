"""Votes of real assemblies, from their minutes: entered as hands that were counted, with proxies and calls, and read back.

The figures come from the minutes of Python España (python-spain/documentacion): numbers alone, no names.
"""
import json

import pytest

from tests.support import cast
from tests.support.real import real
from workshop.store.models import Activity, Room
from workshop.store.votes import voices

# (day, present, proxies, quorum at the first call, [(motion, for, against, abstentions)]); None: the minutes do not say it.
MINUTES = (
    ("2018-10-06", None, None, None, (("Nuevo nivel de membresía", 29, None, None),
                                      ("Creación de grupos de trabajo", 29, None, 2))),
    ("2021-04-10", 20, 0, False, (("Cambio de estatutos", 20, 0, 0),)),
    ("2021-10-02", 16, 1, None, (("Tiempo mínimo entre convocatorias", 17, 0, 0),)))
WAYS = ("for", "against", "abstain")


@pytest.mark.parametrize(("day", "present", "proxies", "first_call", "motions"), MINUTES, ids=[one[0] for one in MINUTES])
def test_totals_proxies_and_calls_read_back_as_the_minutes_have_them(
        app, meeting, phone, elena, day, present, proxies, first_call, motions):
    there = present or max(sum(n or 0 for n in votes) for _motion, *votes in motions)
    ids = []
    for n in range(there + (proxies or 0)):
        ids += [seat["id"] for seat in phone().join(meeting["code"], f"Persona {n + 1}")["seats"]]
    with app.extensions["house"].store.read() as session:
        plenary = session.query(Room.id).filter_by(workshop_id=meeting["workshop"], kind="plenary").scalar()
    cast.ok(elena.do("proxy.limit", {"room": plenary, "most": 1}, None))
    for n in range(proxies or 0):
        cast.ok(elena.do("proxy.give", {"room": plenary, "giver": ids[there + n], "holder": ids[n]}, None))
    for motion, *votes in motions:
        settings = {"reveal": "close", "majority": "more"} | ({"present": present} if present else {}) | (
            {"quorum": there + 1, "quorum_second": 1} if first_call is False else {})
        asked = {"room": plenary, "kind": "motion", "title": motion, "settings": settings}
        vote = cast.ok(elena.do("vote.open", asked, None))["card"]["id"]
        if first_call is False:  # nobody votes at it
            cast.ok(elena.do("vote.close", {"activity": vote}, None))
            assert read(app, vote)["met"] == 0
            vote = cast.ok(elena.do("vote.again", {"activity": vote}, None))["card"]["id"]
        lines = [{"choices": {"motion": way}, "n": n, "seats": []} for way, n in zip(WAYS, votes, strict=True) if n]
        for n in range(proxies or 0):  # whoever holds a voice is ticked, and their one hand counts for both
            lines[0] |= {"n": lines[0]["n"] - 1, "seats": [*lines[0]["seats"], ids[n]]}
        cast.ok(elena.do("vote.count", {"activity": vote, "count": f"{vote}-hands", "how": "hands", "base_rev": 0,
                                        "lines": lines}, None))
        cast.ok(elena.do("vote.close", {"activity": vote}, None))
        tally = read(app, vote)
        given = tally["items"]["motion"]["counts"]
        assert [given.get(way, 0) for way in WAYS] == [n or 0 for n in votes]
        assert tally.get("proxies", 0) == (proxies or 0) and tally["carried"] == 1
        assert tally["present"] == there if present else tally["present"] >= there
        assert (tally["call"], tally.get("met")) == ((2, 1) if first_call is False else (1, None))
    with app.extensions["house"].store.read() as session:
        assert len(voices.in_force(session, session.get(Room, plenary))) == (proxies or 0)


def read(app, vote):
    with app.extensions["house"].store.read() as session:
        return session.get(Activity, vote).tally


def test_the_minutes_are_those_of_the_file():
    """The small copy above says what the whole file says, where that is at hand."""
    file = real("es-assembly-votes", "votes.json")
    told = [(one["date"], one["present"], one["proxies"], one.get("quorum_at_first_call"), tuple(
        (motion["motion"], motion["for"], motion["against"], motion["abstain"]) for motion in one["motions"]))
        for one in json.loads(file.read_text(encoding="utf-8"))["assemblies"]]
    assert told == list(MINUTES)
