"""PostgreSQL goes away in the middle and comes back."""
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.live.device import idea
from tests.support.servers import Postgres
from tests.support.waiting import wait_for


@pytest.fixture
def own_postgres():
    """A PostgreSQL that may be stopped."""
    server = Postgres()
    yield server
    server.close()


@pytest.fixture
def database(own_postgres):
    return own_postgres.database()


def test_while_the_database_is_away_everybody_is_told_to_wait_and_nothing_is_lost(server, own_postgres, Device):
    rosa, julio = (Device(server.url).join(server.meeting["code"], name).connect() for name in ("Rosa", "Don Julio"))
    assert rosa.do("contribution.add", idea(server, "Antes"))["ok"] and julio.pump(lambda: julio.ideas())
    own_postgres.stop()
    waiting = idea(server, "Durante")
    answer = rosa.do("contribution.add", waiting)
    assert answer == {"n": 2, "retry_after": answer["retry_after"]}
    rosa.ws.send('4299["ask",{"stream":"' + server.meeting["rooms"][0] + '"}]')
    assert rosa.pump(lambda: 99 in rosa.acks) and rosa.acks[99]["retry_after"] > 0
    assert julio.knock() and (julio.ws.send("40{}") or julio.ws.recv().startswith('44{"message":"later"'))
    for path in ("/", "/api/me", "/readyz"):
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(server.url + path, headers={"Cookie": rosa.cookie}), timeout=60)
        assert refused.value.code == 503
        refused.value.close()
    urlopen(server.url + "/healthz", timeout=60).close()
    own_postgres.start()

    def again() -> dict | None:
        rosa.acks.clear()
        rosa.send("contribution.add", waiting, n=2)
        assert rosa.pump(lambda: 2 in rosa.acks)
        return None if "retry_after" in rosa.acks[2] else rosa.acks[2]
    assert wait_for(again, "an answer")["card"]["number"] == 2
    julio.connect()
    assert julio.pump(lambda: [i["body"]["text"] for i in julio.ideas()] == ["Antes", "Durante"])
