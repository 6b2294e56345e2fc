"""Checks and counts the ballots of a word cloud. The words stand under WORDS, for they are about no card."""
from collections.abc import Collection

from workshop.activities.same_words import clean, is_common, plain, together
from workshop.domain.errors import Refusal
from workshop.domain.shapes import Ballots, Choices, Json, Settings

WORDS = "words"
LONGEST = 60  # characters of a word or phrase


def check(settings: Settings, choices: Choices, cards: Collection[str]) -> Json:
    """Returns the ballot {WORDS: texts}, {} for none, or Refusal `bad_choice`, `too_long`, `over_words`, `same_words`."""
    said = choices.get(WORDS, [])
    if choices.keys() - {WORDS} or not isinstance(said, list):
        raise Refusal("bad_choice")
    if len(said) > settings["most"]:
        raise Refusal("over_words", limit=settings["most"], asked=len(said))
    texts = [clean(one, LONGEST) for one in said]
    if len({plain(one) for one in texts}) < len(texts):
        raise Refusal("same_words")
    return {WORDS: texts} if texts else {}


def summarise(ballots: Ballots[list[str]]) -> Json:
    """Returns {items: {words as most wrote them: {seats, delegations, common?}}} of (choices, delegation id) pairs."""
    items = together((text, delegation) for choices, delegation in ballots for text in choices.get(WORDS, ()))
    return {"items": {text: one | ({"common": 1} if is_common(text) else {}) for text, one in items.items()}}
