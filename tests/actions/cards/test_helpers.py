"""Somebody types for somebody else: both are named, as far as names are told.  A change that brings a card back says so."""
import pytest

from tests.support import cast
from workshop.store.models import Contribution, Workshop

ok, shown = cast.ok, cast.shown


def several(phone, meeting, *people) -> cast.Phone:
    """A device that carries these people ((name, channel))."""
    one = phone()
    seats = [{"name": name, "channel": channel} for name, channel in people]
    one.place = one.http.post("/api/join", headers={"X-Workshop": "1"}, json={
        "code": meeting["code"], "seats": seats, "room": 1}).get_json()
    return one


def test_a_card_says_who_dictated_it_and_who_wrote_it_down(app, meeting, phone):
    board, room, julio = cast.activities(app, meeting["rooms"][0])["ideas"], meeting["rooms"][0], phone()
    julio.join(meeting["code"], "Don Julio")
    rosa = several(phone, meeting, ("Rosa", "hall"), ("Don Hugo", "phone"), ("Doña Paula", "paper"), ("Ana", "remote"))
    ids = [ok(rosa.post(board, f"Idea {seat}", seat=seat))["card"]["id"] for seat in range(4)]
    cards = shown(julio, room)
    assert [cards[key].get("helper") for key in ids] == [None, "Rosa", "Rosa", None]
    assert cards[ids[1]]["name"] == "Don Hugo" and cards[ids[1]]["body"] == {"text": "Idea 1"}
    ok(rosa.do("contribution.edit", {"id": ids[1], "body": {"text": "Mejor"}, "base_rev": 1}, seat=1))
    assert shown(julio, room)[ids[1]]["helper"] == "Rosa" and shown(julio, room)[ids[1]]["body"] == {"text": "Mejor"}
    assert "anotado por Rosa" in julio.http.get(f"/w/{meeting['workshop']}/r/1").get_data(as_text=True)
    elena = cast.facilitator(app, meeting)
    assert ", anotado por Rosa" in elena.http.get(f"/w/{meeting['workshop']}/report.md").get_data(as_text=True)
    ok(elena.do("room.pause", {"room": room}, seat=None))
    late = rosa.post(board, "Tarde", seat=1)
    ok(elena.do("tray.admit", {"room": room, "tray": late["tray"]}, seat=None))
    assert {"Rosa"} == {card["helper"] for card in shown(julio, room).values() if card["body"]["text"] == "Tarde"}


def test_a_facilitators_own_name_stands_where_it_is_their_device(app, meeting, phone):
    board, elena = cast.activities(app, meeting["rooms"][0])["ideas"], cast.facilitator(app, meeting)
    elena.place = elena.http.post("/api/join", headers={"X-Workshop": "1"}, json={
        "code": meeting["code"], "room": 1, "seats": [{"name": "Don Hugo", "channel": "phone"}]}).get_json()
    assert ok(elena.post(board, "Por teléfono"))["card"]["helper"] == "◆ Elena Quispe"


@pytest.mark.parametrize("privacy", ["anonymous", "alias"])
def test_where_nobody_is_to_see_who_wrote_neither_is_told_nor_kept(app, meeting, phone, privacy):
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = privacy
    board, julio = cast.activities(app, meeting["rooms"][0])["ideas"], phone()
    julio.join(meeting["code"], "Don Julio")
    rosa = several(phone, meeting, ("Rosa", "hall"), ("Don Hugo", "phone"))
    card = ok(rosa.post(board, "Dictada", seat=1))["card"]["id"]
    there = shown(julio, meeting["rooms"][0])[card]
    with app.extensions["house"].store.read() as session:
        kept = session.get(Contribution, card).body
    if privacy == "anonymous":
        assert "Rosa" not in str(there) + str(kept) and "Hugo" not in str(there)
    else:
        assert there["helper"] == "Rosa" and there["name"] == "Don Hugo", "names chosen by themselves are told"


def test_a_change_that_brings_a_card_back_says_so(app, meeting, phone):
    board, rosa = cast.activities(app, meeting["rooms"][0])["ideas"], phone()
    rosa.join(meeting["code"], "Rosa")
    card = ok(rosa.post(board, "Una idea"))["card"]["id"]
    assert "restored" not in ok(rosa.do("contribution.edit", {"id": card, "body": {"text": "Otra"}, "base_rev": 1}))
    ok(rosa.do("contribution.withdraw", {"id": card}))
    answer = ok(rosa.tab().do("contribution.edit", {"id": card, "body": {"text": "Vuelve"}, "base_rev": 2}))
    assert answer["restored"] is True
