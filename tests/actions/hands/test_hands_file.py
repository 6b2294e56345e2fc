"""Counts travel with the file of a workshop, under new names."""
from tests.actions.hands.test_hands import Vote
from tests.support import cast
from workshop.actions import importing
from workshop.store.models import Account, Activity, HandCount


def test_a_file_brings_counts_with_it(app, meeting, phone, elena):
    vote = Vote(app, meeting, phone, elena)
    cast.ok(vote.count(("si", 2, "Rosa"), ("no", 1)))
    cast.ok(vote.count(("si", 1), how="paper", sheet=4))
    file = elena.http.get(f"/w/{meeting['workshop']}/report.json").get_json()
    house = app.extensions["house"]
    with house.store.write() as session:
        importing.import_workshop(session, house.clock(), file, session.get(Account, meeting["owner"]))
        session.flush()
        rows = session.query(HandCount).filter(HandCount.activity_id != vote.id).all()
        assert sorted(row.how for row in rows) == ["hands", "paper"]
        it = session.get(Activity, rows[0].activity_id)
        assert it.hands == vote.stored()["hands"] and it.tally["ballots"] == 4
        assert all(seat not in vote.ids.values() for row in rows for line in row.lines for seat in line["seats"])
