"""The record of what the team did: who removed, who gave a role, who closed, who took the file along."""
import re
from html import unescape

from tests.pages.facilitator.test_team import come
from tests.pages.shell.attacks.test_guard import signed_in
from tests.support import cast
from workshop.store.models import Account, History, Workshop


def acts(elena, meeting) -> list[str]:
    page = elena.open(f"/w/{meeting['workshop']}/history")
    return [unescape(re.sub(r"<[^>]*>", "", said)) for said in re.findall(r"</time>\s*<p>(.*?)</p>", page, re.S)]


def test_what_the_team_does_is_told_with_the_name_of_who_did_it(app, meeting, phone):
    elena, where, rosa = signed_in(app), f"/w/{meeting['workshop']}", phone()
    rosa.join(meeting["code"], "Rosa Mamani")
    elena.open(f"{where}/team")
    elena.send(f"{where}/team", "sheet", name="Rita Poma", role="rapporteur", room=meeting["rooms"][1])
    come(app, elena.link())
    elena.open(f"{where}/team")
    elena.send(f"{where}/team/withdraw", "/withdraw")
    elena.send(f"{where}/team/withdraw", "/withdraw")  # yes, remove
    elena.send(f"{where}/team", "sheet", name="Saúl", role="observer")
    elena.send(f"{where}/team/revoke", "/revoke")
    lead = cast.facilitator(app, meeting)
    cast.ok(lead.do("step.go", {"room": meeting["rooms"][0], "step": 1}, None))
    cast.ok(lead.do("room.close", {"room": meeting["rooms"][0]}, None))
    cast.ok(lead.do("room.pause", {"room": meeting["rooms"][1]}, None))
    cast.ok(lead.do("workshop.lock", {"workshop": meeting["workshop"]}, None))
    cast.ok(lead.do("seat.remove", {"workshop": meeting["workshop"], "seats": [rosa.place["seats"][0]["id"]]}, None))
    assert elena.http.get(f"{where}/report.md").status_code == 200
    assert acts(elena, meeting) == [f"◆ Elena Quispe {said}" for said in (
        "descargó la memoria como MD.", "retiró a Rosa Mamani.", "cerró la entrada.",
        "puso en pausa la sala 2 · Desafíos de la cooperación.", "cerró la sala 1 · Covid-19 y el programa.",
        "llevó la sala 1 · Covid-19 y el programa al paso «Votar».", "retiró la invitación de Saúl: Observación.",
        "invitó a Saúl: Observación.", "retiró una función a Rita Poma: Relatoría.",
        "dio una función a Rita Poma: Relatoría.",
        "invitó a Rita Poma: Relatoría.")]
    assert "/history" in elena.open(f"{where}/desk")


def test_of_the_room_too_it_is_told_who_of_the_team_it_was(app, meeting):
    lead = cast.facilitator(app, meeting)
    cast.ok(lead.do("room.close", {"room": meeting["rooms"][0]}, None))
    page = lead.http.get(f"/w/{meeting['workshop']}/r/1/history", headers={"Accept-Language": "es"}).get_data(as_text=True)
    assert "Elena Quispe cerró la sala." in page


def test_nothing_on_the_pages_changes_the_record(app, meeting):
    with app.extensions["house"].store.write() as session:
        from workshop.actions.core import record
        owner = session.get(Account, meeting["owner"])
        record.keep(session, app.extensions["house"].clock(), meeting["workshop"], owner.id, "role.give", owner.id,
                    name="<b>x</b>", role="observer")
    elena = signed_in(app)
    assert any("<b>x</b>" in said for said in acts(elena, meeting)) and "<b>x</b>" not in elena.page
    assert elena.http.post(f"/w/{meeting['workshop']}/history", data={}).status_code == 303  # to be read
    with app.extensions["house"].store.read() as session:
        assert session.query(History).filter_by(verb="role.give").count() == 1
        assert session.get(Workshop, meeting["workshop"])
