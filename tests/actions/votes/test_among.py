"""What one may choose is the same whether the board is read for it or only the cards of the ballot."""
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support import cast
from workshop.house import utc_now
from workshop.store.models import Activity, Contribution, Stream
from workshop.store.visibility import vote_targets

NAMES = [f"card-{i:05}" for i in range(12)]
CARD = st.fixed_dictionaries({
    "kind": st.sampled_from(("idea", "idea", "idea", "group", "comment")),
    "line": st.sampled_from(("room", "room", "mine", "others")),
    "elsewhere": st.sampled_from((False, False, False, True)),
    "hidden": st.booleans(), "withdrawn": st.booleans(),
    "group": st.sampled_from((None, None, *NAMES[:4])), "merged": st.sampled_from((None, None, None, *NAMES[:3])),
    "row": st.sampled_from((None, "r1", "r2", "r3"))})


@settings(max_examples=40)
@given(cards=st.lists(CARD, min_size=4, max_size=12), per=st.sampled_from(("card", "group", "row")))
def test_the_cards_of_a_ballot_are_found_as_those_of_the_board_are(tmp_path_factory, cards, per):
    app = cast.app(tmp_path_factory.mktemp("data"))
    store, meeting = app.extensions["house"].store, cast.found(app)
    ids, other = (cast.activities(app, meeting["rooms"][i]) for i in (0, 1))
    with store.pen.hold() as session:
        vote = session.get_one(Activity, ids["dots"])
        lines = {"room": vote.stream_id, "mine": "line-mine", "others": "line-others"}
        session.add_all([Stream(id="line-mine"), Stream(id="line-others")])
        board = session.get_one(Activity, ids["ideas"])
        board.settings = board.settings | {"rows": [{"key": "r1", "title": "Uno"}]}
        vote.settings = vote.settings | ({} if per == "card" else {"per": per})
        session.flush()
        now = utc_now()
        for key, card in zip(NAMES, cards, strict=False):
            session.add(Contribution(
                id=key, activity_id=other["ideas"] if card["elsewhere"] else board.id, stream_id=lines[card["line"]],
                kind=card["kind"], body={"text": key}, place={"row": card["row"]} if card["row"] else {}, created_at=now,
                hidden_at=now if card["hidden"] else None, withdrawn_at=now if card["withdrawn"] else None,
                group_id=card["group"], merged_into=None if card["merged"] == key else card["merged"]))
        session.flush()
        follows = {lines["room"], lines["mine"]}
        every = {*NAMES, "r1", "r2", "r3", "no", "never-there", "with'quote--", "\ud800" * 9}
        there = vote_targets.candidates(session, vote, follows)
        assert vote_targets.among(session, vote, lambda: follows, every) == there & every
        for key in every:
            assert vote_targets.among(session, vote, lambda: follows, {key}) == there & {key}
    store.close()
