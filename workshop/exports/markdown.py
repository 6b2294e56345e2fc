"""The memoria as Markdown."""
import re

from workshop.exports.model import Card, Report, RoomPart

SIGNS = re.compile(r"([\\`*_{}\[\]<>()#!|~$&])")
FIRST = re.compile(r"^(\s*)([-+=:])", re.M)  # what makes a list, a rule or a heading where a line begins with it
LIST = re.compile(r"^(\s*\d+)([.)])", re.M)


def safe(text: str) -> str:
    """Text of people so that it reads as it was written: nothing in it is markup, and its lines stay lines."""
    escaped = LIST.sub(r"\1\\\2", FIRST.sub(r"\1\\\2", SIGNS.sub(r"\\\1", text)))
    return "  \n".join(line.strip("\t ") or "&nbsp;" for line in escaped.split("\n"))


def write(report: Report) -> bytes:
    """The report as UTF-8 text."""
    words = report.words
    lines = [f"# {safe(report.title)}", "", f"{words['report']}. {words['made']} {report.made}.", ""]
    for key, values in (("days", report.days), ("zones", report.zones), ("sites", report.sites), ("axes", report.axes)):
        if values:
            lines += [f"- **{words[key]}:** {' · '.join(map(safe, values))}"]
    lines += ["", f"## {words['people']}", "", *_people(report)]
    if report.programme:
        lines += ["", f"## {words['programme']}"]
        for day, entries in report.programme:
            lines += ["", f"### {safe(day)}", "", *(f"- {safe(one.hours)}: **{safe(one.title)}**" for one in entries)]
    lines += ["", f"## {words['rooms']}"] + ([] if report.rooms else ["", words["no_rooms"]])
    for room in report.rooms:
        lines += _room(room, words)
    lines += ["", f"## {words['annex']}"]
    for room in report.rooms:
        lines += ["", f"### {words['room']} {room.number} · {safe(room.title)}", "", *_cards(room, words)]
    return ("\n".join(lines) + "\n").encode()


def _people(report: Report) -> list[str]:
    words = report.words
    if not report.people:
        return [words["nobody"]]
    return [f"| {words['delegation']} | {words['hall']} | {words['remote']} | {words['cards']} |", "|---|---|---|---|",
            *(f"| {safe(d.name)} | {d.hall} | {d.remote} | {'–' if d.cards is None else d.cards} |"
              for d in report.delegations), "", f"{words['total']}: {report.people}"]


def _room(room: RoomPart, words: dict) -> list[str]:
    lines = ["", f"### {words['room']} {room.number} · {safe(room.title)}", ""]
    if room.question:
        lines += [f"*{safe(room.question)}*", ""]
    if not room.sections:
        lines += [words["no_summary"]]
    elif not room.published:
        lines += [f"({words['draft']})", ""]
    for section in room.sections:
        for sentence in section.sentences:
            who = " · ".join(map(safe, filter(None, (sentence.who, sentence.when))))
            cites = f" [{', '.join(sentence.numbers)}]" if sentence.numbers else ""
            lines += [f"- **{sentence.label}.** {safe(sentence.text)}{f' ({who})' if who else ''}{cites}"]
    return lines + ([""] + [f"{safe(line)}  " for line in room.votes] if room.votes else [])


def _cards(room: RoomPart, words: dict) -> list[str]:
    if not room.cards:
        return [words["no_cards"]]
    lines = [line for card in room.cards for line in _card(card, words)]
    if room.late:
        lines += ["", f"**{words['late']}**", "", *(f"- {safe(card.text)}" for card in room.late)]
    return lines


def _card(card: Card, words: dict) -> list[str]:
    about = " · ".join(map(safe, filter(None, (card.column, card.author, card.delegation, card.channel))))
    taken = f"{words['taken_up']}: {', '.join(card.taken_up)}" if card.taken_up else words["not_taken_up"]
    below = " · ".join(filter(None, (about, *map(safe, card.votes), taken)))
    return [f"- **{card.number}** {safe(card.text)}  ", f"  {below}",
            *(f"  - {words['comments']}: {safe(comment)}" for comment in card.comments)]
