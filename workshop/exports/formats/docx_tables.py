"""Adds tables to the DOCX: boards, on a landscape page where they are wide, and the results of votes with their bars."""
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Emu, Pt, RGBColor
from docx.table import Table as Grid
from docx.table import _Row
from docx.text.paragraph import Paragraph

from workshop.exports.tables import Table
from workshop.exports.votes import Vote, cells, headings

STYLE = "Light Grid Accent 1"
COLOURS = [RGBColor(0x27, 0x40, 0x7A), RGBColor(0xB4, 0x56, 0x2F), RGBColor(0x3C, 0x6B, 0x3C), RGBColor(0xA3, 0x12, 0x3A),
           RGBColor(0x5A, 0x56, 0x50)]
LONG = 14  # signs of the longest bar
TEXT, FIGURE, CHART = 6.0, 1.3, 3.4  # how wide columns are beside each other


def head_again(row: _Row) -> None:
    """Repeats the row on each page that its table goes on."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def table(document: Document, made: Table) -> None:
    """Adds a board."""
    if made.wide:
        _turn(document, WD_ORIENT.LANDSCAPE)
    size = Pt(9.5 if len(made.headings) < 7 else 8 if len(made.headings) < 10 else 7)
    grid = _grid(document, made.headings, made.sizes, size)
    for row in made.rows:
        _fill(grid.add_row(), row, size)
    _widths(document, grid, made.sizes)
    document.add_paragraph()
    if made.wide:
        _turn(document, WD_ORIENT.PORTRAIT)


def result(document: Document, vote: Vote, words: dict[str, str]) -> None:
    """Adds the ranked rows of a vote, a bar on each."""
    if not vote.lines:
        return
    heads = headings(vote, words)
    before = len(heads) - len(vote.headings)
    sizes = [*([1.4] * (before - 1)), TEXT, *([FIGURE] * len(vote.headings)), CHART]
    size = Pt(9.5 if len(heads) < 8 else 8)
    grid = _grid(document, [*heads, words["chart"]], sizes, size)
    for i, cell in enumerate(grid.rows[0].cells[before:before + len(vote.parts)]):  # which part of the bars it is
        run = cell.paragraphs[0].add_run(" ■")
        run.font.color.rgb = COLOURS[i % len(COLOURS)]
    for line in vote.lines:
        row = grid.add_row()
        _fill(row, [*cells(vote, line), ""], size)
        for cell in row.cells[before:-1]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _bars(row.cells[-1].paragraphs[0], line.bars, vote.chart == "plane")
    _widths(document, grid, sizes)
    document.add_paragraph()


def _turn(document: Document, orientation: WD_ORIENT) -> None:
    """Sets the orientation of the pages that follow."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = orientation
    wide, high = sorted((section.page_width, section.page_height), reverse=orientation == WD_ORIENT.LANDSCAPE)
    section.page_width, section.page_height = wide, high


def _grid(document: Document, titles: list[str], sizes: list[float], size: Pt) -> Grid:
    grid: Grid = document.add_table(rows=1, cols=len(titles), style=STYLE)
    grid.autofit = False
    head_again(grid.rows[0])
    _fill(grid.rows[0], titles, size)
    return grid


def _fill(row: _Row, texts: list[str], size: Pt) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text in zip(row.cells, texts, strict=True):
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.add_run(text).font.size = size


def _bars(paragraph: Paragraph, bars: list[float], apart: bool) -> None:
    for i, part in enumerate(bars):
        run = paragraph.add_run(("\n" if apart and i else "") + "█" * (round(part * LONG) or (1 if part else 0)))
        run.font.size, run.font.color.rgb = Pt(7), COLOURS[i % len(COLOURS)]


def _widths(document: Document, grid: Grid, sizes: list[float]) -> None:
    page = document.sections[-1]
    wide, left, right = (size or 0 for size in (page.page_width, page.left_margin, page.right_margin))  # docx.py says all
    for column, part in zip(grid.columns, sizes, strict=True):
        column.width = Emu(int((wide - left - right) * part / sum(sizes)))
        for cell in column.cells:
            cell.width = column.width
