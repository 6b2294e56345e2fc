"""Who has to go when all places for connections are taken, and who stays."""
import pytest

from workshop.transport.http import connections as module
from workshop.transport.http.connection import HEAD, QUIET, REQUEST, RESTING, WHEN_FULL
from workshop.transport.http.connections import Connections


def test_whoever_asked_for_nothing_for_longest_goes_first_at_the_address_that_has_most(come, clock):
    all_of_them = Connections(places=lambda: 8)
    alone = come(all_of_them, "10.0.0.1")[0]
    crowd = [come(all_of_them, "10.0.0.2")[0] for _ in range(3)]
    others = [come(all_of_them, f"10.0.0.{n}")[0] for n in range(3, 7)]
    clock(QUIET)
    crowd[0].rest()  # it has just been answered
    assert all_of_them.admit("10.0.0.9")
    assert [one.ended for one in (alone, *crowd, *others)] == [False, False, True, False] + [False] * 4


def test_who_is_worked_for_and_who_has_a_line_stays_and_then_the_newcomer_is_refused(come):
    all_of_them = Connections(places=lambda: 3)
    working, line, unfinished = (come(all_of_them, "10.0.0.1", state)[0] for state in (REQUEST, REQUEST, HEAD))
    line.become_websocket()
    assert all_of_them.admit("10.0.0.2") and unfinished.ended
    unfinished = come(all_of_them, "10.0.0.2", REQUEST)[0]
    assert not all_of_them.admit("10.0.0.2")
    assert not any(one.ended for one in (working, line, unfinished))


def test_one_address_may_have_half_of_the_places_unless_it_is_that_of_a_proxy(come, clock):
    for shared in (False, True):
        all_of_them = Connections(shared=shared, places=lambda: 8)
        held = [come(all_of_them, "10.0.0.1", HEAD)[0] for _ in range(4)]
        clock(QUIET)
        assert all_of_them.admit("10.0.0.1")
        assert [one.ended for one in held] == [not shared, False, False, False]


def test_a_busy_address_is_not_refused_while_there_are_places(come):
    all_of_them = Connections(places=lambda: 8)
    working = [come(all_of_them, "10.0.0.1", REQUEST)[0] for _ in range(6)]
    assert all_of_them.admit("10.0.0.1") and not any(one.ended for one in working)


def test_a_line_that_has_not_said_who_it_is_gives_way_last(come):
    strangers = iter((True, False))
    all_of_them = Connections(places=lambda: 1, spare=lambda: next(strangers))
    come(all_of_them, "10.0.0.1", REQUEST)
    assert all_of_them.admit("10.0.0.2") and not all_of_them.admit("10.0.0.2")


def test_websockets_leave_places_for_requests(come):
    all_of_them = Connections(places=lambda: 20)
    for n in range(17):
        assert all_of_them.has_websocket_place()
        come(all_of_them, f"10.0.0.{n}")[0].become_websocket()
    assert not all_of_them.has_websocket_place() and all_of_them.admit("10.0.0.99")


def waiting(one, since: float, moved: int = 0):
    """Its body is waited for, of which so many bytes have come."""
    one.ask(100)
    one.listens, one.since = True, module.time.monotonic() - since
    one.blocked, one.moved = module.time.monotonic() - since, moved
    return one


def test_newcomers_end_what_is_old_then_what_trickles_then_strangers_and_what_has_just_come_last(come, clock):
    strangers = [True]
    all_of_them = Connections(places=lambda: 5, spare=lambda: bool(strangers) and strangers.pop())
    network = "10.0.0.1"
    old, begun = come(all_of_them, network)[0], come(all_of_them, network, HEAD)[0]
    clock(QUIET)
    newborn = come(all_of_them, network)[0]
    trickles, stalls = (waiting(come(all_of_them, network)[0], since) for since in (WHEN_FULL + 1, QUIET + 1))
    everybody, gone = [old, begun, trickles, stalls, newborn], []
    while all_of_them.admit("10.0.0.2"):
        gone.append([everybody.index(one) for one in everybody if one.ended])
        for _ in range(5 - all_of_them.taken()):
            come(all_of_them, "10.0.0.3", REQUEST)
    assert gone == [[0], [0, 1], [0, 1, 2], [0, 1, 2], [0, 1, 2, 3], [0, 1, 2, 3, 4]]


def test_what_has_just_come_is_not_ended_for_one_more_of_those_who_are_as_many(come):
    all_of_them = Connections(places=lambda: 4)
    honest = come(all_of_them, "10.0.0.1")[0]
    for _ in range(3):
        come(all_of_them, "10.0.0.2", REQUEST)
    assert not all_of_them.admit("10.0.0.2") and not all_of_them.admit("10.0.0.1")
    assert not honest.ended


@pytest.mark.parametrize("networks", [["10.0.0.1"], [f"10.0.1.{n}" for n in range(20)]], ids=["the same", "others"])
@pytest.mark.parametrize("bodies", [False, True], ids=["nothing said", "half a body"])
def test_the_first_of_a_row_that_has_just_come_gives_way_to_one_more(come, networks, bodies):
    all_of_them = Connections(places=lambda: 20)
    row = [come(all_of_them, networks[n % len(networks)])[0] for n in range(20)]
    for one in row if bodies else []:
        waiting(one, 0.1)
    assert all_of_them.admit("10.0.0.1") and [one.ended for one in row] == [True] + [False] * 19


def test_a_network_that_has_its_half_goes_on_while_there_are_places(come):
    all_of_them = Connections(places=lambda: 8)
    held = [come(all_of_them, "10.0.0.1")[0] for _ in range(6)]
    assert all_of_them.admit("10.0.0.1") and not any(one.ended for one in held)


def test_who_is_ended_before_anything_was_answered_reads_why(come, clock):
    all_of_them = Connections(places=lambda: 1)
    for state in (RESTING, HEAD, REQUEST):
        one, visitor = come(all_of_them, "10.0.0.1", state)
        if state == REQUEST:
            waiting(one, 0.0)
        clock(WHEN_FULL + 1)
        assert all_of_them.admit("10.0.0.2") and one.ended
        assert visitor.recv(4000).startswith(b"HTTP/1.1 503 ")
    one, visitor = come(all_of_them, "10.0.0.1")
    one.send(b"the answer")
    one.rest()
    clock(QUIET + 1)
    assert all_of_them.admit("10.0.0.2")
    assert visitor.recv(4000) == b"the answer", "it would be taken for that to the next request"
