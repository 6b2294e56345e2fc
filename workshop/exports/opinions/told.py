"""Tells opinion groups in words, and draws them as a map: what each holds, what all share, what separates them, and what
bridges the delegations."""
from collections.abc import Callable
from dataclasses import dataclass

from workshop.domain.opinions import drawing, standing
from workshop.domain.opinions.drawing import Shape
from workshop.domain.shapes import Json
from workshop.words import _, count
from workshop.words.opinions import named, summary

Called = Callable[[str], str]  # what a statement says; '' where it is not shown any more


@dataclass
class Statement:
    """Holds a statement and, of each group, how many of those who have seen it hold it: [(letter, n, of)]. `against`:
    whether they disagree."""

    what: str
    against: bool
    each: list[tuple[str, int, int]]

    @property
    def figures(self) -> list[str]:
        """Lists 'A 13 of 14' of each group."""
        return [f"{letter} {_('{n} of {all}', n=n, all=of)}" for letter, n, of in self.each]


@dataclass
class Camp:
    """Holds a group: its letter, its people, and sentences on what it holds more than the others."""

    letter: str
    n: int
    said: list[str]

    @property
    def title(self) -> str:
        """Names it: 'Group A, 14 people'."""
        name = named(self.letter, self.n)
        return name[:1].upper() + name[1:]


@dataclass
class Alike:
    """Holds the groups of a vote. `people`: in them; `few`: who have answered too little for one; `map`: what is drawn, and
    `filled`: the statement whose answers its dots have."""

    people: int
    few: int
    camps: list[Camp]
    shared: list[Statement]
    apart: list[Statement]
    map: list[Shape]
    filled: Statement | None

    @property
    def said(self) -> str:
        """Says which groups there are."""
        return summary([(camp.letter, camp.n) for camp in self.camps])

    @property
    def left(self) -> str:
        """Says of how many it is not told; '' for none."""
        return count("{n} person more has answered too little to be in a group.",
                     "{n} people more have answered too little to be in a group.", self.few) if self.few else ""

    @property
    def rule(self) -> str:
        """Says by what rule statements are ordered."""
        return _("In the order of the group-informed consensus: the product, over the groups, of (those who agree + 1) / "
                 "(those who have seen it + 2); whoever passed has seen it.")


def alike(told: Json | None, called: Called) -> Alike | None:
    """Returns what is told of the groups; None where nothing is."""
    if not told:
        return None

    def statement(card: str, way: int) -> Statement | None:
        what = called(card)
        each = [(group["letter"], count[way], sum(count)) for group, count in zip(
            told["groups"], told["counts"][card], strict=True)]
        return Statement(what, way == 1, each) if what else None

    shared = [one for card, way in told["shared"] if (one := statement(card, way))]
    apart = [(card, one) for card in told["apart"] if (one := statement(card, 0))]
    camps = [Camp(group["letter"], group["n"], [
        _holds(one, n) for card, way in told["typical"][n] if (one := statement(card, way))])
        for n, group in enumerate(told["groups"])]
    card, filled = apart[0] if apart else ("", None)
    return Alike(told["people"], told["few"], camps, shared, [one for _card, one in apart], drawing.drawn(told, card),
                 filled)


def _holds(one: Statement, place: int) -> str:
    """Says what a group holds and how many of the others do."""
    n, of = one.each[place][1:]
    others = [(m, rest) for at, (_letter, m, rest) in enumerate(one.each) if at != place]
    m, rest = sum(m for m, _rest in others), sum(rest for _m, rest in others)
    said = {"n": n, "all": of, "what": one.what, "m": m, "rest": rest}
    return _("{n} of {all} disagree with “{what}”; of the others, {m} of {rest}.", **said) if one.against else _(
        "{n} of {all} agree with “{what}”; of the others, {m} of {rest}.", **said)


def bridges(told: Json, called: Called) -> list[tuple[str, str]]:
    """Lists (statement, how many delegations) of what bridges the delegations (actions/votes/parts.py); of how many is not
    said where that would tell what few people answered."""
    found = []
    for card in told.get("bridges", ()):
        n = told["lean"].get(card, {}).get("0")
        if what := called(card):
            found.append((what, count("{k} of {n} delegation", "{k} of {n} delegations", told["of"], k=n) if n
                          else _("more than half of the delegations")))
    return found


def why_none(alike: bool, secret: bool, per_delegation: bool, possible: bool, waits: bool) -> str:
    """Says why no groups are told of; '' where none are looked for in such a vote."""
    if not alike:
        return ""
    if secret:
        return _("In a secret vote nobody can know who answers alike: no groups are looked for.")
    if per_delegation:
        return _("Delegations vote here, not persons: no groups of persons are looked for.")
    if waits:
        return _("Who answers alike is told when the vote is over: in an anonymous workshop nobody is to see how groups "
                 "change with one answer.")
    if not possible:
        return _("Who answers alike cannot be found on this server: numpy is not installed (the extra “groups”). What the "
                 "delegations share is told without it.")
    return _("No groups of people who answer alike are told of yet: each must have {least} people at least who have "
             "answered {enough} of the cards, or all where there are fewer.", least=standing.LEAST, enough=standing.ENOUGH)
