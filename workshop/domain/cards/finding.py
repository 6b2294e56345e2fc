"""Searches cards: which of those that somebody may see fit what they ask for."""
import re
import unicodedata
from collections.abc import Container
from dataclasses import dataclass

from workshop.domain.shapes import Card, Json

NUMBER = re.compile(r"(?:r(\d+)-)?0*(\d+)")


@dataclass(frozen=True)
class Wanted:
    """Holds what is asked; empty fields ask for nothing.

    `text`: words that all stand in the card, or its number ("12", "R2-012"); `room`: id; `axis`: id of the room's axis;
    `loose`: it waits for a place, where its board has places; `single`: in no group; `votes`: somebody voted on it.
    """

    text: str = ""
    delegation: str = ""
    channel: str = ""
    site: str = ""
    axis: str = ""
    room: str = ""
    mine: bool = False
    loose: bool = False
    single: bool = False
    votes: bool = False


def fold(text: str) -> str:
    """Folds the text: without accents, in lower case."""
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign)).casefold()


def fits(wanted: Wanted, card: Card, room: Json, voted: Container[str] = frozenset(),
         loose: Container[str] = frozenset(), groups: Container[str] = frozenset()) -> bool:
    """Tells whether an idea's card fits. Only what the card shows to its reader is compared: where names are hidden, asking
    for a delegation finds nothing. `room`: {id, number, axis}; ids: `voted` of cards with votes, `loose` of those without a
    place, `groups` of the groups that there are."""
    return ((not wanted.delegation or card.get("delegation") == wanted.delegation)
            and (not wanted.channel or card.get("channel") == wanted.channel)
            and (not wanted.site or card.get("site") == wanted.site)
            and (not wanted.axis or room["axis"] == wanted.axis) and (not wanted.room or room["id"] == wanted.room)
            and (not wanted.mine or "mine" in card) and (not wanted.loose or card["id"] in loose)
            and (not wanted.single or card.get("group") not in groups)
            and (not wanted.votes or card["id"] in voted) and _says(wanted.text, card, room))


def _says(text: str, card: Card, room: Json) -> bool:
    asked = fold(text).split()
    if not asked:
        return True
    if len(asked) == 1 and (number := NUMBER.fullmatch(asked[0])) and int(number[2]) == card.get("number"):
        home = card.get("home") or room["number"]
        if number[1] is None or int(number[1]) == home:
            return True
    body = card["body"]
    said = [body.get("title") or "", body["text"], card.get("name") or "", *(body.get("fields") or {}).values()]
    words = fold("\n".join(said))
    return all(word in words for word in asked)
