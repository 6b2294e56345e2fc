"""Defines the vote budget: which things, each with its cost, are to be paid from one sum.

It comes to two results side by side: the plain majority, and the method of equal shares, which gives each voter the same
part of the sum to pay for what they approve (domain/budgets/).
"""
import secrets

from workshop.activities.budget import report, rules
from workshop.activities.budget.words import WORDS
from workshop.domain.kinds import Example, Kind, Mark, Number, Options, Switch
from workshop.domain.limits import MONEY
from workshop.words import N_

KIND = Kind(
    name="budget",
    title=N_("Budget"),
    ballot="`{key of one of settings.options: 1}`; at most `settings.most`, where there is one; with `settings.within` "
           "their costs fit into `settings.total`",
    tally="`items: {key: {seats, delegations}}, sides?: {votes, shares: {chosen: {key: its turn}, left, nothing?, lots?, "
          "added?, units?, step?, short?: {key: seats}}}` once it is over",
    numbers=(Number("total", N_("The sum"), N_("{n} in all"), None, 1, MONEY),
             Number("most", N_("Things that each person may choose"), N_("up to {n} each"), None, 1, 200, needed=False)),
    options=Options(2, 200, instead=True, costs=True),
    switches=(Switch("within", N_("What each person chooses must fit into the sum"),
                     N_("what each chooses fits into the sum")),
              Switch("alike", N_("In equal shares each thing is worth the same, whatever it costs"),
                     N_("in equal shares each thing is worth the same"))),
    stands=frozenset(),
    mark=Mark(("⊞",), ((0,),)),
    chosen=False,
    words=WORDS,
    settings={"source": None, "options": [], "total": 0, "currency": "", "reveal": "live"},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    begins=lambda settings: {"seed": secrets.token_hex(8)},
    complete=rules.complete,
    sample={"ballot.cast": {"choices": {}}},
    example=Example(
        ballots=(({"a": 1, "b": 1}, "sur"), ({"a": 1}, "norte"), ({}, None)),
        tally={"items": {"a": {"seats": 2, "delegations": 2}, "b": {"seats": 1, "delegations": 1}}},
        rows=(("a", (2, 0, None, None, 2)), ("b", (1, 0, None, None, 1))),
        refused=({"a": 2}, {"z": 1}, {"a": True}, {"+": "otra"})),
)
