"""Who speaks next follows from the hands and from who has spoken, by the rule that was chosen, and nobody waits for ever."""
from hypothesis import given, settings
from hypothesis import strategies as st

from workshop.domain.speaking import order as it
from workshop.domain.speaking.order import MOST, RULES, Hand, Spoken, order

HAND = st.tuples(st.integers(0, 5), st.sampled_from(("", "a", "b", "c")), st.booleans(), st.sampled_from(it.KINDS))
few = settings(max_examples=60, deadline=None)


def hands_of(said: list, pins: list = ()) -> list[Hand]:
    return [Hand(f"h{n:02}", f"s{seat}", group, far, kind, n, dict(pins).get(n))
            for n, (seat, group, far, kind) in enumerate(said)]


def spoke(hand: Hand, seconds: float = 60, by_hand: bool = False) -> Spoken:
    return Spoken(hand.id, hand.seat, hand.group, hand.far, hand.kind, hand.at, seconds, by_hand)


def ids(rule: str, hands: list[Hand], history: list[Spoken] = ()) -> list[str]:
    return [one for one, _why in order(rule, hands, list(history))]


@few
@given(st.sampled_from(RULES), st.lists(HAND, max_size=12), st.lists(HAND, max_size=6),
       st.lists(st.tuples(st.integers(0, 11), st.integers(0, 15)), max_size=4), st.randoms(use_true_random=False))
def test_everybody_who_has_a_hand_up_stands_on_the_list_once_and_always_in_the_same_place(rule, said, before, pins, dice):
    history = [spoke(hand) for hand in hands_of(before)]
    hands = [Hand(f"w{hand.id}", hand.seat, hand.group, hand.far, hand.kind, hand.at + 20, hand.pin)
             for hand in hands_of(said, pins)]
    first = order(rule, hands, history)
    assert sorted(one for one, _why in first) == sorted(hand.id for hand in hands)
    mixed = list(hands)
    dice.shuffle(mixed)
    assert order(rule, mixed, history) == first


@few
@given(st.sampled_from(RULES), st.lists(HAND, min_size=1, max_size=25), st.lists(st.integers(0, 2), max_size=60))
def test_nobody_is_overtaken_more_than_three_times_whoever_comes_meanwhile(rule, said, goes):
    """Hands go up and speakers are called in any order (0: somebody speaks)."""
    coming, waiting, history, overtaken = hands_of(said), [], [], {}
    for go in goes + [0] * len(said):
        if go and coming:
            waiting.append(coming.pop(0))
        elif waiting:
            called = ids(rule, waiting, history)[0]
            [hand] = [one for one in waiting if one.id == called]
            waiting.remove(hand)
            history.append(spoke(hand))
            for other in waiting:
                overtaken[other.id] = overtaken.get(other.id, 0) + (other.at < hand.at)
    assert max(overtaken.values(), default=0) <= MOST


@few
@given(st.sampled_from(RULES), st.lists(HAND, min_size=1, max_size=15))
def test_the_list_itself_shows_nobody_overtaken_more_often(rule, said):
    found = ids(rule, hands_of(said))
    for n, one in enumerate(found):
        assert sum(other > one for other in found[:n]) <= MOST


@few
@given(st.lists(HAND, max_size=15))
def test_arrival_is_arrival_points_of_order_too(said):
    assert ids(it.ARRIVAL, hands_of(said)) == [f"h{n:02}" for n in range(len(said))]


@few
@given(st.sampled_from(RULES), st.lists(HAND, min_size=1, max_size=10), st.integers(0, 9), st.integers(0, 12))
def test_who_was_put_somewhere_by_hand_stands_there(rule, said, who, place):
    who %= len(said)
    found = order(rule, hands_of(said, [(who, place)]), [])
    assert found[min(place, len(said) - 1)] == (f"h{who:02}", it.BY_HAND)


def test_two_who_were_put_to_the_same_place_stand_one_after_the_other():
    said = [(n, "", False, it.TURN) for n in range(4)]
    assert ids(it.ARRIVAL, hands_of(said, [(2, 0), (3, 0)])) == ["h02", "h03", "h00", "h01"]
    assert ids(it.ARRIVAL, hands_of(said, [(0, 9), (1, 9)])) == ["h02", "h03", "h01", "h00"]


def test_delegations_take_turns_and_a_question_is_not_charged_to_its_delegation():
    said = [(0, "a", False, it.TURN), (1, "a", False, it.TURN), (2, "b", False, it.TURN), (3, "a", False, it.TURN)]
    assert ids(it.DELEGATIONS, hands_of(said)) == ["h00", "h02", "h01", "h03"]
    a, b = hands_of([(8, "a", False, it.QUESTION), (9, "b", False, it.TURN)])
    later = [Hand(f"w{hand.id}", hand.seat, hand.group, hand.far, hand.kind, hand.at + 9) for hand in hands_of(said)]
    assert ids(it.DELEGATIONS, later, [spoke(a), spoke(b)])[0] == "wh00", "a asked only, b has spoken"


def test_who_speaks_for_themselves_is_no_delegation():
    said = [(0, "", False, it.TURN), (1, "a", False, it.TURN), (2, "a", False, it.TURN), (3, "", False, it.TURN)]
    assert ids(it.DELEGATIONS, hands_of(said)) == ["h00", "h01", "h03", "h02"]


def test_hall_and_far_away_take_turns():
    said = [(n, "", n in (3, 4), it.TURN) for n in range(5)]
    assert ids(it.CHANNELS, hands_of(said)) == ["h00", "h03", "h01", "h04", "h02"]


def test_who_has_not_spoken_yet_goes_first():
    said = [(0, "", False, it.TURN), (1, "", False, it.TURN)]
    history = [Spoken("before", "s0", "", False, it.TURN, -1, 60)]
    assert order(it.FIRST, hands_of(said), history) == [("h01", it.FIRST), ("h00", it.FIRST)]


def test_the_least_time_counts_the_delegation_then_the_person():
    said = [(0, "a", False, it.TURN), (1, "b", False, it.TURN), (2, "a", False, it.TURN)]
    history = [Spoken("x", "s0", "a", False, it.TURN, -2, 100), Spoken("y", "s9", "b", False, it.TURN, -1, 100)]
    assert ids(it.LEAST, hands_of(said), history)[:2] == ["h01", "h02"]


def test_replies_to_the_point_go_before_new_turns_and_the_reason_is_told():
    said = [(0, "", False, it.TURN), (1, "", False, it.QUESTION), (2, "", False, it.ANSWER), (3, "", False, it.ORDER),
            (4, "", False, it.QUESTION)]
    assert order(it.POINT, hands_of(said), []) == [
        ("h03", it.ORDER), ("h02", it.POINT), ("h01", it.POINT), ("h00", it.WAITED), ("h04", it.POINT)]
