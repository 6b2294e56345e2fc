"""Adds tables to the DOCX: boards, on a landscape page where they are wide, and the results of votes with their bars."""
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Emu, Pt, RGBColor
from docx.table import Table as Grid
from docx.table import _Cell, _Row

from workshop.exports.tables import Table
from workshop.exports.votes import Line, Vote, cells, headings

STYLE = "Light Grid Accent 1"
COLOURS = ["356035", "E8B84A", "A3123A", "57524B", "8C8375"]  # of parts, by their tone
WON, REST, NEITHER, TRACK = COLOURS[2], COLOURS[4], "27407A", "EFE9DD"
HIGH, THIN = 170, 90  # twentieths of a point: a bar, one of two
TEXT, FIGURE, CHART = 6.0, 1.3, 3.4  # how wide columns are beside each other


MARGIN = 108  # twentieths of a point: what a cell leaves free on each side
EMPTY = '<w:pPr><w:spacing w:before="0" w:after="0" w:line="40" w:lineRule="exact"/></w:pPr>'
GAP = f"<w:p {{names}}>{EMPTY}</w:p>"
BAR = ('<w:tbl {names}><w:tblPr><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/>'
       '<w:right w:w="0" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr>'
       '<w:trHeight w:val="{high}" w:hRule="exact"/></w:trPr>{cells}</w:tr></w:tbl>')
PIECE = ('<w:tc><w:tcPr><w:tcW w:w="{size}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="{colour}"/></w:tcPr>'
         f"<w:p>{EMPTY}</w:p></w:tc>")


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
        run.font.color.rgb = RGBColor.from_string(COLOURS[vote.tones[i] % len(COLOURS)])
    for line in vote.lines:
        row = grid.add_row()
        _fill(row, [*cells(vote, line, words), ""], size)
        for cell in row.cells[before:-1]:
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if line.place == 1:
            for run in (row.cells[0].paragraphs[0].runs[0], row.cells[before].paragraphs[0].runs[0]):
                run.font.bold = True
    _widths(document, grid, sizes)
    for row, line in zip(grid.rows[1:], vote.lines, strict=True):
        _bars(row.cells[-1], vote, line)
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


def _bars(cell: _Cell, vote: Vote, line: Line) -> None:
    """The one drawing of a bar: a table of one row, its parts as cells and the rest of the whole as the last.  What has won
    is lit, the others are in a soft tone."""
    cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    cell.paragraphs[0].paragraph_format.line_spacing = Pt(2)  # a cell ends with a paragraph
    wide = Emu(cell.width or 0).twips - 2 * MARGIN
    alone = {1: WON, None: NEITHER}.get(line.place, REST)
    colours = [alone] if len(line.bars) == 1 else [COLOURS[tone % len(COLOURS)] for tone in vote.tones]
    apart = vote.chart == "plane"
    rows = [[one] for one in zip(line.bars, colours, strict=True)] if apart else [[*zip(line.bars, colours, strict=True)]]
    for parts in reversed(rows):
        sizes = [(round(part * wide), colour) for part, colour in parts if round(part * wide)]
        if rest := wide - sum(size for size, _colour in sizes):
            sizes.append((rest, TRACK))
        cell._tc.insert(1, parse_xml(BAR.format(
            names=nsdecls("w"), grid="".join(f'<w:gridCol w:w="{size}"/>' for size, _colour in sizes),
            high=THIN if apart else HIGH, cells="".join(PIECE.format(size=size, colour=colour) for size, colour in sizes))))
        if parts is not rows[0]:
            cell._tc.insert(1, parse_xml(GAP.format(names=nsdecls("w"))))


def _widths(document: Document, grid: Grid, sizes: list[float]) -> None:
    page = document.sections[-1]
    wide, left, right = (size or 0 for size in (page.page_width, page.left_margin, page.right_margin))  # docx.py says all
    for column, part in zip(grid.columns, sizes, strict=True):
        column.width = Emu(int((wide - left - right) * part / sum(sizes)))
        for cell in column.cells:
            cell.width = column.width
