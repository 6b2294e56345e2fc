"""People are drawn over rooms: every room is a picture of the whole, rules are kept, and anybody can draw again."""
import json
from collections import Counter
from fractions import Fraction
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.draws import check_draw
from workshop.domain.draws.draws import certificate, draw, place
from workshop.domain.draws.shapes import TREES, Asked, Person, sizes
from workshop.domain.errors import Refusal

INSTANCES = Path(__file__).parent / "instances"  # invented, each with the best that can be reached, proved by others


def rooms(n: int, holds: int | None = None) -> dict[str, int | None]:
    return {f"R{number}": holds for number in range(1, n + 1)}


@st.composite
def people(draws, least: int = 1, most: int = 40) -> list[Person]:
    """Some people, of whom some have said nothing of themselves."""
    def of(*values):
        return draws(st.sampled_from(values))
    return [Person(f"{n:03}", of("A", "B", "C", "D", None), of("hall", "remote"), of("X", "Y", "Z"), of("f", "m", "x", None),
                   of("es", "qu", "ay")) for n in range(draws(st.integers(least, most)))]


def worst(asked: Asked, drawn: dict[str, str]) -> Fraction:
    """How far the farthest node of both trees is from its share: counted anew, in another way than the program does."""
    far = Fraction(0)
    for fields in TREES.values():
        for depth in range(len(fields) + 1):
            of = {one.id: tuple(one.value(field) for field in fields[:depth]) for one in asked.people}
            for name, many in Counter(of.values()).items():
                for room in asked.rooms:
                    here = sum(of[key] == name for key, there in drawn.items() if there == room)
                    far = max(far, abs(here - Fraction(many, len(asked.rooms))))
    return far


def keeps(asked: Asked, drawn: dict[str, str]) -> bool:
    """Tells whether every rule is kept."""
    return (all(drawn[key] == room for key, room in asked.pins.items())
            and all(len({drawn[key] for key in group}) == 1 for group in asked.together)
            and all(len({drawn[key] for key in group}) == len(group) for group in asked.apart))


@settings(deadline=None, max_examples=60)
@given(people(), st.integers(1, 9), st.integers(0, 9))
def test_without_rules_every_room_has_of_everything_its_share_to_within_one_seat(those, many, seed):
    asked = Asked(rooms(min(many, len(those))), those, str(seed))
    drawn = draw(asked)
    assert drawn.rooms.keys() == {one.id for one in those}
    assert worst(asked, drawn.rooms) < 1
    told = drawn.certificate
    assert max(Fraction(tree["worst"]) for tree in told["trees"].values()) == worst(asked, drawn.rooms)
    assert all(tree["within"] for tree in told["trees"].values())
    again = draw(Asked(asked.rooms, those[::-1], str(seed)))
    assert (again.rooms, again.certificate) == (drawn.rooms, told), "another order of the same people"


@st.composite
def small(draws) -> Asked:
    """Few people and rules, so that every way to place them can be looked at."""
    those = draws(people(3, 7))
    ids = [one.id for one in those]
    pins = {ids[0]: "R2"} if draws(st.booleans()) else {}
    together = [ids[1:3]] if draws(st.booleans()) else []
    apart = [draws(st.sampled_from(([ids[0], ids[-1]], [ids[1], ids[-1]])))] if draws(st.booleans()) else []
    return Asked(rooms(draws(st.integers(2, 3))), those, "7", pins=pins, together=together, apart=apart)


@settings(deadline=None, max_examples=60)
@given(small())
def test_no_way_to_place_a_few_people_is_evener_than_the_draw(asked):
    try:
        drawn = draw(asked).rooms
    except Refusal as refusal:
        assert refusal.code == "rules_clash"
        drawn = {}
    ids = [one.id for one in asked.people]
    every = (dict(zip(ids, there, strict=True)) for there in product(asked.rooms, repeat=len(ids)))
    best = min((worst(asked, one) for one in every if keeps(asked, one)), default=None)
    if best is None:
        assert not drawn, "nothing keeps these rules"
    else:
        assert keeps(asked, drawn) and worst(asked, drawn) == best


@pytest.mark.parametrize("file", sorted(INSTANCES.glob("*.json")), ids=lambda file: file.stem)
def test_what_can_be_reached_is_reached(file):
    one = json.loads(file.read_text())
    asked = Asked({str(n + 1): None for n in range(one["rooms"])}, [Person(**person) for person in one["people"]], "24",
                  pins={key: str(room) for key, room in one["pins"].items()}, together=one["keep_together"],
                  apart=one["keep_apart"])
    drawn = draw(asked)
    found = check_draw.check(one, {key: int(room) for key, room in drawn.rooms.items()})
    assert found["rules_kept"], found
    reached = max(Fraction(tree["worst"]) for tree in found["trees"].values())
    assert reached <= Fraction(one["expected"]["best_worst_deviation"]["both_at_once"]), found["trees"]
    assert not any(drawn.certificate["broken"].values())
    for name in ("trees", "categories"):
        assert ({key: told["worst"] for key, told in drawn.certificate[name].items()}
                == {key: told["worst"] for key, told in found[name].items()})
    if not (one["pins"] or one["keep_together"] or one["keep_apart"]):
        assert found["both_trees_within_one_seat"]
        assert all(told["worst_decimal"] <= 2 for told in found["categories"].values())


def crowd(n: int) -> list[Person]:
    """A hundred and more people of every sort, by a rule of no meaning."""
    return [Person(f"{k:03}", "ABCDE"[k * 7 % 5], ("hall", "remote")[k * k % 3 % 2], "WXYZ"[k * 11 % 13 % 4],
                   "fmx"[k * k % 7 % 3], ("es", "qu", "ay")[k * 5 % 11 % 3]) for k in range(n)]


def test_who_has_met_before_meets_less_and_nothing_gets_less_even():
    those = crowd(48)
    first = draw(Asked(rooms(6), those, "1")).rooms
    met = {(a.id, b.id): 1 for a in those for b in those if a.id < b.id and first[a.id] == first[b.id]}
    blind = draw(Asked(rooms(6), those, "2"))
    knowing = draw(Asked(rooms(6), those, "2", met=met))
    would = certificate(Asked(rooms(6), those, "2", met=met), blind.rooms)["again"]["pairs"]
    assert knowing.certificate["again"]["pairs"] < would
    assert all(tree["within"] for tree in knowing.certificate["trees"].values())
    assert knowing.certificate["input"] != blind.certificate["input"]


def test_another_seed_draws_otherwise_and_the_certificate_says_which_it_was():
    those = crowd(40)
    one, other = draw(Asked(rooms(5), those, "a")), draw(Asked(rooms(5), those, "b"))
    assert one.rooms != other.rooms and one.certificate["seed"] == "a"
    assert one.certificate["input"] != other.certificate["input"]


def test_by_lot_alone_rooms_are_only_equally_full():
    drawn = draw(Asked(rooms(7), crowd(45), "3", way="random"))
    assert sorted(drawn.certificate["sizes"].values()) == [6, 6, 6, 6, 7, 7, 7]
    ruled = draw(Asked(rooms(7), crowd(45), "3", way="random", pins={"001": "R4"}, together=[["001", "002"]],
                       apart=[["001", "003"], ["004", "005", "006"]]))
    assert ruled.rooms["001"] == ruled.rooms["002"] == "R4" and not any(ruled.certificate["broken"].values())
    assert sorted(ruled.certificate["sizes"].values()) == [6, 6, 6, 6, 7, 7, 7]


def test_delegations_stay_together_whether_there_are_more_rooms_or_fewer():
    those = crowd(40)
    of = {one.id: one.delegation for one in those}
    for many in (2, 5, 7):
        drawn = draw(Asked(rooms(many), those, "4", way="delegation", together=[["001", "002"]], apart=[["003", "008"]]))
        where: dict[str, set[str]] = {}
        for key, room in drawn.rooms.items():
            if key not in ("001", "002", "003", "008"):
                where.setdefault(of[key], set()).add(room)
        assert min(drawn.certificate["sizes"].values()) > 0
        if many < 7:
            assert all(len(found) == 1 for found in where.values()), where
        else:
            assert sum(len(found) for found in where.values()) == 7, "no room has two delegations"
        assert drawn.rooms["001"] == drawn.rooms["002"] and drawn.rooms["003"] != drawn.rooms["008"]


def test_rooms_that_hold_fewer_get_fewer_and_too_many_people_are_spread_evenly():
    few = draw(Asked({"R1": 3, "R2": None, "R3": None}, crowd(21), "5"))
    assert few.certificate["sizes"] == {"R1": 3, "R2": 9, "R3": 9} and few.certificate["broken"]["full"] == []
    over = draw(Asked({"R1": 3, "R2": 5}, crowd(20), "5"))
    assert over.certificate["sizes"] == {"R1": 9, "R2": 11} and over.certificate["broken"]["full"] == ["R1", "R2"]
    assert sum(sizes(20, {"R1": 3, "R2": 5, "R3": None}).values()) == 20


def test_who_comes_later_is_placed_by_the_same_rule_and_nobody_else_moves():
    those = crowd(43)
    standing = draw(Asked(rooms(6), those[:36], "6")).rooms
    asked = Asked(rooms(6), those, "6", together=[["001", "040"]], apart=[["002", "041"]])
    late = place(asked, standing)
    assert late.keys() == {one.id for one in those[36:]}
    assert late["040"] == standing["001"] and late["041"] != standing["002"]
    told = certificate(asked, standing | late)
    assert set(told["sizes"].values()) <= {7, 8} and Fraction(told["trees"]["delegation"]["worst"]) < 2
    assert place(asked, standing) == late
    alone = place(Asked(rooms(6), [*those[:36], Person("900", "A")], "6", way="delegation"), standing)
    assert alone.keys() == {"900"}


@pytest.mark.parametrize("rules", [
    {"pins": {"001": "R1", "002": "R2"}, "together": [["001", "002"]]},
    {"together": [["001", "002"], ["002", "003"]], "apart": [["001", "003"]]},
    {"pins": {"001": "R1", "002": "R1"}, "apart": [["001", "002"]]},
    {"apart": [["001", "002", "003", "004"]]}])
def test_rules_that_contradict_each_other_are_refused(rules):
    with pytest.raises(Refusal, match="rules_clash"):
        draw(Asked(rooms(3), crowd(12), "7", **rules))


def test_more_rooms_than_people_are_refused():
    with pytest.raises(Refusal, match="too_few_people"):
        draw(Asked(rooms(5), crowd(4), "8"))


def test_rules_that_cannot_all_be_kept_are_told_as_broken():
    apart = [[a, b] for a, b in product(("001", "002", "003"), repeat=2) if a < b]  # three people, two rooms
    drawn = draw(Asked(rooms(2), crowd(12), "9", apart=apart))
    assert len(drawn.certificate["broken"]["apart"]) == 1
