"""Two server processes on one PostgreSQL, with Redis between them and without."""
import signal

import pytest
import redis as redis_client

from tests.live.device import idea
from tests.live.room.test_shared_budget import cast, vote
from tests.support.waiting import wait_for

DEAF = {"check_every": 600, "head_every": 600}  # what arrives then has come by wake-up


@pytest.fixture
def database(postgres_url):
    return postgres_url


def all_listen(redis, count: int) -> None:
    """Wait until so many processes hear wake-ups."""
    client = redis_client.Redis(port=redis.port)
    wait_for(lambda: client.pubsub_numpat() and len(client.client_list(_type="pubsub")) >= count, "the processes listen")
    client.close()


def test_what_is_posted_at_one_server_wakes_the_other(serve, redis, Device):
    here, there = (serve(redis=redis.url, **DEAF) for _ in range(2))
    all_listen(redis, 2)
    rosa = Device(here.url).join(here.meeting["code"], "Rosa").connect()
    julio = Device(there.url).join(here.meeting["code"], "Don Julio").connect()
    assert julio.pump(lambda: julio.cursor)
    for n in range(1, 6):
        assert rosa.do("contribution.add", idea(here, f"Idea {n}"))["ok"]
        assert julio.pump(lambda n=n: len(julio.ideas()) == n)
    assert [i["body"]["text"] for i in julio.ideas()] == [f"Idea {n}" for n in range(1, 6)]


def test_without_redis_the_other_server_looks_by_itself(serve, Device):
    here, there = serve(), serve()
    rosa = Device(here.url).join(here.meeting["code"], "Rosa").connect()
    julio = Device(there.url).join(here.meeting["code"], "Don Julio").connect()
    assert julio.pump(lambda: julio.cursor)
    assert rosa.do("contribution.add", idea(here, "Guardar semilla"))["ok"]
    assert julio.pump(lambda: julio.ideas())


@pytest.mark.parametrize("woken", [True, False])
def test_what_a_delegation_has_spent_is_told_by_the_other_server_too(serve, request, Device, woken):
    settings = {"redis": request.getfixturevalue("redis").url, **DEAF} if woken else {}
    here, there = serve(**settings), serve(**settings)
    if woken:
        all_listen(request.getfixturevalue("redis"), 2)
    dots, cards, person = vote(here, Device)
    rosa, elvira = person("Rosa", 0), person("Elvira", 0).tab(there.url).connect()
    assert elvira.pump(lambda: elvira.cursor)
    cast(rosa, dots, cards[:1])
    assert elvira.pump(lambda: elvira.ballots.get(dots, {}).get("choices") == {"spent": 1})
    elvira.close()


@pytest.mark.parametrize("fate", ["dies", "hangs"])
def test_a_redis_that_dies_or_hangs_and_returns_loses_nothing_and_nobody_is_refused(serve, redis, Device, fate):
    here, there = (serve(redis=redis.url) for _ in range(2))
    all_listen(redis, 2)
    rosa = Device(here.url).join(here.meeting["code"], "Rosa").connect()
    julio = Device(there.url).join(here.meeting["code"], "Don Julio").connect()
    said = []

    def say(rounds):
        for _ in range(rounds):
            for one in (rosa, julio):
                said.append(f"Idea {len(said)}")
                assert one.do("contribution.add", idea(here, said[-1]))["ok"]
    say(3)
    redis.close() if fate == "dies" else redis.process.send_signal(signal.SIGSTOP)
    say(5)
    assert julio.pump(lambda: len(julio.ideas()) == len(said)) and rosa.pump(lambda: len(rosa.ideas()) == len(said))
    redis.start() if fate == "dies" else redis.process.send_signal(signal.SIGCONT)
    all_listen(redis, 2)
    say(3)
    for one in (rosa, julio):
        assert one.pump(lambda one=one: len(one.ideas()) == len(said))
        assert sorted(i["body"]["text"] for i in one.ideas()) == sorted(said)
        assert [i["number"] for i in one.ideas()] == list(range(1, len(said) + 1))


@pytest.mark.parametrize("wakes", [True, False])
def test_a_ballot_cast_on_one_device_appears_on_the_other_device_of_the_seat(serve, redis, Device, wakes):
    here, there = (serve(redis=redis.url, **DEAF) if wakes else serve() for _ in range(2))
    if wakes:
        all_listen(redis, 2)
    rosa = Device(here.url).join(here.meeting["code"], "Rosa").connect()
    card = rosa.do("contribution.add", idea(here, "Guardar semilla"))["card"]["id"]
    tablet = rosa.tab(there.url).connect()
    assert tablet.pump(lambda: tablet.cursor)
    lead = Device(here.url).staff(here.meeting["staff"], here.meeting["workshop"]).connect()
    assert lead.do("step.go", {"room": here.meeting["rooms"][0], "step": 1}, None)["ok"]
    dots = here.meeting["activities"][0]["dots"]
    assert rosa.do("ballot.cast", {"activity": dots, "choices": {card: 2}, "base_rev": 0})["ok"]
    assert tablet.pump(lambda: dots in tablet.ballots)
    assert (tablet.ballots[dots]["choices"], tablet.ballots[dots]["rev"]) == ({card: 2}, 1)
    tablet.close()


@pytest.mark.parametrize("wakes", [True, False])
def test_a_seat_removed_at_one_server_is_cut_off_at_the_other(serve, redis, Device, wakes):
    here, there = (serve(redis=redis.url, **DEAF) if wakes else serve() for _ in range(2))
    if wakes:
        all_listen(redis, 2)
    julio = Device(there.url).join(here.meeting["code"], "Don Julio").connect()
    assert julio.pump(lambda: julio.cursor)
    lead = Device(here.url).staff(here.meeting["staff"], here.meeting["workshop"]).connect()
    seats = [julio.place["seats"][0]["id"]]
    assert lead.do("seat.remove", {"workshop": here.meeting["workshop"], "seats": seats}, None)["ok"]
    assert julio.is_cut()


def test_who_signs_out_at_one_server_is_cut_off_at_the_other(serve, Device):
    here, there = serve(), serve()
    lead = Device(there.url).staff(here.meeting["staff"], here.meeting["workshop"]).connect()
    assert lead.pump(lambda: lead.cursor)
    lead.tab(here.url).post("/logout")
    assert lead.is_cut()
