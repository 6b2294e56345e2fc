"""Heads, bodies, answers and uploads that trickle: whose time is over, and who gives way to whom."""
import pytest

from workshop.transport.http import connections as module
from workshop.transport.http.connection import (
    BODY_PACE,
    BODY_WITHIN,
    HEAD,
    HEAD_WITHIN,
    PACE,
    PATIENCE,
    REQUEST,
    RESTING,
    WHEN_FULL,
)
from workshop.transport.http.connections import SPOOLED, Connections


def test_a_body_that_trickles_gives_way_when_the_place_is_needed_and_one_that_comes_does_not(come, clock):
    all_of_them = Connections(places=lambda: 2)
    trickles, comes = (come(all_of_them, "10.0.0.1", REQUEST)[0] for _ in range(2))
    for one in (trickles, comes):
        one.ask()
        one.blocked = module.time.monotonic()
    clock(WHEN_FULL + 1)
    trickles.moved, comes.moved = 320 * int(WHEN_FULL + 1), 2000 * int(WHEN_FULL + 1)  # the latter by 2G
    assert all_of_them.admit("10.0.0.2") and (trickles.ended, comes.ended) == (True, False)


def test_a_head_has_to_be_there_in_time_however_it_trickles(come, clock):
    all_of_them = Connections(places=lambda: 9)
    one, visitor = come(all_of_them, "10.0.0.1")
    clock(HEAD_WITHIN + 1)
    all_of_them.sweep()
    assert not one.ended, "it rests, and has not begun"
    for _ in range(int(HEAD_WITHIN) - 1):
        visitor.sendall(b"x")
        one.recv_into(bytearray(1))
        clock(1)
    all_of_them.sweep()
    assert not one.ended
    clock(2)
    all_of_them.sweep()
    assert one.ended and visitor.recv(100).startswith(b"HTTP/1.1 408 ") and not all_of_them.asking


@pytest.mark.parametrize("way", ["recv_into", "send"])
def test_a_body_and_an_answer_have_to_move(come, clock, way):
    all_of_them = Connections(places=lambda: 9)
    one, visitor = come(all_of_them, "10.0.0.1")
    visitor.sendall(b"x" * 100_000)
    one.ask()
    one.waited = PATIENCE + 1
    moved = 0
    while moved < PACE * (PATIENCE + 1):
        moved += one.recv_into(bytearray(1000)) if way == "recv_into" else one.send(b"x" * 1000)
    all_of_them.sweep()
    assert not one.ended
    one.waited = PATIENCE + 100
    all_of_them.sweep()
    assert one.ended


def test_the_time_that_we_take_ourselves_is_nobodys_fault(come, clock):
    all_of_them = Connections(places=lambda: 9)
    one, _visitor = come(all_of_them, "10.0.0.1")
    one.ask()
    clock(10 * PATIENCE)
    all_of_them.sweep()
    assert not one.ended


@pytest.mark.parametrize("length", [65_000, 8_000_000])
def test_a_body_has_to_be_whole_in_a_time_that_2g_has_enough_of(come, clock, length):
    all_of_them = Connections(places=lambda: 9)
    trickles, phone = (come(all_of_them, "10.0.0.1")[0] for _ in range(2))
    for one in (trickles, phone):
        one.ask(length)
    for one, pace in ((trickles, 320), (phone, BODY_PACE)):
        one.listened = one.waited = length / pace
        one.moved = length
    all_of_them.sweep()
    assert (trickles.ended, phone.ended) == (True, False)
    phone.listened += BODY_WITHIN + 1
    all_of_them.sweep()
    assert phone.ended


def test_an_answer_may_be_read_for_longer_than_a_body_may_come(come, clock):
    all_of_them = Connections(places=lambda: 9)
    one, _visitor = come(all_of_them, "10.0.0.1")
    one.ask(100)
    one.blocked, one.listens, one.moved = module.time.monotonic(), False, 1_000_000
    clock(BODY_WITHIN * 10)
    all_of_them.sweep()
    assert not one.ended


def test_who_has_sent_much_at_once_and_then_trickles_gives_way(come, clock):
    all_of_them = Connections(places=lambda: 1)
    one, visitor = come(all_of_them, "10.0.0.1")
    one.ask(60_000)
    visitor.sendall(b"x" * 50_000)
    moved = 0
    while moved < 50_000:
        moved += one.recv_into(bytearray(8000))
    one.waited = 20.0
    assert all_of_them.admit("10.0.0.2") and one.ended


def test_the_files_of_uploads_take_places_and_only_some_of_them(come):
    all_of_them = Connections(places=lambda: 24)
    begun = [come(all_of_them, f"10.0.0.{n}")[0] for n in range(4)]
    assert [one.ask(8_000_000) for one in begun] == [True, True, True, False]
    assert all_of_them.taken() == 4 + 3 * SPOOLED
    for n in range(14):
        assert all_of_them.admit("10.0.1.1")
        come(all_of_them, f"10.0.1.{n}", REQUEST)
    assert not all_of_them.admit("10.0.2.1"), "the descriptors that are left are not for connections"
    begun[0].rest()
    begun[1].end()
    assert all_of_them.taken() == 17 + SPOOLED and all_of_them.admit("10.0.2.1")


def test_an_upload_that_trickles_gives_way_to_another_one(come):
    all_of_them = Connections(places=lambda: 16)
    slow, quick, newcomer = (come(all_of_them, f"10.0.0.{n}")[0] for n in range(3))
    assert slow.ask(8_000_000) and quick.ask(8_000_000)
    slow.waited = quick.waited = WHEN_FULL + 1
    slow.moved, quick.moved = 1000, 20_000
    assert newcomer.ask(8_000_000) and (slow.ended, quick.ended) == (True, False)


def test_an_upload_ends_nobody_who_works_or_has_just_come(come):
    all_of_them = Connections(places=lambda: 8)
    others = [come(all_of_them, f"10.0.0.{n}", state)[0] for n, state in enumerate([REQUEST, RESTING, HEAD] * 2)]
    assert not come(all_of_them, "10.0.1.1")[0].ask(8_000_000)
    assert not any(one.ended for one in others) and not all_of_them.uploads
