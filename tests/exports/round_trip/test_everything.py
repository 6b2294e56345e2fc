"""The JSON memoria holds everything, and an import makes an equal workshop of it."""
import json

import pytest
from sqlalchemy import select

from tests.pages.shell.attacks.test_guard import signed_in
from workshop.actions.importing import import_workshop
from workshop.domain.errors import Refusal
from workshop.exports import everything
from workshop.store.models import Activity, Seat, Workshop
from workshop.store.session import Store


def whole(store, workshop_id: str) -> dict:
    with store.read() as session:
        return everything.everything(session, workshop_id)


def test_an_import_into_another_house_is_equal(app, meeting, talked, tmp_path):
    house = app.extensions["house"]
    before = json.loads(json.dumps(whole(house.store, meeting["workshop"])))
    assert len(before["tables"]["contribution"]) == 6 and before["tables"]["late_tray"] and before["tables"]["history"]
    other = Store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    other.migrate()
    with other.write() as session:
        import_workshop(session, house.clock(), before)
    assert whole(other, meeting["workshop"]) == before
    with other.read() as session:
        assert session.scalar(select(Workshop.screen_key)) != meeting["screen"]
    other.close()


def test_an_import_beside_the_original_is_an_equal_copy_under_new_names(app, meeting, talked):
    house = app.extensions["house"]
    before = whole(house.store, meeting["workshop"])
    with house.store.write() as session:
        copy = import_workshop(session, house.clock(), json.loads(json.dumps(before)))
        assert copy.code != meeting["code"] and copy.imported_from == meeting["workshop"]
    after = whole(house.store, copy.id)
    assert after["tables"]["workshop"][0]["id"] == copy.id
    for name, rows in before["tables"].items():
        assert len(after["tables"][name]) == len(rows), name
    assert sorted(_words(after)) == sorted(_words(before))
    assert not set(_ids(after)) & (set(_ids(before)) - {meeting["owner"]})
    assert whole(house.store, meeting["workshop"]) == before
    from workshop.domain.roles import OWNER
    from workshop.domain.visibility import Viewer
    from workshop.exports import worker
    papers = [worker.memoria(house.store, one, Viewer(one, "named", OWNER), "md", "es", house.clock())
              for one in (meeting["workshop"], copy.id)]
    assert papers[0] == papers[1]


def test_where_nobody_is_to_see_who_wrote_the_file_does_not_tell_either(app, meeting, talked, tmp_path):
    house = app.extensions["house"]
    with house.store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = "anonymous"
    before = json.loads(json.dumps(whole(house.store, meeting["workshop"])))
    tables = before["tables"]
    named = {seat["id"] for seat in tables["seat"] if seat["name"]}
    assert named and tables["contribution"] and tables["ballot"] and tables["late_tray"]
    for name in ("contribution", "ballot", "late_tray", "history"):
        assert not named & {row["seat_id"] for row in tables[name]}, name
    assert not any(row["withdrawn_by"] in named for row in tables["contribution"])
    team = {one["id"] for one in tables["account"] if one["name"]}
    written = {row["account_id"] for row in tables["contribution"]}
    assert written - {None} and not team & written, "the team wrote, and it is not told who of it"
    assert {row["created_at"][16:] for row in tables["contribution"]} == {":00+00:00"}
    other = Store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    other.migrate()
    with other.write() as session:
        import_workshop(session, house.clock(), before)
    assert whole(other, meeting["workshop"]) == before
    other.close()


def test_no_secret_is_in_it(app, meeting, talked, rosa):
    text = json.dumps(whole(app.extensions["house"].store, meeting["workshop"]))
    assert "Rosa Mamani" in text
    for secret in (meeting["screen"], rosa.place["seats"][0]["code"], "argon2", "elena@example.org"):
        assert secret not in text


@pytest.mark.parametrize("spoil", [
    lambda c: c.update(format="other/1"),
    lambda c: c["tables"].pop("room"),
    lambda c: c["tables"]["room"].__setitem__(0, None),
    lambda c: c["tables"]["room"][0].pop("title"),
    lambda c: c["tables"]["room"][0].update(number="one"),
    lambda c: c["tables"]["room"][0].update(opened_at="yesterday"),
    lambda c: c["tables"]["room"][1].update(step=99),
    lambda c: c["tables"]["activity"][0].update(kind="rockets"),
    lambda c: c["tables"]["contribution"][0].update(activity_id="nowhere-to-be-found"),
    lambda c: c["tables"]["seat"][0].update(name="x" * 5000),
    lambda c: c["tables"].update(more=[]),
])
def test_a_damaged_file_is_refused_whole_with_the_place_that_is_wrong(app, meeting, talked, tmp_path, spoil):
    house = app.extensions["house"]
    content = json.loads(json.dumps(whole(house.store, meeting["workshop"])))
    spoil(content)
    other = Store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    other.migrate()
    with pytest.raises(Refusal) as refused, other.write() as session:
        import_workshop(session, house.clock(), content)
    named = refused.value.code, bool(refused.value.values.get("where"))
    assert named == (("bad_file", True) if content.get("format") == "tinkuy/1" else ("no_workshop_file", False))
    with other.read() as session:
        assert session.scalars(select(Seat)).all() == session.scalars(select(Workshop)).all() == []
    other.close()


def _words(found: dict) -> list[str]:
    tables = found["tables"]
    return [json.dumps(row["body"]) for row in tables["contribution"]] + [row["name"] for row in tables["seat"]]


def _ids(found: dict) -> list[str]:
    return [row["id"] for rows in found["tables"].values() for row in rows if "id" in row]


def test_who_downloads_the_file_learns_of_no_vote_more_than_the_pages_tell(app, meeting, talked):
    house = app.extensions["house"]
    whole_file = whole(house.store, meeting["workshop"])["tables"]
    voted = {row["activity_id"] for row in whole_file["ballot"]}
    hidden = next(row["id"] for row in whole_file["activity"] if row["id"] in voted)
    with house.store.write() as session:
        vote = session.get(Activity, hidden)
        vote.settings, vote.tally = vote.settings | {"reveal": "close"}, None
    answer = signed_in(app).http.get(f"/w/{meeting['workshop']}/report.json")
    tables = json.loads(answer.data)["tables"]
    named = {seat["id"] for seat in tables["seat"] if seat["name"]}
    assert not [row for row in tables["ballot"] if row["activity_id"] == hidden], "not even how many there are"
    assert not [row for row in tables["ballot"] if row["seat_id"] in named], "nor after the end who voted what"
    assert any(row["seat_id"] in named for row in tables["contribution"]), "whose a card is, the board says too"
    assert len(voted) == 1 or tables["ballot"]
    assert whole(house.store, meeting["workshop"])["tables"]["ballot"] == whole_file["ballot"], "the operator's has them"


def test_what_was_downloaded_is_read_back_into_a_workshop_with_the_same_tallies(app, meeting, talked, tmp_path):
    house = app.extensions["house"]
    content = json.loads(signed_in(app).http.get(f"/w/{meeting['workshop']}/report.json").data)
    other = Store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    other.migrate()
    with other.write() as session:
        import_workshop(session, house.clock(), content)
    after = whole(other, meeting["workshop"])["tables"]
    assert [row["tally"] for row in after["activity"]] == [row["tally"] for row in content["tables"]["activity"]]
    assert after["ballot"] == content["tables"]["ballot"]
    other.close()
