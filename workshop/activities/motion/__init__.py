"""Defines the vote motion: a text that is put to the vote, for, against or an abstention, under a quorum and a rule of
majority that are chosen before. A second call is the next round, with a quorum of its own.
"""
from workshop.activities.motion import law, report, rules
from workshop.activities.motion.words import WORDS
from workshop.domain.kinds import Example, Kind, Mark, Number, Pick
from workshop.words import N_

KIND = Kind(
    name="motion",
    title=N_("Motion"),
    ballot='`{"motion": "for", "against" or "abstain"}`',
    tally="`items: {motion: {counts: {answer: votes}, delegations}}, call, present, represented, could, proxies?, "
          "needed, carried` (0, 1)`, quorum?, met?`",
    numbers=(Number("quorum", N_("Quorum: how many must be present or represented"), N_("quorum {n}"), None, 1, 5000,
                    needed=False, empty=N_("none")),
             Number("quorum_share", N_("Quorum as percent of those who may vote"), N_("quorum {n} % of those who may vote"),
                    None, 1, 100, needed=False, empty=N_("none")),
             Number("quorum_second", N_("Quorum at the second call"), N_("at the second call quorum {n}"), None, 1, 5000,
                    needed=False, empty=N_("none")),
             Number("quorum_share_second", N_("Quorum at the second call, in percent"),
                    N_("at the second call quorum {n} %"), None, 1, 100, needed=False, empty=N_("none")),
             Number("present", N_("Present, as counted at the door (empty: those who are connected)"),
                    N_("{n} present, counted at the door"), None, 1, 5000, needed=False,
                    empty=N_("those who are connected"), late=True)),
    picks=(Pick("majority", N_("Majority"), law.RULES),),
    consistent=rules.consistent,
    quorum=True,
    settle=law.settle,
    terms=report.terms,
    text=4000,
    stands=frozenset(),
    mark=Mark(("+", "−", "0"), ((0,),), all=True, tones=(2, 0, 5)),
    words=WORDS,
    settings={"source": None, "reveal": "live", "majority": "more"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    hands=report.hands,
    sample={"ballot.cast": {"choices": {"motion": "for"}}},
    example=Example(
        ballots=(({"motion": "for"}, "sur"), ({"motion": "against"}, "norte"), ({"motion": "for"}, None),
                 ({"motion": "abstain"}, "sur")),
        tally={"items": {"motion": {"counts": {"for": 2, "against": 1, "abstain": 1}, "delegations": 2}}},
        rows=(("motion", (2, 1, 1, 2)),),
        refused=({"motion": "yes"}, {"motion": 1}, {"a": "for"}, {"motion": ["for"]}, {"motion": True},
                 {"motion": "for", "b": "for"})),
)
