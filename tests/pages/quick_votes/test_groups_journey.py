"""Six groups give points to fifty projects of another room, with reasons; the plenary sees the table, then decides."""
import io
import re

import openpyxl
import pytest
from sqlalchemy import select

from tests.exports.texts import of_docx
from tests.pages.quick_votes.test_pages import send
from tests.support import cast
from workshop.actions import imported_json
from workshop.actions.rooms import building
from workshop.store.models import Activity, Ballot, HandCount, Room, Seat, Workshop
from workshop.store.streams import numbering

ok = cast.ok
N = 50
GROUPS = {"ruled": "1", "staff": "1", "own": "1", "one_per": "room", "named": "all"}  # as the form of its rules has them
# What the groups give: project by its number -> points; the sums: 1 and 2 tie at 22, 3 has 14, …
GIVES = [{1: 5, 2: 4, 3: 3, 4: 2, 5: 1}, {2: 5, 1: 4, 3: 3, 6: 2, 7: 1}, {1: 5, 2: 4, 3: 3, 8: 2, 9: 1},
         {2: 5, 1: 4, 3: 3, 10: 2, 11: 1}, {12: 5, 1: 4, 2: 3, 3: 2, 13: 1}, {14: 5, 15: 4, 16: 3, 2: 1, 17: 2}]


class Assembly:
    """Room 1 with fifty projects, six groups in rooms of their own, each of two people."""

    def __init__(self, app, meeting, phone):
        self.app, self.meeting, self.house = app, meeting, app.extensions["house"]
        self.base, self.elena = f"/w/{meeting['workshop']}", cast.facilitator(app, meeting)
        board, writer = cast.activities(app, meeting["rooms"][0])["ideas"], phone()
        writer.join(meeting["code"], "Quien escribe")
        self.cards = [ok(writer.post(board, f"Proyecto {n:02d}: " + ("agua segura para la comunidad de altura " * 3)))[
            "card"]["id"] for n in range(1, N + 1)]
        with self.house.store.write() as session:
            numbering.lock(session, {meeting["workshop"]})
            workshop = session.get(Workshop, meeting["workshop"])
            made = [building.build_room(session, workshop, f"Mesa {n}") for n in range(1, 7)]
            for room in made:
                room.opened_at = self.house.clock()
            session.flush()
            self.rooms = [(room.id, room.number) for room in made]
        ok(writer.do("seat.enter", {"room": self.rooms[0][0]}))
        self.people = [[self.join(phone, f"{who} {n}", room) for who in ("Ana", "Luis")]
                       for n, (room, _number) in enumerate(self.rooms, 1)]

    def join(self, phone, name, room):
        one = phone()
        one.join(self.meeting["code"], name)
        ok(one.do("seat.enter", {"room": room}))
        return one

    def open(self, **fields):
        """Elena opens a vote on the page; returns it."""
        before = {vote.id for vote in self.votes()}
        status, to = send(self.elena, f"{self.base}/vote", ready="cards", room="plenary", back=f"{self.base}/plenary",
                          **{"reveal": "close", "kind_of_cards": "awards"} | fields)
        assert (status, to) == (303, f"{self.base}/plenary"), to
        [vote] = [vote for vote in self.votes() if vote.id not in before]
        return vote

    def votes(self):
        with self.house.store.read() as session:
            return session.scalars(select(Activity).where(Activity.opened_at.is_not(None))).all()

    def give(self, group, vote, member=0, base=0, gives=None, why="Porque hace falta"):
        choices = {self.cards[n - 1]: {"points": points} | ({"why": f"{why} {n}"} if points != 1 else {})
                   for n, points in (gives or GIVES[group]).items()}
        return self.people[group][member].do("ballot.cast", {"activity": vote.id, "choices": choices, "base_rev": base})

    def page(self, path, who=None):
        return (who or self.elena).http.get(f"{self.base}{path}").get_data(as_text=True)


@pytest.fixture
def assembly(app, meeting, phone):
    return Assembly(app, meeting, phone)


def test_six_groups_give_points_to_fifty_projects_and_the_plenary_decides_on_what_came_first(app, meeting, assembly):
    it, source = assembly, f"room:{assembly.meeting['rooms'][0]}"
    vote = it.open(source=source, **GROUPS, title="¿Qué proyectos?")
    options = vote.settings["options"]
    assert [one["key"] for one in options] == it.cards and options[0]["title"].startswith("R1-001 · Proyecto 01")
    with it.house.store.read() as session:
        seats = session.query(Seat).count()
    for group in range(5):
        ok(it.give(group, vote))
    # A scribe enters the paper of the sixth group.
    room, _number = it.rooms[5]
    fields = {"vote": vote.id, "do": "save", "place": f"room:{room}", "new": "papel-6"}
    for n, points in GIVES[5].items():
        fields |= {f"v:{points}": it.cards[n - 1], f"why:{points}": f"En papel {n}"}
    status, to = send(it.elena, f"{it.base}/r/0/count?vote={vote.id}", **fields)
    assert status == 303, re.findall('class="problem.*', to)
    page = it.page(f"/r/0/count?vote={vote.id}")
    assert "Elena Quispe" in page
    ok(it.elena.do("vote.close", {"activity": vote.id}, None))
    with it.house.store.read() as session:
        kept = session.get(Activity, vote.id)
        assert session.query(Seat).count() == seats, "heads stay heads"
        assert kept.tally["ballots"] == 6 and kept.parts["turnout"]["voted"] == 6 == kept.parts["turnout"]["could"]
        assert {it.cards.index(key) + 1: one["points"] for key, one in kept.tally["items"].items()} == {
            1: 22, 2: 22, 3: 14, 4: 2, 5: 1, 6: 2, 7: 1, 8: 2, 9: 1, 10: 2, 11: 1, 12: 5, 13: 1, 14: 5, 15: 4, 16: 3, 17: 2}
        assert session.query(Ballot).filter_by(activity_id=vote.id).count() == 5
        assert session.query(HandCount).filter_by(activity_id=vote.id).count() == 1
        assert imported_json.parts("awards", kept.settings, kept.parts) == kept.parts, "a file brings the table back"
    page = it.page(f"/votes/{vote.id}", it.people[0][0])
    for said in ("Quién dio qué", "Mesa 6", "En papel 14", "Porque hace falta 1", "6 grupos de trabajo de 6 votaron",
                 "Sin nada: 33", "<small>empate</small>"):
        assert said in page, said
    card = f"{it.base}/card/{it.cards[0]}"
    assert card in it.page(f"/votes/{vote.id}") and card not in page, "only who sees the room of the card is led to it"
    assert "22 puntos" in it.page(f"/card/{it.cards[0]}"), "the thread leads from the card to what came of it"
    # The same on paper and in the workbook.
    document = of_docx(it.elena.http.get(f"{it.base}/report.docx?language=es").data)
    assert all(said in document for said in ("Quién dio qué", "Mesa 3", "En papel 14", "sin razón"))
    book = openpyxl.load_workbook(io.BytesIO(it.elena.http.get(f"{it.base}/report.xlsx?language=es").data))
    sheet = next(one for one in book.worksheets if one.title.startswith("¿Qué proyectos") or "proyectos" in one.title)
    rows = list(sheet.iter_rows(values_only=True))
    assert [cell for cell in rows[0] if cell][-1] == "Puntos" and rows[0].count("6 · Mesa 6") + sum(
        "Mesa 6" in str(cell) for cell in rows[0]) >= 1
    assert {rows[1][0], rows[2][0]} == {1} and rows[1][8] == 22 and len([row for row in rows[1:] if row[8] is not None]) >= N
    # Then a decision, on what came first, tied to it.
    other = it.open(source=f"vote:{vote.id}", first="3", kind_of_cards="choice", title="¿Con qué empezamos?")
    assert [it.cards.index(one["key"]) + 1 for one in other.settings["options"]] in ([1, 2, 3], [2, 1, 3])
    assert other.settings["follows"] == vote.id
    assert "¿Qué proyectos?" in it.page(f"/votes/{other.id}") and "¿Con qué empezamos?" in it.page(f"/votes/{vote.id}")


def test_two_devices_a_rotation_and_a_person_of_no_group(app, assembly, phone):
    it = assembly
    vote = it.open(source=f"room:{it.meeting['rooms'][0]}", **GROUPS, title="?")
    ok(it.give(0, vote))
    held = {one["activity"]: one for one in it.people[0][1].http.get("/api/me").get_json()["ballots"]}
    assert "Ana 1" in held[vote.id]["by"] and len(held[vote.id]["choices"]) == 5, "whoever is in the group has its ballot"
    assert vote.id not in [one["activity"] for one in it.people[1][0].http.get("/api/me").get_json()["ballots"]]
    stale = it.give(0, vote, member=1)
    assert stale["code"] == "stale_ballot" and len(stale["values"]["choices"]) == 5, "the other device gets what counts"
    ok(it.give(0, vote, member=1, base=1, gives={6: 5}))
    loose = phone()
    loose.join(it.meeting["code"], "Sin mesa", room=None)
    assert loose.do("ballot.cast", {"activity": vote.id, "choices": {it.cards[0]: {"points": 5}}, "base_rev": 0})["code"] \
        == "no_group"
    # Luis, who cast it last, is moved to the second group: the ballot stays with the first.
    luis, room = it.people[0][1], it.rooms[1][0]
    ok(luis.do("seat.enter", {"room": room}))
    assert it.give(0, vote, member=1, base=0)["code"] == "voted_elsewhere"
    ok(it.give(1, vote))
    ok(it.give(0, vote, member=0, base=2, gives={7: 5}))
    ok(luis.do("ballot.cast", {"activity": vote.id, "choices": {it.cards[8]: {"points": 5}}, "base_rev": 1}))
    with it.house.store.read() as session:
        held = {one.room_id: list(one.choices) for one in session.query(Ballot).filter_by(activity_id=vote.id)}
    assert held == {it.rooms[0][0]: [it.cards[6]], it.rooms[1][0]: [it.cards[8]]}


def test_paper_and_device_of_one_group_are_one_ballot(app, assembly):
    it = assembly
    vote = it.open(source=f"room:{it.meeting['rooms'][0]}", **GROUPS, title="?")
    line = {"choices": {it.cards[0]: {"points": 5, "why": "De papel"}}, "n": 1, "seats": []}
    paper = {"activity": vote.id, "count": "a", "how": "paper", "table": it.rooms[0][0], "lines": [line], "base_rev": 0}
    for wrong in ({"table": None}, {"how": "hands"}, {"lines": [line | {"n": 2}]}, {"lines": [line, line]}):
        assert it.elena.do("vote.count", paper | wrong, None)["code"] == "one_per_group", wrong
    ok(it.elena.do("vote.count", paper, None))
    assert it.elena.do("vote.count", paper | {"count": "b"}, None)["code"] == "group_entered"
    ok(it.give(0, vote, gives={9: 5}))  # the group's own takes its place
    assert it.elena.do("vote.count", paper | {"base_rev": 1}, None)["code"] == "group_has_voted"
    ok(it.elena.do("vote.close", {"activity": vote.id}, None))
    with it.house.store.read() as session:
        assert set(session.get(Activity, vote.id).tally["items"]) == {it.cards[8]}


def test_what_a_vote_of_groups_cannot_be(app, meeting, assembly):
    it = assembly
    with it.house.store.read() as session:
        plenary = session.scalar(select(Room.id).where(Room.workshop_id == meeting["workshop"], Room.kind == "plenary"))
    ask = {"room": plenary, "kind": "choice", "title": "?", "settings": {
        "options": [{"key": key, "title": key} for key in ("a", "b")], "rules": {"one_per": "room"}}}
    settings = ask["settings"]
    delegation = cast.delegations(app, meeting)[0]
    for more, code in (({"room": meeting["rooms"][0]}, "bad_rules"),
                       ({"settings": settings | {"rules": {"one_per": "room", "named": "secret"}}}, "secret_mandates"),
                       ({"settings": settings | {"rules": {"one_per": "room", "weights": {delegation: 2},
                                                            "weights_for": "x"}}}, "bad_rules"),
                       ({"settings": settings | {"rules": {"one_per": "room", "mandates": {delegation: 2}}}}, "bad_rules"),
                       ({"settings": settings | {"follows": "nothing"}}, "bad_settings"),
                       ({"settings": settings | {"follows": ["x"]}}, "bad_settings")):
        assert it.elena.do("vote.open", ask | more, None)["code"] == code, more
    assert send(it.elena, f"{it.base}/vote", ready="cards", title="?", room="plenary", source="room:nowhere",
                kind_of_cards="awards")[0] == 200


def test_a_motion_of_working_groups_has_its_quorum_of_groups(app, meeting, assembly):
    it = assembly
    with it.house.store.read() as session:
        plenary = session.scalar(select(Room.id).where(Room.workshop_id == meeting["workshop"], Room.kind == "plenary"))
    vote = ok(it.elena.do("vote.open", {"room": plenary, "kind": "motion", "title": "?", "settings": {
        "text": "Se aprueba.", "quorum": 6, "rules": {"one_per": "room"}}}, None))["card"]["id"]
    for group in range(2):
        ok(it.people[group][0].do("ballot.cast", {"activity": vote, "choices": {"motion": "for"}, "base_rev": 0}))
    ok(it.elena.do("vote.close", {"activity": vote}, None))
    with it.house.store.read() as session:
        tally = session.get(Activity, vote).tally
    assert (tally["ballots"], tally["present"], tally["represented"], tally["could"]) == (2, 6, 0, 6)
    assert "2 grupos de trabajo de 6 votaron" in it.page(f"/votes/{vote}", it.people[0][0])
