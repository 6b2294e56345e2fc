"""Writes the votes in the workbook: a block for each, its rows under headings of its own, and a chart beside it."""
from typing import TYPE_CHECKING

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from workshop.domain.kinds import ResultTable
from workshop.exports.model import Report
from workshop.exports.votes import Vote, about, headings, numbered, ranks
from workshop.words import _

if TYPE_CHECKING:
    from workshop.exports.formats.xlsx import Sheets

HIGH = 15  # rows that a chart covers at least
COLOURS = ("#27407a", "#e8b84a", "#3c6b3c", "#a3123a", "#5a5650")
CHART_AT = 12  # columns that stay free for the rows


def write(sheets: "Sheets", report: Report) -> None:
    """Writes the sheet of all votes, by room, in the order in which they were held."""
    sheet, y = sheets.add("votes"), 0
    sheet.set_column(0, 1, 12)
    sheet.set_column(2, 2, 60)
    sheet.set_column(3, CHART_AT - 1, 14)
    title = sheets.book.add_format({"bold": True, "font_size": 13, "font_color": "#27407a"})
    for room in report.voting:
        for vote in room.votes:
            top = y
            sheet.write_string(y, 0, f"{room.called(report.words)} · {vote.title}", title)
            for line in about(vote, report.words):
                y += 1
                sheet.write_string(y, 0, line)
            y = _rows(sheets, sheet, vote, report.words, y + 1, top) + 2
            for one in vote.tables:
                y = _table(sheets, sheet, one, y) + 1
    for way in ("delegation", "channel", "axis"):
        _by_group(sheets, report, way)
    for room in report.voting:
        for vote in room.votes:
            _given(sheets, vote, report.words)
    _alike(sheets, report)


def _given(sheets: "Sheets", vote: Vote, words: dict[str, str]) -> None:
    """Writes a sheet of who gave what: a row for each thing, a column for each voter, the sums; under it the reasons."""
    if vote.whole is None or vote.whole.gave is None:
        return
    of, sheet, places = vote.whole.gave, sheets.add(sheets.reserve(vote.title)), ranks(vote)
    heads = [*([words["rank"]] if places else []), words["voted_on"], *(name for _short, name in of.voters),
             vote.whole.headings[0]]
    sheet.set_column(0, len(heads), 14)
    sheet.set_column(int(places), int(places), 60)
    for x, text in enumerate(heads):
        sheet.write_string(0, x, text, sheets.head)
    tied = sheets.book.add_format({"valign": "top", "num_format": f'0 "{words["tied"]}"'})
    y = 0
    for y, (thing, cells) in enumerate(of.all, 1):
        if places and thing.of.place:
            sheet.write_number(y, 0, thing.of.place, tied if thing.of.tied else sheets.cell)
        texts = [thing.what, *(cell.said if cell else "" for cell in cells)]
        for x, text in enumerate(texts, int(places)):
            if text.isdecimal() and text.isascii() and x > int(places):
                sheet.write_number(y, x, int(text), sheets.cell)
            else:
                sheet.write_string(y, x, text, sheets.cell)
        sheet.write_number(y, len(heads) - 1, thing.of.row.figures[0] or 0, sheets.cell)
    sheet.freeze_panes(1, int(places) + 1)
    for x, text in enumerate((words["voted_on"], _("From"), vote.whole.headings[0], _("Reason")) if of.reasons else ()):
        sheet.write_string(y + 2, x, text, sheets.head)
    for i, (thing, name, cell) in enumerate(of.reasons, y + 3):
        for x, text in enumerate((thing.what, name, cell.said, cell.why or _("without a reason"))):
            sheet.write_string(i, x, text, sheets.cell)


def _alike(sheets: "Sheets", report: Report) -> None:
    """Writes a sheet of the groups of people who answer alike: of each statement that is told of and each group a row."""
    rows: list[tuple[str | int, ...]] = []
    for room in report.rooms:
        for vote in (one for one in room.votes if one.whole and one.whole.alike):
            alike = vote.whole and vote.whole.alike
            for title, held in ((_("What all groups share"), alike.shared), (_("What separates the groups"), alike.apart)) \
                    if alike else ():
                rows += [(f"{room.number} · {room.title}", vote.title, title, f"{_('Against:')} {one.what}" if one.against
                          else one.what, camp.title, n, of) for one in held
                         for camp, (_letter, n, of) in zip(alike.camps if alike else (), one.each, strict=True)]
    if rows:
        sheets.write("alike", ("room", "vote", "counted", "voted_on", "group", "holds", "of_seen"), rows)


def _by_group(sheets: "Sheets", report: Report, way: str) -> None:
    """Writes a sheet of the votes by delegation, channel or axis, a figure in each row; none where nothing is told so."""
    rows: list[tuple[str | int | float, ...]] = []
    for room in report.voting:
        for vote in room.votes:
            for one in (one for one in (vote.whole.ways if vote.whole else ()) if one.key == way):
                rows += [(f"{room.number} · {room.title}", vote.title, lot.name, thing.what, heading, figure, lot.voted,
                          lot.could, lot.first) for lot in one.lots
                         for thing, parts in zip(vote.whole.things if vote.whole else (), lot.parts, strict=True)
                         for heading, figure in zip(vote.headings, parts, strict=False)]
    if rows:
        sheets.write(f"by_{way}", (
            "room", "vote", "group", "voted_on", "counted", "figure", "voted", "could", "first"), rows)


def _rows(sheets: "Sheets", sheet: Worksheet, vote: Vote, words: dict[str, str], y: int, title: int) -> int:
    """Writes the result from the row `y`, its title in the row `title`; returns the row after it."""
    if not vote.lines:
        return y
    left = 3 - (ranks(vote) + numbered(vote) + 1)  # what was voted on stands always in the third column
    for x, text in enumerate(headings(vote, words), left):
        sheet.write_string(y, x, text, sheets.head)
    tied = sheets.book.add_format({"valign": "top", "num_format": f'0 "{words["tied"]}"'})
    for i, line in enumerate(vote.lines, y + 1):
        texts = [*([line.place] if ranks(vote) else []), *([line.number] if numbered(vote) else []), line.text]
        for x, value in enumerate([*texts, *line.figures], left):
            if isinstance(value, int | float):
                of_place = line.tied and x == left and ranks(vote)
                sheet.write_number(i, x, value, tied if of_place else sheets.cell)
            else:
                sheet.write_string(i, x, value or "", sheets.cell)
    last = y + len(vote.lines)
    _chart(sheets, sheet, vote, y, last, title)
    return max(last, y + HIGH) + 1


def _table(sheets: "Sheets", sheet: Worksheet, of: ResultTable, y: int) -> int:
    """Writes what else was counted, from the row `y` and the third column on; returns the row after it."""
    sheet.write_string(y, 2, of.title, sheets.head)
    for i, row in enumerate((of.headings, *of.rows), y + 1):
        for x, text in enumerate(row, 2):
            sheet.write_string(i, x, text, sheets.head if i == y + 1 else sheets.cell)
    return y + len(of.rows) + 2


def _chart(sheets: "Sheets", sheet: Worksheet, vote: Vote, head: int, last: int, title: int) -> None:
    """Adds a chart, of which every word is that of a cell: what people wrote is never taken for a formula."""
    bars = max(len(vote.parts), 1)
    kinds = {"bars": {"type": "bar"}, "parts": {"type": "bar", "subtype": "stacked"}, "plane": {"type": "scatter"}}
    chart = sheets.book.add_chart(kinds[vote.chart])
    called = 1 if numbered(vote) else 2
    name = sheet.get_name()
    if vote.chart == "plane":
        at = quote_sheetname(name)
        labels = [{"value": f"={at}!{xl_rowcol_to_cell(y, called, True, True)}"} for y in range(head + 1, last + 1)]
        chart.add_series({"categories": [name, head + 1, 3, last, 3], "values": [name, head + 1, 4, last, 4],
                          "marker": {"type": "diamond", "size": 9, "fill": {"color": COLOURS[0]}},
                          "data_labels": {"custom": labels, "value": True, "position": "above"}})
        chart.set_x_axis({"min": 0, "max": 100, "name": [name, head, 3]})
        chart.set_y_axis({"min": 0, "max": 100, "name": [name, head, 4]})
        chart.set_legend({"none": True})
    else:
        for i in range(bars):
            chart.add_series({"name": [name, head, 3 + i], "categories": [name, head + 1, called, last, called],
                              "values": [name, head + 1, 3 + i, last, 3 + i], "fill": {"color": COLOURS[i % len(COLOURS)]}})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"major_gridlines": {"visible": False}})
        chart.set_legend({"position": "bottom"} if bars > 1 else {"none": True})
    chart.set_title({"name": [name, title, 0], "name_font": {"size": 11}})
    chart.set_size({"width": 520, "height": max(HIGH, min(len(vote.lines), 30)) * 19})
    sheet.insert_chart(head, CHART_AT, chart)

