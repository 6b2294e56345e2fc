"""The page on which a vote's rules are set: without script, in words that come back to whoever votes."""
import html
import re

import pytest

from tests.actions.votes.test_rules import Assembly, ok


@pytest.fixture
def hall(app, meeting, phone):
    """A vote by itself."""
    made = Assembly(app, meeting, phone)
    made.open()
    return made


def look(hall, path, who=None):
    """A page in Spanish."""
    answer = (who or hall.elena).http.get(f"/w/{hall.meeting['workshop']}{path}", headers={"Accept-Language": "es"})
    assert answer.status_code == 200
    return html.unescape(answer.get_data(as_text=True))


def send(hall, **fields):
    """The form is sent."""
    page = look(hall, f"/votes/{hall.vote}/rules")
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    usual = {"own": "1", "staff": "1", "reveal": "live", "one_per": "seat", "named": "staff", "closer": "staff"}
    said = {name: value for name, value in (hidden | usual | fields).items() if value is not None}
    return hall.elena.http.post(f"/w/{hall.meeting['workshop']}/votes/{hall.vote}/rules", data=said,
                                headers={"Accept-Language": "es"})


def test_what_is_set_is_read_by_whoever_votes_without_script_too(hall):
    rosa = hall.join("Rosa", 0)
    answer = send(hall, own=None, delegations=hall.delegations[0], one_per="delegation", reveal="close",
                  **{f"mandates.{hall.delegations[0]}": "3"})
    assert answer.status_code == 303
    said = ("Votan solo las delegaciones de Taraco. No puede elegir sus propias ideas. Un voto por delegación: cualquiera "
            "de sus personas puede darlo o cambiarlo. Votos de cada delegación: Taraco 3; las demás, uno.")
    assert said in look(hall, "/r/1", rosa) and said in look(hall, "/votes")
    card = rosa.catch_up(hall.room)[hall.vote]
    assert card["settings"]["rules"] == {"who": {"delegations": [hall.delegations[0]]}, "own": False,
                                         "one_per": "delegation", "mandates": {hall.delegations[0]: 3}}
    page = look(hall, f"/votes/{hall.vote}/rules")
    assert re.search(rf'name="delegations" value="{hall.delegations[0]}" checked', page)
    assert not re.search(rf'name="delegations" value="{hall.delegations[1]}" checked', page)


def test_after_the_first_ballot_it_asks_whether_to_begin_again_and_keeps_what_was_chosen(hall):
    ok(hall.cast(hall.join("Rosa", 0), "yes"))
    page = html.unescape(send(hall, own=None).get_data(as_text=True))
    assert "Votos ya dados: 1" in page and 'value="again"' in page and not re.search(r'name="own" value="1" checked', page)
    answer = send(hall, own=None, do="again")
    made = re.search(r"/votes/([^/]+)/rules", answer.headers["Location"])[1]
    assert made != hall.vote and hall.elena.catch_up(hall.room)[made]["round"] == 2


def test_who_closes_it_may_be_changed_while_people_vote(hall):
    ok(hall.cast(hall.join("Rosa", 0), "yes"))
    assert send(hall, closer="rapporteur").status_code == 303


def test_what_cannot_be_is_said_by_its_name(hall):
    page = html.unescape(send(hall, **{f"weights.{hall.delegations[0]}": "3"}).get_data(as_text=True))
    assert "Diga por qué unos votos cuentan más que otros" in page and 'value="3"' in page
    page = html.unescape(send(hall, **{f"weights.{hall.delegations[0]}": "muchos"}, weights_for="x").get_data(as_text=True))
    assert "mire «Cuántas veces cuenta un voto»" in page
    assert "mire «Cuándo se ve el resultado»" in html.unescape(send(hall, reveal="never").get_data(as_text=True))


def test_the_next_round_opens_with_a_button_and_both_stand_on_one_line_in_the_plenary(hall):
    people = [hall.join(f"Persona {i}", i % 3) for i in range(12)]
    for one in people:
        ok(hall.cast(one, "yes"))
    first = hall.vote
    hall.vote = re.search(r"/votes/([^/]+)/rules", send(hall, do="round").headers["Location"])[1]
    for i, one in enumerate(people):
        ok(hall.cast(one, "yes" if i < 5 else "no", 0))
    ok(hall.close())
    plenary = look(hall, "/plenary")
    assert "¿Aprobamos? · ronda 2" in plenary
    assert "Desde la ronda anterior, 7 cambiaron su voto; 5 lo mantuvieron." in plenary
    assert re.search(r'class="before"><small>ronda 1\s*: 12<', plenary)
    assert plenary.count("<h3>¿Aprobamos?") == 1, "one line of each, not two votes"
    report = hall.elena.http.get(f"/w/{hall.meeting['workshop']}/report.md", headers={"Accept-Language": "es"}).text
    assert "¿Aprobamos? · ronda 2" in report and "7 cambiaron su voto" in report
    assert hall.tally(first)["items"]["yes"]["seats"] == 12
