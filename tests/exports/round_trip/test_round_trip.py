"""What was taken out and is brought in again gives the same files.

Two files of a workshop and of its copy in another house differ in nothing; beside the original, in the ids and the code.
"""
import io
import json
import re
import zipfile

import openpyxl
import pytest

from tests.exports.texts import READERS
from tests.support import cast
from workshop.actions.importing import import_workshop
from workshop.actions.rooms.building import build_room
from workshop.domain.methods import library
from workshop.domain.visibility import Viewer
from workshop.exports import everything, worker
from workshop.store.files import dump
from workshop.store.models import Room, Workshop
from workshop.store.session import Store
from workshop.store.streams import numbering


@pytest.fixture
def filled(app, meeting, elena, rosa, talked):
    """The same with a card of fields, a copy of it, a group, and a sentence about a card of another room."""
    house = app.extensions["house"]
    with house.store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        room = build_room(session, session.get(Workshop, meeting["workshop"]), "Acuerdos",
                          method=library.library()["acuerdos"])
        room.opened_at = house.clock()
        room.steps = [{"key": "all", "minutes": 0, "opens": ["ideas"]}]
        board = next(iter(room_activities(session, room)))
        fields = [field["key"] for field in board.settings["fields"]]
        room_id, board_id, settings = room.id, board.id, board.settings
    sample = {"date": "2021-12-01", "link": "https://ejemplo.bo"}
    of = {one["key"]: one for one in settings["fields"]}
    said = {key: of[key]["options"][0]["key"] if of[key]["type"] == "choice" else sample.get(
        of[key]["type"], f"Dicho en {key}") for key in reversed(fields)}
    rosa.do("seat.enter", {"room": room_id})
    cast.ok(rosa.post(board_id, "", body={"text": "Un acuerdo", "fields": said}))
    second = cast.activities(app, meeting["rooms"][1])
    elena.do("contribution.carry", {"activity": second["ideas"], "rooms": [meeting["rooms"][0], room_id]})
    elena.do("summary.item", {"activity": second["summary"], "id": "cites-elsewhere", "cites": talked["ids"][:1],
                              "body": {"section": "idea", "text": "De la sala uno."}, "base_rev": 0})
    return {"room": room_id, "fields": list(said)}


def room_activities(session, room: Room):
    from workshop.store.models import Activity
    return session.query(Activity).filter_by(room_id=room.id, kind="ideas")


def written(store, workshop: str) -> bytes:
    with store.read() as session:
        return everything.write(session, workshop)


@pytest.fixture
def brought(app, meeting, filled, tmp_path):
    """The JSON of the meeting, brought into an empty house."""
    before = written(app.extensions["house"].store, meeting["workshop"])
    other = Store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    other.migrate()
    with other.write() as session:
        import_workshop(session, app.extensions["house"].clock(), json.loads(before))
    yield before, other
    other.close()


def test_json_taken_out_again_is_the_same_to_the_byte(meeting, filled, brought):
    before, other = brought
    assert len(filled["fields"]) > 1 and filled["fields"] != sorted(filled["fields"])
    assert b'"copy_of": "' in before
    assert written(other, meeting["workshop"]) == before


@pytest.mark.parametrize("form", sorted(READERS))
def test_every_other_format_of_the_copy_is_the_same(app, meeting, brought, form):
    _before, other = brought
    viewer, house = Viewer(meeting["workshop"], "named", "owner"), app.extensions["house"]
    now = house.clock()
    files = [worker.memoria(store, meeting["workshop"], viewer, form, "es", now) for store in (house.store, other)]
    assert contents(form, files[0]) == contents(form, files[1])
    assert "De la sala uno." in READERS[form](files[1])


def contents(form: str, data: bytes):
    """What of a file has to be the same: everything but the moment at which it was written."""
    if form == "pdf":
        return READERS[form](data)
    if form == "md":
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return {name: re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"", parts.read(name)) for name in parts.namelist()}


def test_a_workbook_is_offered_line_for_line_where_it_is_brought_in(app, meeting, elena, talked, memoria):
    first = sheet_of(memoria("xlsx"))
    client = app.test_client()
    client.set_cookie("tinkuy", elena.secret)
    address = f"/w/{meeting['workshop']}/r/3/bring"
    token = re.search(r'name="token" value="([^"]+)"', client.get(address).get_data(as_text=True))[1]
    book = openpyxl.Workbook()
    book.active.title = "Tarjetas"
    for row in [next(iter(first)), *(row for row in first if row[0].startswith("R1-"))]:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    page = client.post(address, data={"token": token, "client": "c" * 20,
                                      "file": (io.BytesIO(file.getvalue()), "memoria.xlsx")}).get_data(as_text=True)
    ticked = re.findall(r'name="line" value="(\d+)"', page)
    assert len(ticked) == 3, page[-3000:]
    for row in first:
        if row[0].startswith("R1-"):
            assert row[3] in page


def sheet_of(data: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Tarjetas"]
    return [[str(cell.value or "") for cell in row] for row in sheet]


def test_a_file_of_before_is_read_too_and_its_copies_know_their_originals(app, meeting, filled, tmp_path):
    now = json.loads(written(app.extensions["house"].store, meeting["workshop"]))
    old = now | {"tables": {
        name: [{key: value for key, value in row.items() if key not in dump.NEWER.get(name, ())} for row in rows]
        for name, rows in now["tables"].items() if name not in dump.LATER}}
    copies = {row["id"]: row["copy_of"] for row in now["tables"]["contribution"] if row["copy_of"]}
    assert copies and old != now
    other = Store(f"sqlite:///{tmp_path / 'other.sqlite'}")
    other.migrate()
    with other.write() as session:
        workshop = import_workshop(session, app.extensions["house"].clock(), old).id
    again = json.loads(written(other, workshop))
    assert {row["id"]: row["copy_of"] for row in again["tables"]["contribution"] if row["copy_of"]} == copies
    assert all(row["active_at"] is None for row in again["tables"]["room"])
    other.close()
