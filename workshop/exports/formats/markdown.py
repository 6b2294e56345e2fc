"""Writes the memoria as Markdown."""
import re

from workshop.exports.model import Card, Chapter, Report, RoomPart, Section
from workshop.exports.votes import Vote, about, attended, cells, headings, tables

SHADES, LONG = "█▒░▓▞", 14  # of a bar: what its parts are made of, how many signs the longest has
SIGNS = re.compile(r"([\\`*_{}\[\]<>()#!|~$&])")
FIRST = re.compile(r"^(\s*)([-+=:])", re.M)  # what makes a list, a rule or a heading where a line begins with it
LIST = re.compile(r"^(\s*\d+)([.)])", re.M)


def safe(text: str) -> str:
    """Escapes text of people so that it reads as it was written: nothing in it is markup, and its lines stay lines."""
    escaped = LIST.sub(r"\1\\\2", FIRST.sub(r"\1\\\2", SIGNS.sub(r"\\\1", text)))
    return "  \n".join(line.strip("\t ") or "&nbsp;" for line in escaped.split("\n"))


def write(report: Report) -> bytes:
    """Returns the report as UTF-8 text."""
    words = report.words
    lines = [f"# {safe(report.title)}", "", f"{words['report']}. {words['made']} {report.made}.", ""]
    for key, values in (("days", report.days), ("zones", report.zones), ("sites", report.sites), ("axes", report.axes)):
        if values:
            lines += [f"- **{words[key]}{words['colon'].rstrip()}** {' · '.join(map(safe, values))}"]
    for chapter in report.chapters:
        lines += ["", f"## {chapter.title}", *_chapter(chapter, report)]
    return ("\n".join(lines) + "\n").encode()


def _chapter(chapter: Chapter, report: Report) -> list[str]:
    lines, words = [], report.words
    if chapter.key == "participantes":
        lines += ["", *_people(report)]
    elif chapter.key == "metodologia":
        for day, entries in report.programme:
            lines += ["", f"### {safe(day)}", "", *(f"- {safe(one.hours)}: **{safe(one.title)}**" + (
                f" ({safe(one.real)})" if one.real else "") for one in entries)]
    elif chapter.key == "desarrollo" and not report.rooms:
        lines += ["", words["no_rooms"]]
    for room in chapter.rooms:
        lines += _room(room, words)
    for room in report.rooms if chapter.key == "anexos" else ():
        lines += ["", f"### {words['room']} {room.number} · {safe(room.title)}", "", *_cards(room, words)]
    return lines


def _people(report: Report) -> list[str]:
    words, colon = report.words, report.words["colon"]
    if not report.people:
        return [words["nobody"]]
    return [f"| {words['delegation']} | {words['hall']} | {words['remote']} | {words['cards']} |", "|---|---|---|---|",
            *(f"| {safe(d.name)} | {d.hall} | {d.remote} | {'–' if d.cards is None else d.cards} |"
              for d in report.delegations), "",
            *([f"{words['sites']}{colon}" + " · ".join(f"{safe(name)}{colon}{n}" for name, n in report.places), ""]
              if report.places else []), f"{words['total']}{colon}{report.people}"]


def _room(room: RoomPart, words: dict[str, str]) -> list[str]:
    lines = ["", f"### {safe(room.called(words))}", ""]
    if room.question:
        lines += [f"*{safe(room.question)}*", ""]
    if room.note:
        lines += [f"({words[room.note]})"]
    if room.steps:
        lines += ["", f"{words['steps']}{words['colon']}{safe(' · '.join(attended(room)))}."]
    return lines + [line for section in room.sections for line in _section(section, words)]


def _section(section: Section, words: dict[str, str]) -> list[str]:
    if section.key == "vote":
        return [line for one in section.votes for line in _vote(one, words)]
    lines = ["", f"#### {safe(section.title)}", ""]
    if section.table:
        return lines + _table(section.table.headings, section.table.rows)
    for sentence in section.sentences:
        label = f"**{sentence.label}.** " if sentence.label else ""
        who = " · ".join(map(safe, filter(None, (sentence.who, sentence.when))))
        cites = f" [{', '.join(sentence.numbers)}]" if sentence.numbers else ""
        lines += [f"- {label}{safe(sentence.text)}{f' ({who})' if who else ''}{cites}"]
    return lines


def _draft(section: Section, words: dict[str, str]) -> list[str]:
    """Marks sentences of the annex as not published."""
    return ["", f"({words['draft']})"] if section.draft else []


def _vote(vote: Vote, words: dict[str, str]) -> list[str]:
    """Writes the result of a vote as a table, with a bar on each row."""
    lines = ["", f"#### {safe(vote.title)}", "", *(f"{safe(line)}  " for line in about(vote, words))]
    if not vote.lines:
        return lines
    titles = [*headings(vote, words), " / ".join(vote.parts) or words["chart"]]
    lines += ["", *_table(titles, [[*cells(vote, line, words), _bar(line.bars, vote.chart)] for line in vote.lines])]
    for title, table in tables(vote, words):
        lines += ["", f"**{safe(title)}**", "", *_table(table.headings, table.rows)]
    return lines


def _bar(parts: list[float], chart: str) -> str:
    """Draws '██████▒▒░'; on a plane a bar for each axis."""
    lengths = [round(part * LONG) or bool(part) for part in parts]
    if chart == "plane":
        return " / ".join("█" * long for long in lengths)
    return "".join(SHADES[i % len(SHADES)] * long for i, long in enumerate(lengths))


def _table(titles: list[str], rows: list[list[str]]) -> list[str]:
    return [_line(titles), "|" + "---|" * len(titles), *map(_line, rows)]


def _line(texts: list[str]) -> str:
    return f"| {' | '.join(safe(text).replace(chr(10), '<br>').replace('  <br>', '<br>') for text in texts)} |"


def _cards(room: RoomPart, words: dict[str, str]) -> list[str]:
    lines = [line for section in room.rest for line in (*_section(section, words), *_draft(section, words))]
    if not (room.cards or room.copies):
        lines.append(words["no_cards"])
    if room.cards:
        lines += ([""] if lines else []) + [line for card in room.cards for line in _card(card, words)]
    if room.copies:
        lines += ["", f"**{words['copies']}**", "", *(line for card in room.copies for line in _card(card, words))]
    for name, cards in (("late", room.late), ("waiting", room.waiting)):
        if cards:
            lines += ["", f"**{words[name]}**", "", *(_aside(card) for card in cards)]
    return lines


def _aside(card: Card) -> str:
    source = safe(card.source)
    return f"- {safe(card.text)}" + (f"  \n  {source}" if source else "")


def _card(card: Card, words: dict[str, str]) -> list[str]:
    who = () if card.copy else (card.author, card.delegation, card.channel, card.site)
    about = " · ".join(map(safe, filter(None, (card.column, *who))))
    not_yet = "" if card.copy else words["not_taken_up"]
    taken = f"{words['taken_up']}{words['colon']}{', '.join(card.taken_up)}" if card.taken_up else not_yet
    below = " · ".join(filter(None, (about, *map(safe, card.votes), taken, *map(safe, card.thread))))
    held = {} if card.repeated else card.fields
    fields = [f"  **{safe(title)}{words['colon'].rstrip()}** {safe(value)}  " for title, value in held.items()]
    own = f" {safe(card.text)}" if card.text and not card.repeated else ""
    return [f"- **{card.number}**{own}  ", *fields, f"  {below}",
            *(f"  - {safe(file.words)}" for file in card.files),
            *(f"  - {words['comments']}{words['colon']}{safe(comment)}" for comment in card.comments)]
