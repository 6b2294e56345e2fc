"""Formats numbers of a workbook as a sheet shows them: the number formats of ECMA-376 (18.8.30), as far as tables have them.

Numbers (leading zeros, decimals, thousands, percent, fractions, powers, currencies, words around them), conditions and
sections are shown as in a sheet, with the point as decimal sign.  Days are in `moments`.  Colours and widths are not shown.
"""
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from workshop.intake import moments

LONGEST = 255  # characters of a format, as spreadsheets have it
CERTAIN = 15  # digits of a number that a spreadsheet keeps
BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: '"$"#,##0', 6: '"$"#,##0', 7: '"$"#,##0.00', 8: '"$"#,##0.00',
            9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "dd/mm/yyyy", 15: "d-mmm-yyyy",
            16: "d-mmm", 17: "mmm-yyyy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
            22: "dd/mm/yyyy h:mm", 37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)",
            40: "#,##0.00;(#,##0.00)", 41: "#,##0", 42: '"$"#,##0', 43: "#,##0.00", 44: '"$"#,##0.00', 45: "mm:ss",
            46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
            **dict.fromkeys((*range(27, 32), 36, 50, 51, 52, 53, 54, 57, 58), "dd/mm/yyyy")}
PART = re.compile(r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]?|(?P<power>E[+-])|(?P<sign>.)',
                  re.I | re.S)
WRITTEN_OUT = re.compile(r"-?[0-9]{1,40}")  # a whole number of which every digit stands in the file
WIDE = Context(prec=700)  # digits: the biggest number with as many decimals as a format may ask for
SYSTEM = {"[$-f800]": "d mmmm yyyy", "[$-f400]": "h:mm:ss"}  # day and hour as the machine is set
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?[0-9]{1,20}(?:[.][0-9]{1,20})?)")
TESTS = {"<": lambda a, b: a < b, ">": lambda a, b: a > b, "=": lambda a, b: a == b, "<>": lambda a, b: a != b,
         "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b}


class Section(NamedTuple):
    """Holds a part of a format between semicolons: [(kind, characters)], kind is 'said' for words, 'sign' for a placeholder.
    """

    parts: list[tuple[str, str]]
    condition: tuple[str, float] | None = None

    @property
    def signs(self) -> str:
        """Returns the placeholders alone."""
        return "".join(said for kind, said in self.parts if kind == "sign")


def shown(raw: str, code: str, since_1904: bool = False, language: str = "es") -> tuple[str, bool]:
    """Returns (the number `raw` as a sheet shows it in the format `code`, whether digits were lost before it came here).

    What is no number is shown as it stands.
    """
    try:
        value = float(raw)
    except ValueError:
        return raw, False
    if value in (float("inf"), float("-inf")) or value != value:
        return raw, False
    section, value_shown = _section(SYSTEM.get(code[:8].lower(), code), value)
    if section is not None and moments.is_moment(section.parts):
        return moments.shown(section.parts, value, since_1904, language) or general(raw), False
    if section is None or not section.signs or section.signs.lower() == "general" or "@" in section.signs:
        if section is not None and not section.signs:  # words alone, or nothing at all, which hides the number
            return "".join(said for kind, said in section.parts if kind == "said"), False
        return general(raw), _lost(raw)
    exact = abs(Decimal(raw)) if WRITTEN_OUT.fullmatch(raw) else Decimal(repr(value_shown))
    return _number(section, exact, len(_sections(code)) < 2 and value < 0), _lost(raw)


def general(raw: str) -> str:
    """Returns a number without a format: up to CERTAIN digits, no exponent where it can be written out."""
    if WRITTEN_OUT.fullmatch(raw):
        return raw
    value = float(raw)
    if value == int(value) and abs(value) < 1e21:
        return str(int(Decimal(repr(value))))
    return f"{value:.{CERTAIN}g}"


def _lost(raw: str) -> bool:
    """Tells whether the number had more digits than a spreadsheet keeps: a long number that was rounded."""
    return not WRITTEN_OUT.fullmatch(raw) and 10 ** CERTAIN <= abs(float(raw)) < 1e21


def _section(code: str, value: float) -> tuple[Section | None, float]:
    """Returns (the section for the value, the value as it is shown in it)."""
    sections = _sections(code)
    if not sections:
        return None, value
    if any(one.condition for one in sections):
        for one in sections:
            if one.condition is None or TESTS[one.condition[0]](value, one.condition[1]):
                return one, abs(value)
        return None, value
    if value < 0 and len(sections) > 1:
        return sections[1], -value
    if value == 0 and len(sections) > 2:
        return sections[2], value
    return sections[0], abs(value)


@lru_cache(maxsize=512)
def _sections(code: str) -> list[Section]:
    """Returns the sections of a format; [] for none and for what is too long to be one."""
    if not code or len(code) > LONGEST:
        return []
    found: list[Section] = []
    parts: list[tuple[str, str]] = []
    condition = None
    for part in PART.finditer(code):
        if part["sign"] == ";":
            found.append(Section(parts, condition))
            parts, condition = [], None
        elif (bracket := part["bracket"]) is not None:
            if known := CONDITION.fullmatch(bracket):
                condition = known[1], float(known[2])
            elif bracket.startswith("$"):
                parts.append(("said", bracket[1:].partition("-")[0]))
                if "-" in bracket:
                    parts.append(("language", bracket.rpartition("-")[2]))
            elif bracket.lower() in ("h", "hh", "m", "mm", "s", "ss"):
                parts.append(("lapse", bracket.lower()))
        elif part["quoted"] is not None or part["escaped"]:
            parts.append(("said", part["quoted"] if part["quoted"] is not None else part["escaped"]))
        elif part["power"] or part["sign"]:
            parts.append(("sign", part["power"] or part["sign"]))
        elif part[0][0] == "_":
            parts.append(("said", " "))
    return [*found, Section(parts, condition)]


def _number(section: Section, value: Decimal, minus: bool) -> str:
    """Returns the number in its placeholders, with the words of the section at their places."""
    signs = section.signs
    if re.search(r"[0#?] ?/ ?[0-9#?]", signs):
        return _around(section, ("-" if minus else "") + _fraction(signs, value))
    if found := re.search(r"E([+-])", signs, re.I):
        return _around(section, ("-" if minus else "") + _power(signs, found, value))
    value = value.scaleb(2 * signs.count("%"))
    whole, _point, rest = signs.partition(".")
    scaled = re.search(r"(,+)[^0#?]*$", whole if not _point else signs)
    if scaled and re.search(r"[0#?],*$", re.sub(r"[^0#?,.]", "", signs)):
        value = value.scaleb(-3 * len(scaled[1]))
    thousands = re.search(r"[0#?],+[0#?]", whole) is not None
    decimals = sum(sign in "0#?" for sign in rest)
    digits = f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, WIDE):f}"
    left, _, right = digits.partition(".")
    optional = re.sub(r"[^0#?]", "", rest)
    while right and optional.endswith(("#", "?")):
        if not right.endswith("0"):
            break
        right, optional = right[:-1], optional[:-1]
    return ("-" if minus and digits.strip("0.") else "") + _placed(section, left.lstrip("0"), right, thousands)


def _placed(section: Section, left: str, right: str, thousands: bool) -> str:
    """Returns the number with what the section says between its digits."""
    places = [at for at, (kind, said) in enumerate(section.parts) if kind == "sign" and said in "0#?"]
    point = next((at for at, part in enumerate(section.parts) if part == ("sign", ".")), len(section.parts))
    before, after = [at for at in places if at < point], [at for at in places if at > point]
    digits = _digits(section, before, left, thousands) | dict(zip(after, right, strict=False))
    said = []
    for at, (kind, text) in enumerate(section.parts):
        if kind == "said":
            said.append(text)
        elif at in digits:
            said.append(digits[at])
        elif kind == "sign" and (text not in "0#?,." or (text == "." and right)):
            said.append(text)
        if at == point and not before and left:
            said.insert(-1, left)
    return "".join(said).strip()


def _digits(section: Section, before: list[int], left: str, thousands: bool) -> dict[int, str]:
    """Returns the digits of the whole number at their placeholders, from the right; what is more stands at the first of
    them."""
    digits: dict[int, str] = {}
    waiting = list(left)
    for number, at in enumerate(reversed(before)):
        sign = waiting.pop() if waiting else "0" if section.parts[at][1] == "0" else ""
        if at == before[0] and waiting:  # all that is left
            rest = "".join(waiting) + sign
            digits[at] = _grouped(rest, number) if thousands else rest
        elif sign:
            digits[at] = sign + ("," if thousands and number and number % 3 == 0 else "")
    return digits


def _grouped(digits: str, behind: int) -> str:
    """Digits with a comma before every third; `behind`: how many more stand behind them."""
    return "".join(digit + ("," if (more := len(digits) - at - 1 + behind) and more % 3 == 0 else "")
                   for at, digit in enumerate(digits))


def _around(section: Section, number: str) -> str:
    """Returns the number between the words of the section."""
    said, done = [], False
    for kind, text in section.parts:
        if kind == "said":
            said.append(text)
        elif kind == "sign" and not done:
            said.append(number)
            done = True
    return "".join(said).strip()


def _fraction(signs: str, value: Decimal) -> str:
    [below] = re.findall(r"/ ?([0-9#?]+)", signs)[:1]
    mixed = re.search(r"[0#?] +[0#?]+ ?/", signs) is not None
    whole, rest = divmod(Fraction(value), 1) if mixed else (0, Fraction(value))
    fixed = int(below) if below.isdigit() and int(below) else 0
    if fixed:
        above, under = round(rest * fixed), fixed
    else:
        near = rest.limit_denominator(10 ** min(len(below), 5) - 1)
        above, under = near.numerator, near.denominator
    if mixed and above == under:
        whole, above = whole + 1, 0
    parts = ([str(whole)] if whole or not above else []) + ([f"{above}/{under}"] if above else [])
    return " ".join(parts)


def _power(signs: str, found: re.Match[str], value: Decimal) -> str:
    decimals = sum(sign in "0#?" for sign in signs[:found.start()].partition(".")[2])
    said, power = f"{value:.{decimals}E}".split("E")
    wide = max(1, sum(sign in "0#?" for sign in signs[found.end():]))
    return f"{said}E{'-' if int(power) < 0 else '+' if found[1] == '+' else ''}{abs(int(power)):0{wide}}"
