"""Words days and quotations as each language writes them."""
from datetime import date

from babel.dates import format_date

from workshop.words import _, count, language

DAYS = {"es": ("EEEE d 'de' MMMM", " 'de' y")}
USUAL = ("EEEE d MMMM", " y")


def day_said(at: date, year: bool = False) -> str:
    """Words a day: 'lunes 30 de noviembre de 2026', 'mardi 1er décembre', 'Monday 30 November'."""
    spoken = language()
    day, of_year = DAYS.get(spoken, USUAL)
    if spoken == "fr" and at.day == 1:
        day = day.replace("d", "d'er'", 1)
    return format_date(at, day + (of_year if year else ""), locale=spoken)


def quoted(text: str) -> str:
    """Puts a name or what somebody said between the marks of the language."""
    return _("“{text}”", text=text)


def late_said(minutes: int) -> str:
    """Says by how much something ends late, in hours and minutes."""
    if minutes < 60:
        return count("Ends {n} minute late.", "Ends {n} minutes late.", minutes)
    return _("Ends {hours} h {minutes} min late.", hours=minutes // 60, minutes=minutes % 60)
