"""Cleans names: of people, groups, rooms, delegations, workshops; and finds what is no name."""
import unicodedata

from workshop.domain.errors import Refusal
from workshop.domain.limits import BLANK, NAME, clean_text, is_invisible

# The sign that the program puts before what the facilitators wrote, where there are only letters to show it with (files).
# No typed name holds it, nor one that could be taken for it.
STAFF_MARK = "◆"
LIKE_THE_MARK = "◆◇◈♦❖⬥⬦⬧⯁⯅🔶🔷🔸🔹💠"

# they change the direction of what stands around a name
BIDI = {0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)}
JOINERS = {0x200C, 0x200D}  # Persian, Indic scripts and emoji are written with them
SELECTORS = {*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), *range(0x180B, 0x180E), 0x180F}
TAGS = {*range(0xE0000, 0xE0080)}
EMOJI_STYLE = 0xFE0F
MARKS_ON_A_LETTER = 3  # more accents than that on one letter hide what stands above and below


def clean_name(text: str, most: int = NAME) -> str:
    """Cleans a name for storage on one line: NFC, at most `most` characters; '' where nothing of it can be seen.

    Characters that turn the direction of what stands around, that take no room or that look like the staff's mark are left
    out; joiners stay where they join, between letters of scripts that need them and between emoji.
    """
    kept: list[str] = []
    for sign in " ".join(clean_text(text).split()):
        if _is_kept(sign, kept):
            kept.append(sign)
    name = " ".join("".join(sign for i, sign in enumerate(kept) if _joins(kept, i)).split())
    name = unicodedata.normalize("NFC", name)[:most].strip()
    return "" if is_invisible(name) else name.rstrip("\u200c\u200d")


def typed_name(text: str, most: int = NAME) -> str:
    """Cleans what somebody fills in: refused with `too_long` where `clean_name` would cut it."""
    name = clean_name(text, max(most, len(text)))
    if len(name) > most:
        raise Refusal("too_long", limit=most, length=len(name))
    return name


def _is_kept(sign: str, before: list[str]) -> bool:
    code, last = ord(sign), before[-1] if before else ""
    if code in SELECTORS:
        return code == EMOJI_STYLE and unicodedata.category(last or " ") in ("So", "Sk", "Po", "Nd", "Sm")
    if code in BIDI or code in TAGS or code in BLANK or sign in LIKE_THE_MARK:
        return False
    if unicodedata.category(sign) == "Cf":
        return code in JOINERS and bool(last) and ord(last) not in JOINERS
    if unicodedata.category(sign) in ("Mn", "Me"):
        before_it = before[-MARKS_ON_A_LETTER:]
        return bool(last) and last != " " and not (len(before_it) == MARKS_ON_A_LETTER and all(
            unicodedata.category(one) in ("Mn", "Me") for one in before_it))
    return True


def _joins(signs: list[str], at: int) -> bool:
    """Tells whether the sign is no joiner, or one between two signs that such scripts and emoji are made of."""
    if ord(signs[at]) not in JOINERS:
        return True
    around = signs[at - 1], signs[at + 1] if at + 1 < len(signs) else ""
    return all(sign and not sign.isascii() and not _is_latin(sign) and not sign.isspace() for sign in around)


def _is_latin(sign: str) -> bool:
    """Tells whether joiners mean nothing beside this letter."""
    return unicodedata.name(sign, "").startswith(("LATIN", "CYRILLIC", "GREEK"))
