"""While people choose a wall shows how many of each delegation have voted, of five and more."""
import re

from tests.support import cast
from tests.support.cast import ok, to_step


def lines(app, meeting) -> list[tuple[str, str]]:
    html = app.test_client().get(f"/s/{meeting['screen']}/now").get_json()["html"]
    return re.findall(r"<li><span>([^<]+)</span><meter[^>]*></meter><b>([^<]+)</b>", html)


def test_turnout_by_delegation_stands_on_the_wall_where_it_tells_nobodys_part(app, meeting, phone, elena, do):
    room, (first, second, third) = meeting["rooms"][0], cast.delegations(app, meeting)[:3]
    of, people = cast.activities(app, room), []
    for delegation, n in ((first, 7), (second, 6), (third, 2)):
        for i in range(n):
            one = phone()
            ok(one.join(meeting["code"], f"Persona {delegation} {i}", delegation=delegation))
            people.append((delegation, one))
    card = ok(people[0][1].post(of["ideas"], "Guardar semilla"))["card"]["id"]
    to_step(app, room, 1)

    def vote(delegation, n: int) -> None:
        for _delegation, one in [at for at in people if at[0] == delegation][:n]:
            ok(one.do("ballot.cast", {"activity": of["dots"], "base_rev": 0, "choices": {card: 1}}))
    ok(do("wall.show", blocks=[{"kind": "vote", "vote": of["dots"]}]))
    vote(first, 5)
    assert lines(app, meeting) == [], "all who have voted are of one delegation: the whole tells it already"
    vote(third, 2)
    assert lines(app, meeting) == []
    vote(second, 5)
    assert lines(app, meeting)[:2] == [("Taraco", "5 de 7"), ("los demás", "7 de 8")]
