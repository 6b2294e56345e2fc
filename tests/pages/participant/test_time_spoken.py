"""Everybody in the plenary reads how long each delegation has spoken, with script and without."""
from datetime import timedelta

from tests.support import cast
from tests.support.cast import ok
from workshop.store.models import Speech


def test_time_of_turns_by_delegation_stands_in_the_plenary_for_participants(app, meeting, phone):
    rosa, house = phone(), app.extensions["house"]
    first, second = cast.delegations(app, meeting)[:2]
    ok(rosa.join(meeting["code"], "Rosa", delegation=first))
    address = f"/w/{meeting['workshop']}/plenary"
    assert "<meter" not in rosa.http.get(address).get_data(as_text=True), "nobody has spoken"
    elena = cast.facilitator(app, meeting)
    ok(elena.do("speaker.rule", {"workshop": meeting["workshop"], "rule": "delegations"}, None))
    with house.store.write() as session:
        now = house.clock()
        for n, (of, took) in enumerate(((first, 65), (second, 30)), 1):
            session.add(Speech(id=f"turno-{n}", workshop_id=meeting["workshop"], stream_id=meeting["workshop"], number=n,
                               seat_id=rosa.place["seats"][0]["id"], delegation_id=of, channel="hall", kind="turn",
                               seconds=180, raised_at=now, started_at=now, ended_at=now + timedelta(seconds=took)))
    page = rosa.http.get(address).get_data(as_text=True)
    assert page.count("<meter") == 2 and "<b>1:05</b>" in page and "<b>0:30</b>" in page
