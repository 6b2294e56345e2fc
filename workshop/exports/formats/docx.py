"""Writes the memoria as a DOCX with real headings, so that it can be navigated, listened to and worked on."""
import io
from functools import partial

from docx import Document as new
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from workshop.exports.formats import docx_tables
from workshop.exports.model import Card, Chapter, File, Report, RoomPart, Section
from workshop.exports.votes import about, attended, tables

INK, COCHINEAL = RGBColor(0x1D, 0x1D, 0x1F), RGBColor(0xA3, 0x12, 0x3A)
INDIGO, SOFT = RGBColor(0x27, 0x40, 0x7A), RGBColor(0x5A, 0x56, 0x50)
LOCALES = {"es": "es-PE", "fr": "fr-FR", "en": "en-GB"}


def write(report: Report) -> bytes:
    """Returns the document as bytes."""
    document = _blank(report)
    words = report.words
    document.add_heading(report.title, 0)
    _small(document, f"{words['report']}. {words['made']} {report.made}.")
    for key, values in (("days", report.days), ("zones", report.zones), ("sites", report.sites), ("axes", report.axes)):
        if values:
            _labelled(document, words[key], " · ".join(values))
    for chapter in report.chapters:
        _chapter(document, chapter, report)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _blank(report: Report) -> Document:
    document = new()
    document.core_properties.title, document.core_properties.author = report.title[:255], "Tinkuy"
    document.core_properties.language = LOCALES[report.language]
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.PORTRAIT, Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.3)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = "Calibri", Pt(11), INK
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), LOCALES[report.language])
    normal.element.get_or_add_rPr().append(language)
    for name, colour, size in (("Title", COCHINEAL, 26), ("Heading 1", INDIGO, 18), ("Heading 2", COCHINEAL, 14),
                               ("Heading 3", INK, 12)):
        style = document.styles[name]
        style.font.color.rgb, style.font.size, style.font.name = colour, Pt(size), "Calibri"
    _page_number(section.footer.paragraphs[0], report)
    document.add_paragraph = partial(_add_paragraph, document)  # type: ignore[method-assign]  # also for its headings
    return document


def _add_paragraph(document: Document, text: str = "", style: str | None = None) -> Paragraph:
    """Adds a paragraph at the end. python-docx looks through all that is there for its place, so that 5,000 cards took
    minutes; the last element of a body is always the section's, and it stands before that."""
    body = document.element.body
    body[-1].addprevious(element := OxmlElement("w:p"))
    paragraph = Paragraph(element, document._body)
    if text:
        paragraph.add_run(text)
    if style is not None:
        paragraph.style = style
    return paragraph


def _page_number(paragraph: Paragraph, report: Report) -> None:
    paragraph.add_run(f"{report.title} · {report.words['page']} ").font.size = Pt(9)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(9)
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)


def _labelled(document: Document, label: str, text: str, style: str | None = None) -> Paragraph:
    paragraph = document.add_paragraph(style=style)
    paragraph.paragraph_format.space_after = Pt(3)
    paragraph.add_run(f"{label}  ").bold = True
    paragraph.add_run(text)
    return paragraph


def _small(document: Document, text: str, style: str | None = None) -> Paragraph:
    paragraph = document.add_paragraph(style=style)
    run = paragraph.add_run(text)
    run.font.size, run.font.color.rgb = Pt(9.5), SOFT
    paragraph.paragraph_format.space_after = Pt(6)
    return paragraph


def _chapter(document: Document, chapter: Chapter, report: Report) -> None:
    document.add_heading(chapter.title, 1)
    if chapter.key == "participantes":
        _people(document, report)
    elif chapter.key == "metodologia":
        _programme(document, report)
    elif chapter.key == "desarrollo" and not report.rooms:
        document.add_paragraph(report.words["no_rooms"])
    for room in chapter.rooms:
        _room(document, room, report.words)
    for room in report.rooms if chapter.key == "anexos" else ():
        _annex(document, room, report.words)


def _programme(document: Document, report: Report) -> None:
    for day, entries in report.programme:
        document.add_heading(day, 2)
        for entry in entries:
            _labelled(document, entry.hours, f"{entry.title} ({entry.real})" if entry.real else entry.title, "List Bullet")


def _people(document: Document, report: Report) -> None:
    words = report.words
    if not report.people:
        document.add_paragraph(words["nobody"])
        return
    table = document.add_table(rows=1, cols=4, style="Light Grid Accent 1")
    table.autofit = False  # a name without a space would push the others off the page
    docx_tables.head_again(table.rows[0])
    rows = [(d.name, str(d.hall), str(d.remote), "–" if d.cards is None else str(d.cards)) for d in report.delegations]
    for cell, key in zip(table.rows[0].cells, ("delegation", "hall", "remote", "cards"), strict=True):
        cell.text = words[key]
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    if report.places:
        _labelled(document, words["sites"], " · ".join(f"{name}{words['colon']}{n}" for name, n in report.places))
    _small(document, f"{words['total']}{words['colon']}{report.people}. {report.privacy}.")


def _room(document: Document, room: RoomPart, words: dict[str, str]) -> None:
    document.add_heading(room.called(words), 2)
    if room.question:
        document.add_paragraph().add_run(room.question).italic = True
    if room.note:
        _small(document, words[room.note])
    if room.steps:
        _small(document, f"{words['steps']}{words['colon']}{' · '.join(attended(room))}.")
    for section in room.sections:
        _section(document, section, words)


def _section(document: Document, section: Section, words: dict[str, str]) -> None:
    if section.key != "vote":
        document.add_heading(section.title, 3)
    if section.table:
        docx_tables.table(document, section.table)
    for one in section.votes:
        document.add_heading(one.title, 3)
        for line in about(one, words):
            _small(document, line)
        docx_tables.result(document, one, words)
        for title, table in tables(one, words):
            _small(document, title)
            docx_tables.table(document, table)
    for sentence in section.sentences:
        text = words["quoted"].format(text=sentence.text) if section.key == "quotation" else sentence.text
        paragraph = document.add_paragraph(text, style="List Bullet")
        if sentence.who or sentence.when:
            paragraph.add_run("\n" + " · ".join(filter(None, (sentence.who, sentence.when)))).bold = True
        if sentence.numbers:
            run = paragraph.add_run(f"  [{', '.join(sentence.numbers)}]")
            run.font.color.rgb, run.font.size = INDIGO, Pt(9.5)


def _annex(document: Document, room: RoomPart, words: dict[str, str]) -> None:
    document.add_heading(f"{words['room']} {room.number} · {room.title}", 2)
    for section in room.rest:
        _section(document, section, words)
        if section.draft:
            _small(document, words["draft"])
    if not (room.cards or room.copies):
        document.add_paragraph(words["no_cards"])
    for card in room.cards:
        _card(document, card, words)
    if room.copies:
        document.add_heading(words["copies"], 3)
    for card in room.copies:
        _card(document, card, words)
    for name, cards in (("late", room.late), ("waiting", room.waiting)):
        if cards:
            document.add_heading(words[name], 3)
        for card in cards:
            document.add_paragraph(card.text, style="List Bullet")
            if card.source:
                _small(document, card.source)


def _card(document: Document, card: Card, words: dict[str, str]) -> None:
    paragraph = _labelled(document, card.number, "" if card.repeated else card.text)
    paragraph.paragraph_format.keep_with_next = True
    for title, value in card.fields.items() if not card.repeated else ():
        _labelled(document, title, value).paragraph_format.keep_with_next = True
    not_yet = "" if card.copy else words["not_taken_up"]
    taken = f"{words['taken_up']}{words['colon']}{', '.join(card.taken_up)}" if card.taken_up else not_yet
    who = () if card.copy else (card.author, card.delegation, card.channel, card.site)
    _small(document, " · ".join(filter(None, (card.column, *who, *card.votes, taken, *card.thread))))
    for file in card.files:
        _file(document, file)
    for comment in card.comments:
        document.add_paragraph(comment, style="List Bullet 2")


def _file(document: Document, file: File) -> None:
    """Adds the photo itself, described in words for those who do not see it; of a voice note how long it is and what it
    says."""
    if file.picture:
        shape = document.add_picture(io.BytesIO(file.picture), width=Cm(file.width))
        shape._inline.docPr.set("descr", file.words)
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    _small(document, file.words)
