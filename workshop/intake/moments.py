"""Formats days and hours of a workbook as a sheet shows them, so that nobody takes a month for a day."""
import re
from datetime import datetime, timedelta
from functools import cache

from babel.dates import get_day_names, get_month_names

LAST = 2_958_466  # the day after the last one that a spreadsheet knows, 31 December 9999
LANGUAGES = {0x09: "en", 0x0A: "es", 0x0C: "fr"}  # the lower ten bits of a Windows language number
TOKEN = re.compile(r"y+|m+|d+|h+|s+|am/pm|a/p|general|\.0+|.", re.I | re.S)


def is_moment(parts: list[tuple[str, str]]) -> bool:
    """Tells whether a section of a format shows a day or an hour."""
    signs = "".join(said for kind, said in parts if kind == "sign").lower().replace("general", "")
    return any(kind == "lapse" for kind, _said in parts) or any(sign in signs for sign in "ymdhs")


def shown(parts: list[tuple[str, str]], value: float, since_1904: bool, language: str) -> str:
    """Returns the day and hour of a number of days in a section of a format; '' where there is no such day."""
    if not 0 <= value < LAST - 1462 * since_1904:
        return ""
    at = moment(value, since_1904)
    for kind, said in parts:
        if kind == "language" and re.fullmatch("[0-9A-Fa-f]{1,8}", said):
            language = LANGUAGES.get(int(said, 16) & 0x3FF, language)
    tokens = _tokens(parts)
    text = "".join(_token(tokens, n, at, value, language) for n in range(len(tokens)))
    return re.sub(r"\s+", " ", text).strip(" ,")


def moment(value: float, since_1904: bool) -> datetime:
    """Converts Excel's number of days to a day and hour, to the millisecond; it takes 1900 for a leap year."""
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 31 if value < 60 else 30)
    return first + timedelta(milliseconds=round(value * 86_400_000))


def _tokens(parts: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Returns [(kind, characters)]: 'y', 'm', 'd', 'h', 's', 'minute', 'half', 'lapse', 'part' of a second, 'said'."""
    found, run = [], ""
    for kind, said in [*parts, ("end", "")]:
        if kind == "sign":
            run += said
            continue
        for token in TOKEN.findall(run):
            low = token.lower()
            named = {"am/pm": "half", "a/p": "half", "general": "said"}.get(low) or ("part" if low.startswith(".0") else "")
            known = named or (low[0] if low[0] in "ymdhs" else "said")
            found.append((known, low if known != "said" else token))
        run = ""
        if kind in ("said", "lapse"):
            found.append((kind, said))
    clock = ""
    for n, (kind, said) in enumerate(found):  # an m next to hours or seconds is minutes
        after = next((k for k, _s in found[n + 1:] if k not in ("said", "half")), "")
        if kind == "m" and len(said) < 3 and (clock in ("h", "lapse") or after == "s"):
            found[n] = ("minute", said)
        if kind in "ymdhs" or kind == "lapse":
            clock = kind
    return _day_first(found)


def _day_first(tokens: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Returns the tokens with a month in figures before the day turned into year-month-day, where there is a year behind
    them."""
    at = {kind: n for n, (kind, said) in reversed([*enumerate(tokens)]) if kind == "y" or (kind in "md" and len(said) < 3)}
    if len(at) == 3 and at["m"] < at["d"] < at["y"]:
        iso = [("y", "yyyy"), ("said", "-"), ("m", "mm"), ("said", "-"), ("d", "dd")]
        return [*tokens[:at["m"]], *iso, *tokens[at["y"] + 1:]]
    return tokens


def _token(tokens: list[tuple[str, str]], n: int, at: datetime, value: float, language: str) -> str:
    kind, said = tokens[n]
    two = len(said) > 1
    if kind == "y":
        return f"{at.year}"
    if kind == "m" and len(said) > 2:
        name = _months(language)[at.month - 1][len(said) == 3]
        return name[0].upper() if len(said) == 5 else name
    if kind == "d" and len(said) > 2:
        return _days(language)[at.weekday()][len(said) == 3]
    if kind == "half":
        return "AM" if at.hour < 12 else "PM"
    if kind == "part":
        return "." + f"{at.microsecond:06}"[:min(len(said) - 1, 3)]
    if kind == "lapse":
        total = round(value * 86_400)
        return f"{total // {'h': 3600, 'm': 60, 's': 1}[said[0]]:0{len(said)}}"
    half = "half" in (named for named, _said in tokens)
    number = {"m": at.month, "d": at.day, "h": (at.hour % 12 or 12) if half else at.hour, "minute": at.minute,
              "s": at.second}.get(kind)
    return said if number is None else f"{number:02}" if two else str(number)


@cache
def _months(language: str) -> list[tuple[str, str]]:
    wide, short = (get_month_names(width, locale=language) for width in ("wide", "abbreviated"))
    return [(wide[n], short[n].rstrip(".")) for n in range(1, 13)]


@cache
def _days(language: str) -> list[tuple[str, str]]:
    wide, short = (get_day_names(width, locale=language) for width in ("wide", "abbreviated"))
    return [(wide[n], short[n].rstrip(".")) for n in range(7)]


def serial(said: str, since_1904: bool) -> str:
    """Returns a day as strict workbooks write it ('2021-10-28T09:30:00') as Excel's number of days; what is none, as it
    stands."""
    try:
        at = datetime.fromisoformat(said.strip().removesuffix("Z")).replace(tzinfo=None)
    except ValueError:
        return said
    first = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30)
    return repr((at - first) / timedelta(days=1))
