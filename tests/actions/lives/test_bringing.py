"""A workshop is made of the file of an exported one; nothing in the file leads outside of it."""
import io
import json

import pytest
from sqlalchemy import select

from tests.actions.lives.test_workshops import house_of, stored
from tests.pages.facilitator.people import Browser
from tests.support.everybody import hall
from workshop.actions.lives import bringing
from workshop.domain.errors import Refusal
from workshop.exports import everything
from workshop.store.models import Activity, Contribution, Room, Seat, Workshop


@pytest.fixture(scope="module")
def held():
    """The hall, and its file as whoever administers the server has it."""
    here = hall()
    with house_of(here).store.write() as session:  # in the hall a vote has bounds that no door lets in
        for vote in session.query(Activity).filter_by(kind="scale"):
            vote.settings = vote.settings | {"from": 1, "to": 5}
        session.execute(Activity.metadata.tables["ballot"].delete())
    with house_of(here).store.read() as session:
        content = json.loads(everything.write(session, here.at["workshop_id"]))
    yield here, content
    here.close()


def send(here, content: dict | bytes, role: str = "A"):
    """Somebody brings the file in on the page."""
    browser = Browser(here.app)
    browser.http.set_cookie("tinkuy", here.cookies[role])
    browser.open("/workshops/new")
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    browser.send("/workshops/bring", "/workshops/bring", file=(io.BytesIO(data), "taller.json"))
    return browser


def test_a_file_is_brought_in_whole_as_a_workshop_of_ones_own(held):
    here, content = held
    browser = send(here, content)
    assert browser.path.endswith("/desk") and "Segundo encuentro" in browser.page
    made = browser.path.split("/")[2]
    with house_of(here).store.read() as session:
        rooms = session.query(Room).filter_by(workshop_id=made).all()
        assert len(rooms) == 4 and session.query(Seat).filter_by(workshop_id=made, name="Rosa Mamani").count() == 1
        boards = session.query(Activity).filter(Activity.room_id.in_([room.id for room in rooms])).all()
        texts = {row.body["text"] for row in session.query(Contribution).filter(
            Contribution.activity_id.in_([board.id for board in boards]))}
        assert "texto de la sala uno" in texts
        assert session.get(Workshop, made).code != here.at["code"]
        assert {board.settings["source"] for board in boards if "source" in board.settings} <= {one.id for one in boards}
    assert here.browser("E").get(f"/w/{made}/desk").status_code == 404, "people of this server are not on its team by it"


def test_nothing_in_a_file_leads_outside_of_it(held):
    here, content = held
    foreign = here.at["foreign"]
    with house_of(here).store.read() as session:
        line = session.scalar(select(Room.id).where(Room.workshop_id == here.at["workshop_id"], Room.number == 1))
    board = here.at["board"]

    def changed(table: str, **values) -> dict:
        """The file of another workshop: its own ids are others, and one row leads to this one."""
        text = json.dumps(content)
        names = {row["id"] for rows in content["tables"].values() for row in rows if isinstance(row.get("id"), str)}
        for i, name in enumerate(sorted(names)):
            text = text.replace(f'"{name}"', f'"ajena-{i}"')
        others = json.loads(text)
        others["tables"][table][-1] |= values
        return others
    before = {name: rows for name, rows in stored(here).items() if name not in ("answer", "device")}
    for table, values in (("contribution", {"activity_id": board}), ("contribution", {"stream_id": line}),
                          ("late_tray", {"stream_id": line}), ("late_tray", {"activity_id": board}),
                          ("room", {"stream_id": line}), ("activity", {"room_id": line}),
                          ("activity", {"stream_id": foreign}),
                          ("seat", {"workshop_id": foreign}), ("room_seat", {"room_id": line}),
                          ("sitting", {"room_id": line}), ("history", {"stream_id": line})):
        assert "bad_file" in str(_refused(changed(table, **values))), (table, values)
        browser = send(here, changed(table, **values))
        assert "no se puede" in browser.said.lower(), browser.said
    wanted = changed("activity")
    vote = next(row for row in wanted["tables"]["activity"] if "source" in row["settings"])
    vote["settings"]["source"] = board
    assert "bad_file" in str(_refused(wanted))
    assert {name: rows for name, rows in stored(here).items() if name not in ("answer", "device")} == before
    linked = changed("history", target_id=here.at["card"], seat_id=here.at["seats"]["H"][0])
    linked["tables"]["link"].append({"source_id": here.at["item"], "target_id": here.at["card"], "kind": "cites",
                                     "position": 0, "by": None, "at": "2026-01-01T00:00:00+00:00"})
    linked["tables"]["contribution"][-1] |= {"account_id": "una-cuenta-de-aqui",
                                             "parent_id": here.at["card"]}
    read = bringing.read(json.dumps(linked).encode())["tables"]
    assert (read["history"][-1]["target_id"], read["history"][-1]["seat_id"]) == (None, None)
    assert not any(row["source_id"] == here.at["item"] for row in read["link"])
    assert (read["contribution"][-1]["account_id"], read["contribution"][-1]["parent_id"]) == (None, None)


def test_people_of_this_server_say_nothing_by_a_file(held):
    here, content = held
    read = bringing.read(json.dumps(content).encode())["tables"]
    known = {row["id"] for row in stored(here)["account"]}
    assert read["account"] and not {row["id"] for row in read["account"]} & known
    assert not {row["account_id"] for row in (*read["contribution"], *read["history"])} & known


@pytest.mark.parametrize("file", [b"", b"{", b"[]", b'{"format": "tinkuy/1"}', b"[" * 100_000, b"\xff\xfe",
                                  b'{"format": "tinkuy/1", "tables": {"workshop": [{}]}}'])
def test_what_is_no_file_of_a_workshop_is_refused(file):
    with pytest.raises(Refusal, match=r"bad_file|no_workshop_file"):
        bringing.read(file)


def test_a_file_that_is_too_big_is_refused_unread():
    with pytest.raises(Refusal, match="file_too_big"):
        bringing.read(b"x" * (bringing.MOST + 1))


def test_files_whose_values_are_of_other_kinds_are_refused_or_read_and_never_break(held):
    content = held[1]
    few = {name: rows[-1:] for name, rows in content["tables"].items()}
    for table, rows in few.items():
        for key in rows[-1] if rows else ():
            for value in ({}, [], 5, "\0", [["x"]]):
                odd = {"format": content["format"], "tables": few | {table: [rows[-1] | {key: value}]}}
                assert _refused(odd) in ("", "bad_file")


def _refused(content: dict) -> str:
    try:
        bringing.read(json.dumps(content).encode())
    except Refusal as refusal:
        return refusal.code
    return ""
