"""Tells a word cloud in the report: the words with how many people wrote them."""
from workshop.activities.options import voters
from workshop.domain.kinds import Result
from workshop.domain.ranking import ranked
from workshop.domain.shapes import Settings, Tally
from workshop.words import _, count

SHOWN = 200  # lines; of more the report says how many there are


def result(settings: Settings, tally: Tally) -> Result:
    """Lists the words, what most people wrote first; of equals by the alphabet."""
    items = dict(sorted(tally["items"].items(), key=lambda one: (-one[1]["seats"], one[0].casefold(), one[0])))
    found = ranked(items, [voters(settings), _("Delegations they are from")], lambda one: (one["seats"], one["delegations"]),
                   words={text: text for text in items})
    more = len(found.rows) - SHOWN
    return Result(found.headings, found.rows[:SHOWN], "cloud",
                  said=count("{n} more has been written.", "{n} more have been written.", more) if more > 0 else "",
                  common=frozenset(text for text, one in items.items() if one.get("common")))
