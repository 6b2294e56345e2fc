"""Reads dates as people write them (12/10/2021, octubre de 2021, 12 octobre 2021, October 12, 2021), and as Excel keeps
them."""
import re
import unicodedata
from datetime import UTC, date, datetime, timedelta

MONTHS = {name: number for number, names in enumerate((
    "enero ene janvier janv january jan", "febrero feb fevrier fevr february", "marzo mar mars march",
    "abril abr avril avr april apr", "mayo mai may", "junio jun juin june", "julio jul juillet juil july",
    "agosto ago aout august aug", "septiembre setiembre septembre september sept sep set",
    "octubre octobre october oct", "noviembre novembre november nov", "diciembre decembre december dic dec"), 1)
    for name in names.split()}
WEEKDAY = re.compile(r"(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo|lundi|mardi|mercredi|jeudi|vendredi|samedi|"
                     r"dimanche|monday|tuesday|wednesday|thursday|friday|saturday|sunday)[.,]? "
                     r"(?=\d{1,2}\D|[a-z]+ \d{1,2}\D)")
CLOCK = re.compile(r"[t ]+\d{1,2}:\d{2}.*")  # what a spreadsheet writes behind a day
SIGN = r"\s*[-/.]\s*"
DAY = r"(?P<day>\d{1,2})"
WAYS = [re.compile(way) for way in (
    rf"(?P<year>\d{{4}})(?:{SIGN}(?P<month>\d{{1,2}})(?:{SIGN}{DAY})?)?",
    rf"(?:{DAY}{SIGN})?(?P<month>\d{{1,2}}){SIGN}(?P<year>\d{{4}})",  # the day first
    rf"(?:{DAY}(?:er|[.])?[-/ ]\s*)?(?:de )?(?P<month>[a-z]+)[.]?(?:[-/, ]\s*)(?:del? )?(?P<year>\d{{4}})",
    rf"(?P<month>[a-z]+) {DAY}(?:st|nd|rd|th)?,? (?P<year>\d{{4}})")]
EXCEL = re.compile(r"(\d{5})(?:\.\d+)?")  # days since the end of 1899; no year has five figures
UNIX = re.compile(r"(\d{9,10})(?:\d{3})?(?:\.\d+)?")  # seconds or milliseconds since 1970: of 1973 and later


def read(said: str) -> str | None:
    """Returns '2021', '2021-10' or '2021-10-12'; None where it is nothing of the kind. Whether the day exists is not seen
    here."""
    text = unicodedata.normalize("NFKD", said.strip().lower())
    text = CLOCK.sub("", " ".join("".join(c for c in text if not unicodedata.combining(c)).split()))
    if found := WEEKDAY.match(text):
        text = text[found.end():]
    if kept := EXCEL.fullmatch(text):
        return (date(1899, 12, 30) + timedelta(int(kept[1]))).isoformat()
    if counted := UNIX.fullmatch(text):
        return datetime.fromtimestamp(int(counted[1]), UTC).date().isoformat()
    for way in WAYS:
        if found := way.fullmatch(text):
            parts = found.groupdict()
            month = parts["month"] and (parts["month"] if parts["month"].isdigit() else MONTHS.get(parts["month"]))
            if month is None and parts["month"]:
                return None
            return "-".join([parts["year"], *(f"{int(part):02}" for part in (month, parts["day"]) if part)])
    return None
