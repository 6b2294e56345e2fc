"""Reads how a vote is set up from the form that opens it: its text, numbers, picked rules, yes and no, criteria."""
import re
from collections.abc import Mapping

from workshop.domain.errors import Refusal
from workshop.domain.kinds import Kind
from workshop.domain.shapes import Json
from workshop.pages.input.numbers import whole

WHOLE = re.compile(r"-\d+|\d{1,3}|\d{5,20}")  # a weight, or what only looks like one; four figures are a year


def read(form: Mapping[str, str], kind: Kind) -> Json:
    """Returns the settings that the form says, under '<kind>.<setting>'; what is empty is as usual. Refusals `bad_settings`,
    `bad_criteria`."""
    def said(name: str) -> str:
        return form.get(f"{kind.name}.{name}", "").strip()
    found: Json = {}
    for number in kind.numbers:
        if text := said(number.name):
            try:
                n = whole(text)
            except ValueError:
                n = -1
            if not number.least <= n <= number.most:
                raise Refusal("bad_settings")
            found[number.stored or number.name] = n
    found |= {pick.name: said(pick.name) for pick in kind.picks if said(pick.name)}
    found |= {switch.name: True for switch in kind.switches if said(switch.name)}
    if kind.text and said("text"):
        found["text"] = said("text").replace("\r\n", "\n")
    if kind.criteria and said("criteria"):
        found["criteria"] = criteria(said("criteria"), kind)
    return found


def criteria(text: str, kind: Kind) -> list[Json]:
    """Reads a criterion from each line, its weight after the last space where that is a number: 'Costo 3'. Refusal
    `bad_criteria`."""
    found: list[Json] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        title, _sep, last = line.rpartition(" ")
        weight = int(last) if title and WHOLE.fullmatch(last) else None
        found.append({"key": f"c{len(found) + 1}", "title": line if weight is None else title.strip(),
                      "weight": 1 if weight is None else weight} if weight is None or weight > 0 else {})
    rule = kind.criteria
    names = {one.get("title", "").casefold() for one in found}
    if rule is None or not rule.least <= len(found) <= rule.most or len(names) < len(found) or any(
            not one or one["weight"] > rule.heaviest for one in found):
        raise Refusal("bad_criteria", limit=rule.most if rule else 0)
    return found
