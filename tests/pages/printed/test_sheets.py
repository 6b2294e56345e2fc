"""A sheet for each delegation, to print: what its people wrote in the matrix, and nothing that the visitor may not see."""
import re
from dataclasses import dataclass
from html import unescape

import pytest

from tests.support import cast
from workshop.store.models import Workshop

TARACO, SALINAS = "Dos variedades recuperadas", "Menos plagas en la quinua"


@dataclass
class Ejes:
    """A room that works by `cris` in its second step; Rosa of Taraco and Luis of Salinas are there."""

    path: str
    id: str
    board: str
    rosa: cast.Phone
    luis: cast.Phone
    elena: cast.Phone

    def write(self) -> None:
        """A card of each of them."""
        for person, text in ((self.rosa, TARACO), (self.luis, SALINAS)):
            cast.ok(person.post(self.board, text, place={"row": "resultados", "column": "que_paso"}))

    def sheets(self, person) -> list[list[str]]:
        """The cells of each sheet as somebody sees it, after its heading."""
        page = person.http.get(f"{self.path}/sheets", headers={"Accept-Language": "es"}).text
        found = []
        for part in page.split('<section class="sheet-of-paper')[1:]:
            texts = re.findall(r"<(h2|th|td)\b[^>]*>(.*?)</\1>", part, re.S)
            found.append([" ".join(unescape(re.sub(r"<[^>]+>", " ", text)).split()) for _tag, text in texts])
        return found


@pytest.fixture
def ejes(app, meeting, phone):
    elena, of = cast.facilitator(app, meeting), cast.delegations(app, meeting)
    asked = {"workshop": meeting["workshop"], "title": "Ejes", "method": "cris"}
    made = cast.ok(elena.do("room.create", asked, None))["card"]
    cast.ok(elena.do("room.open", {"room": made["id"]}, None))
    cast.ok(elena.do("step.go", {"room": made["id"], "step": 1}, None))
    people = [phone(), phone()]
    for person, name, delegation in zip(people, ("Rosa", "Luis"), of, strict=False):
        person.join(meeting["code"], name, room=made["number"], delegation=delegation)
    return Ejes(f"/w/{meeting['workshop']}/r/{made['number']}", made["id"], cast.activities(app, made["id"])["ideas"],
                *people, elena)


def test_each_delegation_has_its_sheet_with_every_cell_and_those_without_cards_have_an_empty_one(ejes):
    ejes.write()
    sheets = ejes.sheets(ejes.rosa)
    assert [sheet[0] for sheet in sheets] == list(cast.DELEGATIONS)
    taraco, salinas, empty = sheets[:3]
    assert taraco[1:6] == ["", "Qué pasó", "Qué lo muestra", "Por qué", "Qué falta"]
    assert taraco[6::5] == ["Contexto", "Resultados", "Impactos", "Sostenibilidad"]
    assert any(TARACO in cell for cell in taraco) and not any(SALINAS in cell for cell in taraco)
    assert any(cell.endswith(SALINAS) and cell.startswith("R4-") for cell in salinas)
    assert len(empty) == len(taraco) == 26 and not any("R4-" in cell for cell in empty)


def test_before_the_reveal_a_sheet_has_only_ones_own(ejes):
    cast.ok(ejes.elena.do("step.go", {"room": ejes.id, "step": 0}, None))
    ejes.write()
    for person, own, foreign in ((ejes.rosa, TARACO, SALINAS), (ejes.luis, SALINAS, TARACO)):
        said = str(ejes.sheets(person))
        assert own in said and foreign not in said
    assert len(ejes.sheets(ejes.elena)) == 6 and TARACO not in str(ejes.sheets(ejes.elena))


def test_where_nobody_is_to_know_who_wrote_there_is_one_sheet_for_all(app, meeting, ejes):
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = "anonymous"
    ejes.write()
    sheet, = ejes.sheets(ejes.rosa)
    assert sheet[0] == "Ejes" and TARACO in str(sheet) and SALINAS in str(sheet)


def test_cards_of_no_delegation_and_without_a_place_stand_on_a_sheet_of_their_own(ejes):
    cast.ok(ejes.elena.do("contribution.add", {
        "activity": ejes.board, "id": "de-la-facilitacion", "body": {"text": "Mapa"}, "place": {"row": "contexto"}}, None))
    assert [sheet[0] for sheet in ejes.sheets(ejes.rosa)] == [*cast.DELEGATIONS, "Sin delegación"]
    last = ejes.sheets(ejes.rosa)[-1]
    assert "Todavía sin lugar" in last and any("Mapa" in cell for cell in last)


def test_the_report_has_the_sheets_one_after_the_other(ejes, meeting):
    ejes.write()
    report = ejes.elena.http.get(f"/w/{meeting['workshop']}/report.md", headers={"Accept-Language": "es"}).text
    own, other = (report.index(f"#### {name}\n") for name in ("Taraco", "Salinas"))
    table = report[own:report.index("\n####", own + 1)] if "\n####" in report[own + 1:] else report[own:]
    assert "Qué pasó" in table.splitlines()[2] and "\n| Resultados |" in table
    assert other < report.index(SALINAS, other) < own < report.index(TARACO, own)


def test_who_is_not_there_and_rooms_without_a_matrix_have_no_sheets(ejes, meeting, phone):
    stranger = phone()
    stranger.join(meeting["code"], "Ana")
    assert stranger.http.get(f"{ejes.path}/sheets").status_code == 404
    assert stranger.http.get(f"/w/{meeting['workshop']}/r/1/sheets").status_code == 404
    assert f'href="{ejes.path}/sheets"' in ejes.rosa.http.get(ejes.path).text
