"""Finds names that look like another's, over all names of a workshop, for its facilitators' page only.

Two names look alike when they have the same skeleton: without accents, case, spaces and signs, and with each letter replaced
by the Latin one that it could be taken for (the idea and most of the table are those of Unicode Technical Standard 39).
"""
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass, field

# Latin letter: letters of other scripts, and other signs, that are taken for it at a glance.
TAKEN_FOR = {
    "a": "ɑΑαАаᎪꓮ4@ª", "b": "ƄΒВвЬьᏏᏴꓐꞴß8", "c": "ϲϹСсᏟᴄⲤⲥꓚꮯ¢©", "d": "ԁᎠᏧꓒꓓđðÐ", "e": "ΕεЕеҽᎬ℮ꓰꬲ3€Ээ",
    "f": "ϜքẝꓝꞘꞙꬵƒ", "g": "ƍɡԌցᏀᏳᶃꓖ9", "h": "ΗНнһհᎻᏂⲎꓧħ", "i": "ı!¡ɩɪιΙіІӏӀᎥꙇꭵ¦", "j": "ͿϳЈјᎫꓙꞲ", "k": "ΚκКкᏦⲔꓗĸ",
    "l": "1|ƖǀᏞⲒⳐꓡꓲłʟ", "m": "ΜϺМмᎷⲘꓟᴍ", "n": "ΝηոռⲚꓠɴПп", "o": "0ΟοσОоՕօᴏᴑⲞⲟꓳꬽøºΘθ", "p": "ΡρϱРрᏢⲢⲣꓑþ",
    "q": "ԛգզ", "r": "ƦгГᎡᏒᴦⲅꓣꭇꭈꮁʀ®Яя", "s": "5$ƽЅѕՏᏕᏚꓢꜱꮪ", "t": "7ΤτТтᎢⲦꓔ†+ŧ", "u": "ʋυՍսᴜꓴꞟꭎꭒµμИи", "v": "νѴѵᏙᴠꓦꮩ",
    "w": "ɯѡԜԝաᎳᏔᴡꓪꮃωШш", "x": "ΧχХхⲬꓫꞳ×", "y": "ɣʏΥγϒУуҮүᎩᎽᶌỿⲨꓬꭚ¥", "z": "ΖᏃᴢꓜꮓ2"}
LETTERS = str.maketrans({sign: letter for letter, signs in TAKEN_FOR.items() for sign in signs})
TOGETHER = (("rn", "m"), ("vv", "w"))  # two letters that are taken for one
HIDDEN_CAPITAL = re.compile(r"(?<=[^\W\d_])I(?=[a-zà-ÿ])")  # FaciIitadora: between letters that are small
# What people call themselves who want to be taken for the facilitator: Spanish, French, English, Quechua, Aymara.
LEADING = (
    "facilitad", "facilitac", "facilitat", "animateur", "animatric", "moderad", "moderat", "organizad", "organizac",
    "organisat", "coordinacion", "coordinateur", "administrad", "administrat", "administrac", "relator", "relatrice",
    "rapporteur", "tinkuy", "soporte", "yanapaqkuna", "umalliqkuna", "pusaqkuna", "irpirinaka", "p'iqinchirinaka")
WHOLE = frozenset((  # only where the name is nothing else
    "equipo", "equipe", "team", "staff", "admin", "host", "anfitrion", "anfitriona", "animacion", "organizacion", "plenaria",
    "umalliq", "pusaq", "yanapaq", "irpiri", "piqinchiri"))

STAFF, LEADS, OTHER, SAME = "staff", "leads", "other", "same"


def plain(name: str) -> str:
    """Reduces the name to how people say it: without accents, case, signs and spaces."""
    flat = unicodedata.normalize("NFKD", name).casefold()
    return "".join(sign for sign in flat if sign.isalnum())


def skeleton(name: str) -> str:
    """Reduces a name to what it looks like at a glance; '' for one without letters. A number that stands alone is a number:
    group 1 and group l are not the matter."""
    words = unicodedata.normalize("NFKD", HIDDEN_CAPITAL.sub("l", name)).split()
    return _together("".join(_letters(word) if any(map(str.isalpha, word)) else word for word in words))


def _letters(text: str) -> str:
    flat = "".join(sign for sign in text if not unicodedata.combining(sign))
    return flat.translate(LETTERS).casefold().translate(LETTERS)


def _together(flat: str) -> str:
    flat = "".join(sign for sign in flat if sign.isalnum())
    for several, one in TOGETHER:
        flat = flat.replace(several, one)
    return flat


def _coarse(name: str) -> str:
    """Reduces further, for the few names of the staff: i and l are one letter, and every figure is one."""
    return _together(_letters(unicodedata.normalize("NFKD", name))).replace("l", "i")


COARSE_LEADING = tuple(_coarse(word) for word in LEADING)
COARSE_WHOLE = frozenset(map(_coarse, WHOLE))


@dataclass(frozen=True)
class Named:
    """Describes a person of the workshop: the seat's id, its name, its delegation."""

    id: str
    name: str
    delegation: str | None = None


@dataclass
class Told:
    """Holds what is told of one seat.

    sort      STAFF: looks like `of`, who is on the team; LEADS: calls itself as who leads does; OTHER: is written so that it
              looks like `of`, another participant; SAME: the very name of others of the same delegation, `of` how many
    """

    sort: str
    of: list[str] = field(default_factory=list)


def look(seats: list[Named], staff: list[str]) -> dict[str, Told]:
    """Finds {seat id: what is told of it}, in the order of `seats`; nothing of names that are only common.

    Of two participants who look alike, the later one is reported.
    """
    team = {_coarse(name): name for name in staff if _coarse(name)}
    found: dict[str, Told] = {}
    first: dict[str, dict[str, Named]] = defaultdict(dict)  # skeleton -> plain name -> who had it first
    same: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for seat in seats:
        bones, said = skeleton(seat.name), plain(seat.name)
        same[said, seat.delegation].append(seat.id)
        if (of := _of_the_team(seat.name, team)) is not None:
            found[seat.id] = of
        elif bones and (others := [one.name for key, one in first[bones].items() if key != said]):
            found[seat.id] = Told(OTHER, others)
        first[bones].setdefault(said, seat)
    for (said, _delegation), ids in same.items():
        for one in ids if said and len(ids) > 1 else ():
            found.setdefault(one, Told(SAME, [str(len(ids))]))
    return {seat.id: found[seat.id] for seat in seats if seat.id in found}


def _of_the_team(name: str, team: dict[str, str]) -> Told | None:
    looks = _coarse(name)
    if not looks:
        return None
    if looks in team:
        return Told(STAFF, [team[looks]])
    held = next((one for key, one in team.items() if len(key) > 5 and " " in one.strip() and key in looks), None)
    if held:  # "Elena Quispe (equipo)"
        return Told(STAFF, [held])
    if looks in COARSE_WHOLE or any(word in looks for word in COARSE_LEADING):
        return Told(LEADS)
    return None
