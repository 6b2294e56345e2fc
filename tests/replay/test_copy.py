"""The copy that a simulated device keeps follows the same rules as a screen's."""
from workshop.replay.client.copy import Copy


def frame(was: int, now: int, *cards: dict, epoch: str = "e") -> dict:
    return {"stream": "s", "epoch": epoch, "was": was, "now": now, "cards": list(cards)}


def idea(seq: int, key: str = "a", **more) -> dict:
    return {"id": key, "seq": seq, "kind": "idea"} | more


def test_a_frame_that_leaves_a_gap_does_not_move_the_cursor_but_its_cards_count():
    copy = Copy()
    copy.keep(frame(0, 2, idea(2)))
    assert copy.keep(frame(3, 4, idea(4, "b"))) == (False, ["b"])
    assert copy.cursors == {"s": ["e", 2]}
    assert copy.keep(frame(2, 4, idea(3, "c"), idea(4, "b"))) == (True, ["c"])
    assert copy.cursors == {"s": ["e", 4]}


def test_a_tombstone_stays_when_an_older_frame_comes_late():
    copy = Copy()
    copy.keep(frame(0, 2, idea(2)))
    copy.keep(frame(2, 3, {"id": "a", "seq": 3, "gone": True}))
    assert copy.keep(frame(0, 2, idea(2))) == (True, [])
    assert copy.shown() == {}


def test_a_frame_from_the_beginning_is_everything():
    copy = Copy()
    copy.keep(frame(0, 3, idea(2), idea(3, "b")))
    copy.keep(frame(0, 4, idea(4, "b")))
    assert copy.shown().keys() == {"b"}


def test_after_a_restored_database_lower_numbers_replace_higher_ones():
    copy = Copy()
    copy.keep(frame(0, 9, idea(9, text="nueva")))
    assert copy.keep(frame(8, 9, idea(9), epoch="f")) == (False, [])
    copy.keep(frame(0, 3, idea(3, text="vieja"), epoch="f"))
    assert copy.shown()["a"]["text"] == "vieja"
    assert copy.cursors == {"s": ["f", 3]}


def test_my_own_seat_stays_when_the_room_hears_that_its_hand_is_down():
    copy = Copy()
    copy.put({"id": "me", "seq": 2, "kind": "seat", "mine": "rosa", "name": "Rosa", "hand": "now"}, "s")
    copy.keep(frame(0, 3, {"id": "me", "seq": 3, "gone": True}))
    assert copy.shown()["me"] == {"id": "me", "seq": 3, "kind": "seat", "mine": "rosa", "name": "Rosa", "hand": None}


def test_what_is_mine_stays_mine_when_the_room_is_told():
    copy = Copy()
    copy.put(idea(2, mine="rosa"), "s")
    copy.keep(frame(0, 3, idea(3)))
    assert copy.shown()["a"]["mine"] == "rosa"
    assert "mine" not in copy.common()["a"]


def test_an_answer_below_the_cursor_comes_from_an_older_store_and_a_late_snapshot_does_not():
    copy = Copy()
    copy.keep(frame(0, 9, idea(9), idea(8, "b")))
    copy.keep(frame(0, 5, idea(5, "b")))
    assert not copy.restored and copy.cursors == {"s": ["e", 9]}
    copy.keep(frame(0, 5, idea(4), idea(5, "b")), 9)
    assert copy.restored and copy.cursors == {"s": ["e", 5]} and copy.cards["a"]["seq"] == 4
