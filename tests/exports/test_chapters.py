"""What a group did stands in the section of the memoria that its method names, and so much of it as the method says."""
import io
import json

import openpyxl
import pytest
from sqlalchemy import select

from tests.exports.texts import READERS, squeezed
from tests.support import cast
from workshop.actions.rooms.building import build_room
from workshop.domain.methods import library
from workshop.exports.chapters import TITLES
from workshop.store.models import Activity, Room, Workshop
from workshop.store.streams import numbering

FORMATS = sorted(READERS)
DRAFT = "evaluacion_dia"  # the method whose room has not published; what it shows is its board and its votes
METHODS = {"acuerdos": "Acuerdos y compromisos", "evaluacion_dia": "Evaluación", "comparativa": "Síntesis de plenaria",
           "porque": "Aprendizajes y recomendaciones", "inventario": "Anexo: todas las tarjetas"}


@pytest.fixture
def rooms(app, meeting, elena, rosa):
    """A room of each method, in which Rosa wrote one card and the rapporteur one sentence of two kinds: {method: number}."""
    with app.extensions["house"].store.write() as session:
        numbering.lock(session, {meeting["workshop"]})
        workshop = session.get(Workshop, meeting["workshop"])
        made = {key: build_room(session, workshop, f"Sala de {key}", method=library.library()[key]) for key in METHODS}
        for room in made.values():
            room.opened_at = app.extensions["house"].clock()
            room.steps = [{"key": "all", "minutes": 0, "opens": ["ideas", "summary"]}]
        ids = {key: (room.id, room.number) for key, room in made.items()}
    for key, (room, _number) in ids.items():
        parts = cast.activities(app, room)
        _write(app, rosa, room, parts["ideas"], f"Tarjeta de {key}")
        for section, text in (("disagreement", f"No coincidimos en {key}"), ("idea", f"Lo principal de {key}"),
                              ("question", f"Queda por saber en {key}")):
            elena.do("summary.item", {"activity": parts["summary"], "id": f"{key}-{section}-item", "cites": [],
                                      "body": {"section": section, "text": text}, "base_rev": 0})
        if key != DRAFT:
            elena.do("summary.publish", {"activity": parts["summary"]})
    return {key: number for key, (_room, number) in ids.items()}


def _write(app, rosa, room, board, text):
    with app.extensions["house"].store.read() as session:
        settings = session.get(Activity, board).settings
    sample = {"text": text, "date": "2021-12-01", "link": "https://ejemplo.bo"}
    fields = {field["key"]: field["options"][0]["key"] if field["type"] == "choice" else sample[field["type"]]
              for field in settings.get("fields", ())}
    place = {"row": settings["rows"][0]["key"] if settings.get("rows") else "suelos"} if "rows" in settings or \
        settings.get("open_rows") else {}
    rosa.do("seat.enter", {"room": room})
    answer = rosa.post(board, text, place=place, body={"text": text, "fields": fields})
    assert answer["ok"], answer


def _chapters(text: str) -> dict[str, str]:
    """The text of each chapter by its title, for formats that are read from the beginning to the end."""
    starts = sorted((text.rindex(title), title) for title in {squeezed(one) for one in METHODS.values()})
    return {title: text[at:starts[i + 1][0] if i + 1 < len(starts) else None] for i, (at, title) in enumerate(starts)}


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"xlsx"}))
def test_a_room_stands_in_the_section_of_its_method(memoria, rooms, form):
    chapters = _chapters(squeezed(READERS[form](memoria(form))))
    for key, title in METHODS.items():
        assert squeezed(f"Sala de {key}") in chapters[squeezed(title)], key
    assert squeezed("Sala de acuerdos") not in chapters[squeezed("Síntesis de plenaria")]


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"xlsx"}))
def test_what_is_published_stands_in_the_body_and_the_annex_keeps_drafts_that_a_method_does_not_show(memoria, rooms, form):
    chapters = _chapters(squeezed(READERS[form](memoria(form))))
    agreements, annex = (chapters[squeezed(METHODS[key])] for key in ("acuerdos", "inventario"))
    assert squeezed("Tarjeta de acuerdos") in agreements
    said = [squeezed(f"{text} acuerdos") for text in ("Lo principal de", "No coincidimos en", "Queda por saber en")]
    assert [text for text in said if text in annex] == [] and all(text in agreements for text in said)
    assert sorted(said, key=agreements.index) == said, "in the order of the plenary"
    draft = squeezed(f"Lo principal de {DRAFT}")
    assert draft not in chapters[squeezed(METHODS[DRAFT])] and draft in annex
    assert squeezed("Borrador") in annex[annex.index(draft):]
    lessons = chapters[squeezed(METHODS["porque"])]
    assert squeezed("Lo principal de porque") in lessons and squeezed("Lo principal de porque") not in annex


def test_a_workbook_says_of_each_line_in_which_section_it_stands(memoria, rooms):
    sheet = openpyxl.load_workbook(io.BytesIO(memoria("xlsx"))).worksheets[0]
    found = {(row[0].value, row[3].value) for row in sheet}
    for key, title in METHODS.items():
        shown = "Anexo: todas las tarjetas" if key == DRAFT else title
        assert (shown, f"Lo principal de {key}") in found, key
    drafts = {row[3].value for row in sheet if "orrador" in (row[7].value or "")}
    assert drafts == {f"{text} {DRAFT}" for text in ("Lo principal de", "No coincidimos en", "Queda por saber en")}
    assert ("Acuerdos y compromisos", f"→ Sala {rooms['acuerdos']} Tablero") in found
    board = openpyxl.load_workbook(io.BytesIO(memoria("xlsx")))[f"Sala {rooms['acuerdos']} Tablero"]
    assert "Tarjeta de acuerdos" in {cell.value for row in board for cell in row}


def test_a_program_reads_the_sections_too(app, meeting, memoria, rooms):
    chapters = json.loads(memoria("json"))["chapters"]
    assert [one["section"] for one in chapters] == [one for one in TITLES if one in {one["section"] for one in chapters}]
    placed = {room["number"]: one["section"] for one in chapters for room in one["rooms"]}
    assert placed[rooms["acuerdos"]] == "acuerdos" and placed[rooms["porque"]] == "aprendizajes"
    with app.extensions["house"].store.read() as session:
        assert len(placed) == len(session.scalars(select(Room).where(Room.kind == "group")).all())


def test_the_page_of_the_memoria_has_the_same_sections(app, meeting, elena, rooms):
    client = app.test_client()
    client.set_cookie("tinkuy", elena.secret)
    page = client.get(f"/w/{meeting['workshop']}/report").get_data(as_text=True)
    at = {title: page.index(f"<h2>{title}</h2>") for title in METHODS.values()}
    assert at["Acuerdos y compromisos"] < page.index("Sala de acuerdos") < at["Evaluación"]
