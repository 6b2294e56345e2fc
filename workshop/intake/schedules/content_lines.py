"""Puts the lines of an iCalendar file together and takes them apart: names, parameters, values; also those badly folded."""
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

NAME = re.compile(r"([A-Za-z][A-Za-z0-9-]{1,60})[ \t]*(?=[;:])")
OWN = frozenset({
    "ACTION", "ATTACH", "ATTENDEE", "BEGIN", "CALSCALE", "CATEGORIES", "CLASS", "COLOR", "COMMENT", "COMPLETED",
    "CONFERENCE", "CONTACT", "CREATED", "DESCRIPTION", "DTEND", "DTSTAMP", "DTSTART", "DUE", "DURATION", "END",
    "EXDATE", "EXRULE", "FREEBUSY", "GEO", "IMAGE", "LAST-MODIFIED", "LOCATION", "METHOD", "NAME", "ORGANIZER",
    "PERCENT-COMPLETE", "PRIORITY", "PRODID", "RDATE", "RECURRENCE-ID", "REFRESH-INTERVAL", "RELATED-TO", "REPEAT",
    "REQUEST-STATUS", "RESOURCES", "RRULE", "SEQUENCE", "SOURCE", "STATUS", "SUMMARY", "TRANSP", "TRIGGER", "TZID",
    "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "TZURL", "UID", "URL", "VERSION", "VTIMEZONE"})
ESCAPED = re.compile(r"\\([\\;,nN])")
LONGEST = 200_000  # characters of a property
BYTES = 75  # of a line, as the standard has it


@dataclass
class Line:
    """Holds a property: `value` as it stands; `broken`: something that was no line of its own was put to its end."""

    name: str
    value: str
    params: dict[str, str] = field(default_factory=dict)
    number: int = 0
    broken: bool = False


def lines(text: str) -> Iterator[Line]:
    """Gives the properties in their order. What stands on a line and is no property belongs to the one before it."""
    found: Line | None = None
    parts: list[str] = []
    for number, said in enumerate(text.split("\n"), 1):
        begins = NAME.match(said)
        if begins and _is_own(begins[1]):
            if found:
                yield _whole(found, parts)
            found, parts = Line(begins[1].upper(), "", number=number), [said]
        elif found and said[:1] in (" ", "\t"):
            parts.append(said[1:])
        elif found and said.strip():
            found.broken = True
            parts.append(f"\\n{said}" if found.name in ("DESCRIPTION", "COMMENT") else f" {said}")
    if found:
        yield _whole(found, parts)


def long_lines(text: str) -> int:
    """Counts the lines that are longer than they may be."""
    return sum(len(one) > BYTES or len(one.encode("utf-8", "replace")) > BYTES for one in text.split("\n"))


def plain(value: str) -> str:
    """Returns the text that a value says."""
    return ESCAPED.sub(lambda sign: "\n" if sign[1] in "nN" else sign[1], value)


def _is_own(name: str) -> bool:
    """Tells a property's name from a word of a text that was badly folded: 'Note: bring a pen'."""
    return name.upper() in OWN or name.upper().startswith("X-") or (name.isupper() and "-" in name)


def _whole(found: Line, parts: list[str]) -> Line:
    said = "".join(parts)[:LONGEST]
    at = _colon(said)
    head, found.value = said[:at], said[at + 1:]
    for part in _split(head)[1:]:
        name, _equals, value = part.partition("=")
        found.params[name.strip().upper()] = value.strip().strip('"')
    return found


def _colon(said: str) -> int:
    """Returns where the value begins: the first colon that stands in no quotation, or the first of all."""
    quoted = False
    for at, sign in enumerate(said[:2000]):
        if sign == '"':
            quoted = not quoted
        elif sign == ":" and not quoted:
            return at
    return said.find(":") if ":" in said else len(said)


def _split(head: str) -> list[str]:
    parts, quoted = [""], False
    for sign in head[:2000]:
        quoted = quoted != (sign == '"')
        if sign == ";" and not quoted:
            parts.append("")
        else:
            parts[-1] += sign
    return parts
