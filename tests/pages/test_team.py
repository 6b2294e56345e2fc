"""Who facilitates, who writes, who looks."""
import re

from tests.pages.people import Browser
from tests.pages.test_guard import signed_in


def test_a_facilitator_makes_a_rapporteur_of_one_room_and_takes_the_role_back(app, meeting):
    elena, where = signed_in(app), f"/w/{meeting['workshop']}"
    elena.open(f"{where}/team")
    elena.send(f"{where}/team", "sheet", email="Rita@example.org", name="Rita Poma", role="rapporteur",
               room=meeting["rooms"][1])
    password = re.search(r'rita@example\.org · <b class="mono">([^<]+)<', elena.page, re.I)[1]
    assert "Relator · Sala 2" in elena.page
    rita = Browser(app)
    rita.open("/login")
    rita.send("/login", email="rita@example.org", password=password)
    rita.open(f"{where}/r/2/scribe")
    assert rita.status == 200
    assert rita.http.get(f"{where}/team").status_code == 403
    elena.open(f"{where}/team")
    assert password not in elena.page
    elena.send(f"{where}/team/withdraw", "/withdraw")
    rita.open(f"{where}/r/2/scribe")
    assert rita.status == 404


def test_what_is_wrong_is_said_and_stays_in_the_form(app, meeting):
    elena, where = signed_in(app), f"/w/{meeting['workshop']}/team"
    elena.open(where)
    elena.send(where, "sheet", email="no es correo", name="X", role="rapporteur")
    assert elena.said.startswith("Ese correo") and 'value="no es correo"' in elena.page
    elena.send(where, "sheet", email="ana@example.org", name="Ana", role="owner")
    assert elena.said.startswith("Elija una función")
    elena.send(where, "sheet", email="ana@example.org", name="Ana", role="observer", room=meeting["rooms"][0])
    assert elena.said.startswith("Usted no está")
