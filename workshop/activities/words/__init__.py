"""Defines the vote words: each person writes a few words or short phrases, and what many wrote is told by how often."""
from workshop.activities.words import report, rules
from workshop.activities.words.words import WORDS
from workshop.domain.kinds import Example, Kind, Mark, Number
from workshop.words import N_

KIND = Kind(
    name="words",
    title=N_("Word cloud"),
    ballot='`{"words": [texts]}`, at most `settings.most`, each of at most 60 characters and no two alike',
    tally="`items: {words as most people wrote them: {seats, delegations, common?}}`; `common`: 1 where it is nothing but "
          "words that every sentence has",
    numbers=(Number("most", N_("Words that each person may write"), N_("up to {n} each"), 3, 1, 10),),
    stands=frozenset(),
    mark=Mark(("abc", "a", "ab"), ((0,), (1,)), all=True),
    words=WORDS,
    settings={"source": None, "most": 3, "reveal": "live", "title": {
        "es": "En pocas palabras", "fr": "En quelques mots", "en": "In a few words"}},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    sample={"ballot.cast": {"choices": {"words": ["agua limpia"]}}},
    example=Example(
        ballots=(({"words": ["Agua", "la tierra"]}, "sur"), ({"words": ["agua"]}, "sur"), ({"words": ["el agua"]}, None),
                 ({"words": ["Águas", "de la"]}, "norte"), ({"words": ["agua"]}, "norte")),
        tally={"items": {"agua": {"seats": 5, "delegations": 2}, "la tierra": {"seats": 1, "delegations": 1},
                         "de la": {"seats": 1, "delegations": 1, "common": 1}}},
        rows=(("agua", (5, 2)), ("de la", (1, 1)), ("la tierra", (1, 1))),
        refused=({"words": "agua"}, {"words": ["a", "b", "c", "d"]}, {"words": ["agua", "AGUAS"]}, {"words": ["x" * 61]},
                 {"words": [""]}, {"words": [1]}, {"words": [True]}, {"a": ["agua"]}, {"words": {"agua": 1}})),
)
