"""In the plenary one raises a hand, asks and wants questions answered, also without a script; the team leads it there."""
import re
from datetime import timedelta

from tests.pages.facilitator.people import Browser, joined
from tests.support import cast
from tests.support.cast import ok
from workshop.store.models import Speech, Workshop


def elena(app, meeting) -> Browser:
    """The facilitator's browser."""
    one = Browser(app)
    one.http.set_cookie("tinkuy", cast.facilitator(app, meeting).http.get_cookie("tinkuy").value)
    return one


def texts(page: str) -> str:
    """What stands on a page, without tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", re.sub(r"<script.*?</script>|<style.*?</style>", "", page, flags=re.S)).split())


def test_a_hand_goes_up_speaks_and_comes_down_by_forms(app, meeting):
    at = f"/w/{meeting['workshop']}/plenary"
    rosa, julio, lead = joined(app, meeting), joined(app, meeting, "Julio"), elena(app, meeting)
    for one in (rosa, julio):
        one.open(at)
        one.send(at, 'class="my-hand"', do="raise", kind="turn", delegation="")
    assert "Su lugar: 2 de 2." in texts(julio.page)
    lead.open(at)
    lead.send(at, 'class="row"', do="next")
    assert "Habla ahora 3:00 Rosa" in texts(lead.page).replace("  ", " ")
    rosa.open(at)
    assert "Usted tiene la palabra." in texts(rosa.page)
    julio.open(at)
    julio.send(at, 'class="my-hand"', do="lower")
    assert "No hay manos levantadas." in texts(julio.page)


def test_questions_are_asked_and_wanted_by_forms(app, meeting):
    at = f"/w/{meeting['workshop']}/plenary"
    rosa, julio = joined(app, meeting), joined(app, meeting, "Julio")
    rosa.open(at)
    rosa.send(at, 'class="ask"', do="ask", text="¿Quién <paga>?")
    assert "¿Quién &lt;paga&gt;?" in rosa.page
    julio.open(at)
    julio.send(at, 'name="question"', do="support")
    assert "1 persona" in texts(julio.page) and 'aria-pressed="true"' in julio.page
    rosa.send(at, 'class="ask"', do="ask", text=" ")
    assert rosa.said


def test_the_team_sets_rules_moves_hands_and_enters_them_for_a_table(app, meeting):
    top = f"/w/{meeting['workshop']}"
    rosa, lead = joined(app, meeting), elena(app, meeting)
    person = re.search(r'"seats":\[\{"id":"([^"]+)"', rosa.open(f"{top}/plenary"))[1]
    lead.open(f"{top}/speakers")
    lead.send(f"{top}/speakers", "Levantar la mano por", do="raise", person=person, kind="answer", delegation="",
              channel="paper")
    assert "la anotó el equipo" in texts(lead.page) and "Respuesta" in texts(lead.page)
    lead.send(f"{top}/speakers", "Reglas de la lista", **{"do": "rule", "rule": "least", "minutes.answer": "4"})
    assert "4" in re.search(r'name="minutes.answer"[^>]*value="(\d+)"', lead.page)[1]
    assert "Taraco" not in re.search(r'<ol class="hands">.*?</ol>', lead.page, re.S)[0]
    lead.send(f"{top}/speakers", "Quitar de la lista", do="lower")
    of = re.search(rf'value="({person} [^"]+)">[^<]*Taraco', lead.page)[1]
    lead.send(f"{top}/speakers", "Levantar la mano por", do="raise", person=of, kind="turn", delegation="own", channel="")
    assert "Taraco" in re.search(r'<ol class="hands">.*?</ol>', lead.page, re.S)[0], "one speaks for one's own, if not said"
    lead.send(f"{top}/speakers", "Dar la palabra", do="give")
    assert "Habla ahora" in texts(lead.page)
    lead.send(f"{top}/speakers", "Reglas de la lista", **{"do": "rule", "rule": "least", "minutes.answer": "400"})
    assert lead.said
    assert rosa.open(f"{top}/speakers") and rosa.status == 403


def test_a_slate_is_proposed_with_its_reasons(app, meeting):
    top = f"/w/{meeting['workshop']}"
    rosa, lead = joined(app, meeting), elena(app, meeting)
    for text in ("¿Agua?", "¿Semilla?"):
        rosa.open(f"{top}/plenary")
        rosa.send(f"{top}/plenary", 'class="ask"', do="ask", text=text)
    lead.open(f"{top}/questions?places=1")
    assert "Propuesta: 1" in texts(lead.page)
    assert texts(lead.page).count("por su apoyo") == 1


def test_a_shared_phone_has_a_hand_for_each_seat_and_an_anonymous_workshop_no_name(app, meeting):
    top = f"/w/{meeting['workshop']}"
    rosa = joined(app, meeting, "Rosa Mamani")
    rosa.open(f"/j/{meeting['code']}?r=1")
    rosa.send(f"/j/{meeting['code']}", name="Ana Choque", channel="hall", more="1")
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = "anonymous"
    rosa.open(f"{top}/plenary")
    rosa.send(f"{top}/plenary", 'class="my-hand"', do="raise")
    assert "Mano 1" in texts(rosa.page)
    other = joined(app, meeting, "Julio")
    seen = other.open(f"{top}/plenary")
    assert "Mano 1" in texts(seen) and "Rosa" not in seen


def test_time_of_turns_by_delegation_stands_in_the_plenary_for_participants(app, meeting, phone):
    rosa, house = phone(), app.extensions["house"]
    first, second = cast.delegations(app, meeting)[:2]
    ok(rosa.join(meeting["code"], "Rosa", delegation=first))
    address = f"/w/{meeting['workshop']}/plenary"
    assert "<meter" not in rosa.http.get(address).get_data(as_text=True), "nobody has spoken"
    elena = cast.facilitator(app, meeting)
    ok(elena.do("speaker.rule", {"workshop": meeting["workshop"], "rule": "delegations"}, None))
    with house.store.write() as session:
        now = house.clock()
        for n, (of, took) in enumerate(((first, 65), (second, 30)), 1):
            session.add(Speech(id=f"turno-{n}", workshop_id=meeting["workshop"], stream_id=meeting["workshop"], number=n,
                               seat_id=rosa.place["seats"][0]["id"], delegation_id=of, channel="hall", kind="turn",
                               seconds=180, raised_at=now, started_at=now, ended_at=now + timedelta(seconds=took)))
    page = rosa.http.get(address).get_data(as_text=True)
    assert page.count("<meter") == 2 and "<b>1:05</b>" in page and "<b>0:30</b>" in page
