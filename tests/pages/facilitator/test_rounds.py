"""The groups go round: who goes where is shown before, and who stays is asked."""
import re

from tests.pages.facilitator.people import joined
from tests.pages.shell.attacks.test_guard import signed_in


def seat(page: str, name: str) -> str:
    """The id behind somebody's box."""
    return re.search(rf'name="stay" value="([^"]+)"(?: checked)?><span><bdi>{name}', page)[1]


def test_the_groups_go_on_the_hosts_stay_and_are_proposed_again(app, meeting):
    rosa, ana, luis = joined(app, meeting), joined(app, meeting, "Ana"), joined(app, meeting, "Luis", room=3)
    lead, where = signed_in(app), f"/w/{meeting['workshop']}/rounds"
    lead.open(where)
    assert [re.sub(r"\s+", " ", text) for text in re.findall(r"→</span> ([^<]+)<", lead.page)] == [
        "Sala 2 · Desafíos de la cooperación", "Sala 3 · Lecciones y perspectivas", "Sala 1 · Covid-19 y el programa"]
    host = seat(lead.page, "Ana")
    lead.send(where, "method", rooms=meeting["rooms"], stay=host)
    assert "2 personas pasan a otras salas." in lead.page and not lead.path.endswith("/desk"), "it is told first"
    rosa.open(f"/w/{meeting['workshop']}/here")
    assert rosa.path.endswith("/r/1"), "nobody has gone yet"
    sure = re.search(r'name="sure" value="(\w+)"', lead.page)[1]
    lead.send(where, "method", rooms=meeting["rooms"][:2], stay=host, sure=sure)
    assert not lead.path.endswith("/desk"), "that is another choice than the one that was told"
    lead.send(where, "method", rooms=meeting["rooms"], stay=host, sure=sure)
    assert lead.path.endswith("/desk")
    for person, number in ((rosa, 2), (ana, 1), (luis, 1)):
        person.open(f"/w/{meeting['workshop']}/here")
        assert person.path.endswith(f"/r/{number}")
    lead.open(where)
    assert f'value="{host}" checked' in lead.page and f'value="{seat(lead.page, "Luis")}" checked' not in lead.page


def test_one_room_is_no_round_and_what_was_chosen_stays_in_the_form(app, meeting):
    joined(app, meeting)
    lead, where = signed_in(app), f"/w/{meeting['workshop']}/rounds"
    lead.open(where)
    host = seat(lead.page, "Rosa")
    lead.send(where, "method", rooms=meeting["rooms"][0], stay=host)
    assert lead.said and f'value="{host}" checked' in lead.page
    assert lead.page.count('name="rooms"') == 3 and lead.page.count(' checked') == 2


def test_only_who_leads_sees_it(app, meeting):
    rosa = joined(app, meeting)
    rosa.open(f"/w/{meeting['workshop']}/rounds")
    assert rosa.status in (403, 404)
