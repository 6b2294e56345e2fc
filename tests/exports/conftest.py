"""A workshop with something to report."""
import secrets
from dataclasses import dataclass

import pytest

from tests.support import cast
from workshop.actions.people import sessions
from workshop.domain.roles import OWNER
from workshop.domain.visibility import Viewer
from workshop.exports import worker
from workshop.store.models import Account, Delegation, Workshop


@dataclass
class Writing:
    """The facilitator's hand."""

    house: object
    secret: str
    client: str = "facilitator-client"
    n: int = 0

    def do(self, verb: str, payload: dict) -> dict:
        """Carry out a verb as the account."""
        self.n += 1
        answer = self.house.performer.perform(self.secret, {"client": self.client, "n": self.n, "verb": verb, "seat": None,
                                                            "payload": payload})
        assert answer.get("ok"), answer
        return answer


@pytest.fixture
def elena(app, meeting):
    """The facilitator, signed in."""
    house = app.extensions["house"]
    with house.store.write() as session:
        return Writing(house, sessions.sign_in(session, house.clock(), None, session.get(Account, meeting["owner"])))


@pytest.fixture
def rosa(app, meeting, phone):
    """Rosa of Salinas in room 1."""
    with app.extensions["house"].store.read() as session:
        salinas = session.query(Delegation).filter_by(workshop_id=meeting["workshop"], name="Salinas").one().id
    rosa = phone()
    seat = {"name": "Rosa Mamani", "channel": "hall", "delegation": salinas}
    rosa.place = rosa.http.post("/api/join", headers={"X-Workshop": "1"},
                                json={"code": meeting["code"], "room": 1, "seats": [seat]}).get_json()
    return rosa


@pytest.fixture
def talked(app, meeting, elena, rosa):
    """Room 1 has three ideas, a comment, dots and a published summary that takes up two of them: {ids, activities}."""
    activities = cast.activities(app, meeting["rooms"][0])
    ids = [rosa.post(activities["ideas"], text)["card"]["id"] for text in (
        "La feria semanal mantuvo el precio", "Guardar semilla propia", "Nadie la recogió")]
    rosa.post(activities["ideas"], "También en Taraco", parent=ids[0])
    cast.to_step(app, meeting["rooms"][0], 1)
    assert rosa.do("ballot.cast", {"activity": activities["dots"], "choices": {ids[0]: 3, ids[1]: 1}, "base_rev": 0})["ok"]
    rosa.post(activities["ideas"], "Llegué tarde")
    for section, text, cites, more in (("agreement", "La feria sostuvo el precio.", ids[:2], {}),
                                       ("commitment", "Una ordenanza.", ids[1:2], {"who": "Salinas", "when": "marzo"})):
        elena.do("summary.item", {"activity": activities["summary"], "id": secrets.token_urlsafe(9), "cites": cites,
                                  "body": {"section": section, "text": text} | more, "base_rev": 0})
    elena.do("summary.publish", {"activity": activities["summary"]})
    return {"ids": ids, "activities": activities}


@pytest.fixture
def memoria(app, meeting):
    """memoria(format, language) -> the bytes."""
    house = app.extensions["house"]

    def write(form: str, language: str = "es", role: str = OWNER) -> bytes:
        with house.store.read() as session:
            privacy = session.get(Workshop, meeting["workshop"]).privacy
        viewer = Viewer(meeting["workshop"], privacy, role)
        return worker.memoria(house.store, meeting["workshop"], viewer, form, language, house.clock())
    return write
