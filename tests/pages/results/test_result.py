"""What came of a vote, on its page: for whom, by which group, and what was decided."""
import re

import pytest

from tests.support import cast
from workshop.store.models import Activity, Delegation, Seat, Workshop

OPTIONS = [{"key": key, "title": title} for key, title in (("feria", "Feria"), ("agua", "Agua"))]
# of each delegation, how many are for what: more people for the fair, more delegations for the water
CHOSEN = ({"feria": 12}, {"agua": 4, "feria": 1}, {"agua": 3, "feria": 2})


@pytest.fixture
def vote(app, meeting, phone):
    """A closed vote of room 1 in which persons and delegations disagree: {id, people}."""
    elena = cast.facilitator(app, meeting)
    made = cast.ok(elena.do("vote.open", {"room": meeting["rooms"][0], "kind": "choice", "title": "¿Qué primero?",
                                          "settings": {"options": OPTIONS, "reveal": "close"}}, seat=None))["card"]["id"]
    people = []
    for delegation, chosen in zip(cast.delegations(app, meeting), CHOSEN, strict=False):
        for key, n in chosen.items():
            for _ in range(n):
                people.append(phone())
                people[-1].join(meeting["code"], f"Persona {len(people)}", delegation=delegation,
                                channel="hall" if len(people) % 2 else "remote")
                cast.ok(people[-1].do("ballot.cast", {"activity": made, "choices": {key: 1}, "base_rev": 0}))
    return {"id": made, "people": people, "elena": elena, "at": f"/w/{meeting['workshop']}/votes/{made}"}


def page(browser: cast.Phone, vote: dict) -> str:
    answer = browser.http.get(vote["at"] + "?lang=es")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.get_data(as_text=True).split("<main")[1]))


def close(vote: dict) -> None:
    cast.ok(vote["elena"].do("vote.close", {"activity": vote["id"]}, seat=None))


def test_before_the_close_nobody_sees_anything_of_it(vote):
    for who in (vote["people"][0], vote["elena"]):
        said = page(who, vote)
        assert "Feria" not in said and "Agua" not in said
    assert vote["elena"].do("vote.decide", {"activity": vote["id"], "text": "Agua"}, seat=None)["code"] == "vote_runs"


def test_persons_and_delegations_stand_on_one_page_and_it_says_where_they_disagree(vote):
    close(vote)
    said = page(vote["people"][0], vote)
    assert "Personas y delegaciones no coinciden." in said
    assert "«Feria» (La eligieron: 15; «Agua»: 7)" in said and "«Agua» (2 de 3; «Feria»: 1)" in said
    assert "Votaron 22 personas de 22." in said and "Taraco votaron 12 de 12" in said
    assert "presencial votaron 11 de 11" in said
    assert "Lo que se decidió" not in said, "the form is for the team"


def test_what_changes_later_changes_nothing_of_it(app, meeting, vote):
    close(vote)
    before = page(vote["people"][0], vote)
    with app.extensions["house"].store.write() as session:
        first, second, *_rest = cast.delegations(app, meeting)
        session.get(Delegation, first).name = "Otro nombre"
        session.query(Seat).filter_by(delegation_id=first).update({"delegation_id": second})
    assert page(vote["people"][0], vote) == before


def test_in_an_anonymous_workshop_a_group_of_one_mind_is_not_told_apart(app, meeting, vote):
    with app.extensions["house"].store.write() as session:
        session.get(Workshop, meeting["workshop"]).privacy = "anonymous"
    close(vote)
    with app.extensions["house"].store.read() as session:
        lots = session.get(Activity, vote["id"]).parts["by"]["delegation"]
    assert lots and all(len(lot["tally"]["items"]) > 1 and lot["voted"] >= 5 for lot in lots)


def test_what_was_decided_begins_with_the_numbers_and_travels(app, meeting, vote):
    close(vote)
    elena, rosa = vote["elena"], vote["people"][0]
    form = elena.http.get(vote["at"] + "?lang=es").get_data(as_text=True)
    assert "Feria: 15 de 22 personas (1 de 3 delegaciones)." in form.partition("<textarea")[2].partition("</textarea>")[0]
    assert rosa.do("vote.decide", {"activity": vote["id"], "text": "Lo mío"})["code"] == "forbidden"
    cast.ok(elena.do("vote.decide", {"activity": vote["id"], "text": "Se empieza por el agua."}, seat=None))
    assert "Se empieza por el agua. ◆ Elena Quispe" in page(rosa, vote)
    card = rosa.catch_up(meeting["rooms"][0])[vote["id"]]
    assert card["outcome"]["text"] == "Se empieza por el agua." and "by" not in card["outcome"] and "parts" not in card
    [summary] = [one for one in rosa.catch_up(meeting["workshop"]).values() if one.get("results")]
    assert [one["decided"] for one in summary["results"] if one["vote"] == vote["id"]] == ["Se empieza por el agua."]
    assert "by" not in summary["results"][0] and "Taraco" not in str(summary["results"])
    listed = rosa.http.get(f"/w/{meeting['workshop']}/decisions").get_data(as_text=True)
    assert "Se empieza por el agua." in listed
    late = elena.do("vote.decide", {"activity": vote["id"], "text": "La mía", "base": ""}, seat=None)
    assert late["code"] == "stale_outcome" and late["values"]["text"] == "Se empieza por el agua."
    cast.ok(elena.do("vote.decide", {"activity": vote["id"], "text": "Primero, la feria.",
                                     "base": "Se empieza por el agua."}, seat=None))
    history = elena.http.get(f"/w/{meeting['workshop']}/history?lang=es").get_data(as_text=True)
    assert "cambió lo que decidió una votación" in history and "Se empieza por el agua." in history
    assert elena.do("vote.decide", {"activity": vote["id"], "text": "x" * 401}, seat=None)["code"] == "too_long"


def test_a_copy_of_the_workshop_has_nothing_of_it_and_the_memoria_all(app, meeting, vote):
    close(vote)
    cast.ok(vote["elena"].do("vote.decide", {"activity": vote["id"], "text": "Se empieza por el agua."}, seat=None))
    text = vote["elena"].http.get(f"/w/{meeting['workshop']}/report.md?lang=es").get_data(as_text=True).replace("\\", "")
    assert "Se decidió: Se empieza por el agua. (Elena Quispe" in text and "Por delegación" in text
    made = cast.ok(vote["elena"].do("workshop.duplicate", {"workshop": meeting["workshop"], "title": "Otra vez"}, seat=None))
    assert made
    with app.extensions["house"].store.read() as session:
        copies = [one for one in session.query(Activity).filter_by(kind="choice") if one.id != vote["id"]]
        assert all(not one.outcome and not one.parts for one in copies)


def test_a_mean_that_is_no_decimal_stands_in_the_pdf(app, meeting, phone):
    elena = cast.facilitator(app, meeting)
    things = [{"key": key, "title": key} for key in ("agua", "feria")]
    vote = cast.ok(elena.do("vote.open", {"room": meeting["rooms"][0], "kind": "criteria", "title": "¿Qué tal?",
                                          "settings": {"options": things}}, None))["card"]["id"]
    for name, mark in (("Rosa", 4), ("Julio", 4), ("Ana", 3)):
        who = phone()
        who.join(meeting["code"], name, room=1)
        cast.ok(who.do("ballot.cast", {"activity": vote, "base_rev": 0, "choices": {
            "agua": {"utilidad": mark, "factible": mark, "urgencia": mark}}}))
    cast.ok(elena.do("vote.close", {"activity": vote}, None))
    answer = elena.http.get(f"/w/{meeting['workshop']}/report.pdf")
    assert answer.status_code == 200 and answer.data.startswith(b"%PDF")


def test_a_vote_that_is_over_is_held_again_from_its_result(app, meeting, phone):
    elena = cast.facilitator(app, meeting)
    vote = cast.ok(elena.do("vote.open", {"room": meeting["rooms"][0], "kind": "motion", "title": "¿Se aprueba?",
                                          "settings": {"quorum": 9}}, None))["card"]["id"]
    cast.ok(elena.do("vote.close", {"activity": vote}, None))
    address = f"/w/{meeting['workshop']}/votes/{vote}"
    page = elena.http.get(address + "?lang=es").get_data(as_text=True)
    assert "Abrir la segunda convocatoria" in page
    form = dict(re.findall(r'name="(token|client)" value="([^"]*)"', page))
    answer = elena.http.post(f"{address}/decided", data=form | {"act": "again"})
    assert answer.status_code == 303 and answer.headers["Location"] != address
    assert "segunda convocatoria" not in elena.http.get(address).get_data(as_text=True), "it was held again"
