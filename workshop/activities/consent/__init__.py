"""Defines the vote consent: yes, yes with a reservation, or no to each card. It counts; what follows from it the group says.

Whoever does not simply say yes is asked for the reason, and for the change that would lift it.
"""
from workshop.activities.consent import report, rules
from workshop.activities.consent.words import WORDS
from workshop.domain.kinds import Example, Kind, Mark, Options
from workshop.words import N_

OPTIONS = Options(1, 20, {
    "si": ("Sí", "Oui", "Yes"),
    "con_reserva": ("Sí, con reserva", "Oui, avec réserve", "Yes, with a reservation"),
    "no": ("No", "Non", "No")})
KIND = Kind(
    name="consent",
    title=N_("Consent"),
    ballot="`{idea: key of one of settings.options}`, or, of any but the first, `{idea: {is: key, why?, change?}}`: the "
           "reason, and the change that would lift it, of at most 200 characters each; with `settings.per` = `room` "
           "`{room: …}`",
    tally="`items: {idea: {counts: {key: people}, seats, delegations, reasons?: {key: {why: {change: people}}}, more?}}`, "
          "of the room `items: {key: {seats, delegations, reasons?, more?}}`; 20 of the reasons, those that most gave "
          "first, and how many `more`; where nobody is to know who is who, they go to staff alone",
    options=OPTIONS,
    stands=frozenset({"room", "card", "group"}),
    usual="card",
    mark=Mark(("✓", "~", "✕"), ((0,), (1,), (0,), (2,)), all=True, tones=(2, 6, 0)),
    words=WORDS,
    settings={"source": None, "reveal": "live", "options": OPTIONS.settings()},
    verbs=frozenset({"ballot.cast"}),
    rules=rules,
    report=report,
    votes=True,
    typed=rules.typed,
    written="reasons",
    shortened=rules.shortened,
    hands=report.hands,
    sample={"ballot.cast": {"choices": {"*": "con_reserva"}}},
    example=Example(
        ballots=(({"a": "si"}, "sur"),
                 ({"a": {"is": "no", "why": "Falta agua", "change": "Un canal"}, "b": "con_reserva"}, "sur")),
        tally={"items": {"a": {"counts": {"si": 1, "no": 1}, "seats": 2, "delegations": 1,
                               "reasons": {"no": {"Falta agua": {"Un canal": 1}}}},
                         "b": {"counts": {"con_reserva": 1}, "seats": 1, "delegations": 1}}},
        rows=(("a", (1, 0, 1, 1)), ("b", (0, 1, 0, 1))),
        refused=({"a": "tal vez"}, {"a": 1}, {"z": "si"}, {"a": {"is": "si", "why": "Porque sí"}},
                 {"a": {"is": "no", "why": "x" * 201}}, {"a": {"is": "no", "why": 1}}, {"a": {"why": "Falta agua"}},
                 {"a": {"is": "no", "who": "Rosa"}}, {"a": {"is": ["no"]}})),
)
