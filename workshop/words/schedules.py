"""Words what is to be known of the events of a programme that is brought in; {values} come with the mark or fault."""
from datetime import date
from typing import Any

from workshop.words import N_, N_count, _, count
from workshop.words.forms import day_said
from workshop.words.intake import SENTENCES as INTAKE
from workshop.words.refusals import Known

SENTENCES: dict[str, str | tuple[str, str]] = {
    "all_day": N_("All day in the file, without an hour. Tick it if it is a block."),
    "bad_end": N_("It ends before it begins there: {minutes} minutes are put in."),
    "bad_folding": N_("Line {line} of the file was broken off wrongly; its parts were joined."),
    "bad_start": N_("“{text}” is no start that can be read. Write it into the programme by hand."),
    "cancelled": N_("Cancelled in the file. Tick it if it takes place."),
    "long_lines": N_count("{n} line is longer than a calendar's may be; it was read all the same.",
                          "{n} lines are longer than a calendar's may be; they were read all the same."),
    "moved_one": N_("This once instead of what is repeated ({day})."),
    "no_end": N_("The file does not say when it ends: {minutes} minutes are put in."),
    "no_events": N_("There is no event in this file."),
    "no_start": N_("The file does not say when it begins. Write it into the programme by hand."),
    "no_title": N_("It has no title there."),
    "no_uid": N_("The file has no sign for it; it is known by start and title."),
    "no_zone": N_("The file does not say of which place these clocks are: {zone} is taken."),
    "not_a_schedule": N_("This is no programme that can be read here: iCalendar (.ics), schedule.json or schedule.xml."),
    "not_ended": N_("Its end is missing in the file (line {line})."),
    "over_a_day": N_("It lasts longer than a day there: 24 hours are put in."),
    "past_midnight": N_("It passes midnight, or begins after it; it stands under the day before."),
    "people_cut": N_("More people lead it than there is room for; the last ones are left out."),
    "repeated_uid": N_("{n} events of the file have the same sign ({uid}): none was taken for another."),
    "repeats": N_count("Repeated: {n} time on the days of the workshop.",
                       "Repeated: {n} times on the days of the workshop."),
    "repeats_elsewhere": N_("Repeated, but never on a day of the workshop: here is its first time."),
    "repeats_nowhere": N_("Repeated, but each of its times is taken out, or has an event of its own."),
    "repeats_unread": N_("It is repeated in a way that is not read here ({rule}): here is its first time."),
    "schedule_broken": N_("The file is broken at line {line}. Nothing of it was taken."),
    "schedule_too_big": N_("There is more in this file than in a programme."),
    "schedule_too_hard": N_("This file could not be read in the time that a file gets."),
    "text_cut": N_("The text is too long for a block: its end is left out."),
    "title_cut": N_("The title is too long for a block: its end is left out."),
    "too_many_events": N_("A programme has at most {limit} blocks: {n} of this file are not here."),
    "unknown_zone": N_("The time zone “{name}” is not known: {zone} is taken."),
    "xml_type": N_("This XML declares a document type, which no programme needs; it was not read."),
    "zone_misplaced": N_("The time zone “{zone}” stands in the wrong place of the file."),
}


def sentence(code: str, values: dict[str, Any]) -> str:
    """Returns the sentence of a mark or fault."""
    if "day" in values:
        values = values | {"day": day_said(date.fromisoformat(values["day"]))}
    words = SENTENCES.get(code) or INTAKE[code]
    if isinstance(words, tuple):
        return count(words[0], words[1], values["n"])
    return _(words).format_map(Known(values))


def known(code: str) -> bool:
    """Tells whether there is a sentence for a mark or fault."""
    return code in SENTENCES or code in INTAKE
