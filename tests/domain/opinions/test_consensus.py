"""What groups share and what separates them, against the written formula."""
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as some

from workshop.domain.opinions import consensus, drawing, telling
from workshop.domain.opinions.standing import Found

COUNT = some.tuples(*[some.integers(0, 40)] * 3)


@given(some.lists(COUNT, min_size=1, max_size=5))
def test_the_consensus_is_the_product_that_was_published(counts):
    wanted = Fraction(1)
    for agree, disagree, passed in counts:
        wanted *= Fraction(agree + 1, agree + disagree + passed + 2)
    assert consensus.score(counts) == wanted
    assert consensus.score(counts, 1) == consensus.score([(d, a, p) for a, d, p in counts])


@given(some.lists(some.integers(1, 30), min_size=2, max_size=5), some.sampled_from([0, 1, 2]))
def test_unanimous_is_no_extremity(sizes, way):
    counts = [tuple(n if i == way else 0 for i in range(3)) for n in sizes]
    assert consensus.extremity(counts) == 0
    assert consensus.extremity([(5, 0, 0), (0, 5, 0)]) == 1 and consensus.separating({"a": counts}) == []


def test_passing_has_seen_it():
    assert consensus.score([(4, 0, 0)]) == Fraction(5, 6) and consensus.score([(4, 0, 4)]) == Fraction(5, 10)


def test_what_all_share_separates_and_is_typical():
    counts = {"all": [(9, 1, 0), (8, 2, 0)], "apart": [(9, 1, 0), (1, 9, 0)], "against": [(0, 9, 1), (1, 9, 0)],
              "open": [(5, 5, 0), (5, 5, 0)]}
    assert consensus.shared(counts) == [("against", 1), ("all", 0)]
    assert consensus.separating(counts) == ["apart"]
    assert consensus.typical(counts, 0) == [("apart", 0)] and consensus.typical(counts, 1) == [("apart", 1)]


def test_twelve_people_in_six_delegations_have_a_bridge():
    counts = {"bridge": [(2, 0, 0)] * 5 + [(1, 1, 0)], "one": [(2, 0, 0)] * 3 + [(0, 2, 0)] * 3, "none": [(0, 2, 0)] * 6}
    assert consensus.bridging(counts) == ["bridge"]


FOUND = {"cards": ["a", "b"], "mean": [0, 0], "axes": [[1, 0], [0, 1]], "centres": [[-1.5, 0], [1.5, 0]],
         "letters": ["A", "B"]}
ROWS = [{"a": -1, "b": 1}] * 7 + [{"a": 1, "b": 1}] * 12 + [{"b": 1}]


def test_what_is_told_has_its_shape_and_says_nothing_of_fewer_than_five():
    told = telling.told(Found(FOUND), ROWS)
    assert telling.Told.model_validate(told).model_dump(mode="json") == told
    assert (told["people"], told["few"], [one["n"] for one in told["groups"]]) == (19, 1, [7, 12])
    assert told["shared"] == [["b", 0]] and told["apart"] == ["a"]
    few = telling.told(Found(FOUND), [{"b": 1, "a": -1}] * 4 + [{"a": 1, "b": 0}] * 6)
    assert few["counts"] == {} and few["shared"] == []


def test_dots_are_as_many_as_people_and_one_answer_more_changes_one():
    def dots(agree):
        told = {"groups": [{"letter": "A", "n": 14, "x": 0., "y": 0.}, {"letter": "B", "n": 6, "x": 3., "y": 1.}],
                "counts": {"a": [[agree, 14 - agree, 0], [0, 6, 0]]}}
        first, second = drawing.drawn(told, "a")
        assert sum(len(one[1:].split()) // 2 for one in first.dots.values()) == 14 and set(second.dots) == {"disagree"}
        return set(zip(first.dots["agree"][1:].split()[::2], first.dots["agree"][1:].split()[1::2], strict=True))
    before, after = dots(8), dots(9)
    assert before < after and len(after - before) == 1


def test_rings_do_not_lie_over_each_other():
    told = {"groups": [{"letter": letter, "n": n, "x": x, "y": 0.} for letter, n, x in (
        ("A", 60, 0.), ("B", 5, .1), ("C", 40, .2), ("D", 80, .2))], "counts": {}}
    shapes = drawing.drawn(told)
    for i, one in enumerate(shapes):
        assert one.r <= one.x <= drawing.WIDE - one.r and one.r <= one.y <= drawing.HIGH - one.r
        for other in shapes[:i]:
            assert (one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= (one.r + other.r) ** 2
