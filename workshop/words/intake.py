"""Words the faults and remarks on the lines of a list or file that is brought in; {values} come with the fault or remark."""
from typing import Any

from workshop.words import N_, N_count, _, count
from workshop.words.refusals import SENTENCES as REFUSALS
from workshop.words.refusals import Known

SENTENCES: dict[str, str | tuple[str, str]] = {
    "above_heading": N_("This stands above the heading of the table, and was left out."),
    "binary_workbook": N_("This is a binary Excel file (XLSB). Save it as XLSX."),
    "bring_changed": N_("Something was changed since it was shown. Look at it again, then bring it in."),
    "bring_no_line": N_("Tick at least one line."),
    "bring_not_compared": N_("Similar texts were not looked for: there are too many, or they are too long."),
    "bring_partly": N_count("{n} is on the board already. Bringing it in again does not double it.",
                            "{n} are on the board already. Bringing them in again does not double them."),
    "bring_two": N_("Either a text or a file, please: the file was not read."),
    "digits_lost": N_("The number in {cell} has lost its last digits in the spreadsheet. "
                      "Where it comes from, keep it as text."),
    "empty": N_("There is no text."),
    "error_in_cell": N_("Cell {cell} holds an error of the spreadsheet ({error}), not a text. Mend it there."),
    "file_damaged": N_("The file is damaged: from here on it could not be read."),
    "file_unpacks": N_("There is more in this file than in a table: over {limit} MB."),
    "formula_without_result": N_("Cell {cell} has a formula without a stored result. "
                                 "Open the file in the spreadsheet, save it, and bring it in again."),
    "heading_again": N_("The heading appears here again; it is not a card."),
    "hidden_columns": N_count("{n} cell stands in a hidden column and was left out. "
                              "Show the column in the spreadsheet to bring it in.",
                              "{n} cells stand in hidden columns and were left out. "
                              "Show the columns in the spreadsheet to bring them in."),
    "hidden_rows": N_count("Here, {n} hidden line was left out. Show it in the spreadsheet to bring it in.",
                           "Here and below, {n} hidden lines were left out. Show them in the spreadsheet to bring them in."),
    "hidden_sheets": N_("Hidden sheets were not read: {sheets}. Show them in the spreadsheet to bring them in."),
    "json_broken": N_("This is no JSON that can be read: it is broken in line {at}, at character {character}. Nothing of it "
                      "was taken."),
    "no_date": N_("What stands where it should say when it was written is no date; it was left as it is."),
    "no_sheet": N_("This workbook has no sheet that is shown."),
    "not_a_table": N_("This is not a table and not a text. Save it as XLSX or CSV."),
    "odd_characters": N_("Some letters could not be read."),
    "old_office": N_("This Excel file has a password, or it is damaged. Save it as XLSX without a password."),
    "open_quote": N_("A quotation mark is not closed here. This line was read without quotation marks."),
    "other_sheets": N_("Only the sheet “{sheet}” was read. There are others: {sheets}. Choose above which one."),
    "said_here": N_("Seems to say the same thing as line {line}."),
    "said_on_board": N_("Seems to say the same thing as card {card} on the board."),
    "same_here": N_("The same as line {line}. Tick it if you want it twice."),
    "same_on_board": N_("The same as card {card} on the board. Tick it if you want it twice."),
    "table_too_hard": N_("This could not be read in the time that a file gets. Save it as CSV, or bring in a part of it."),
    "shortened": N_("Too long for a card: the end is left out."),
    "split": N_("Too long for a card: split."),
    "too_many_bytes": N_("This is too big: at most {limit} MB at once."),
    "too_many_cells": N_("This line has {cells} columns; there are {columns}. Perhaps quotation marks are missing."),
    "too_many_rows": N_("From here on it is too much: at most {limit} lines at once. Bring the rest in afterwards."),
    "too_many_sheets": N_("This workbook has too many sheets: the first {limit} were looked at."),
    "unknown_column": N_("The board has no column “{column}”."),
    "unknown_date": N_("“{date}” cannot be read as a date here. Write it like this: {example}"),
    "unknown_lane": N_("The board has no lane “{lane}”."),
    "unknown_parent": N_("“{parent}” is not in this list, so the card hangs from nothing."),
    "unknown_row": N_("The board has no row “{row}”."),
    "went_together": N_("It was one with card {card} where it comes from. Tick it if you want it as a card of its own."),
    "web_page": N_("This is a web page or XML under another name. Open it in the spreadsheet and save it as XLSX."),
}


def sentence(code: str, values: dict[str, Any]) -> str:
    """Returns the sentence of a fault, a remark or a refused card."""
    if isinstance(sheets := values.get("sheets"), list | tuple):
        values = values | {"sheets": ", ".join(f"{name} ({count('{n} idea', '{n} ideas', n)})" for name, n in sheets)}
    words = SENTENCES.get(code) or REFUSALS[code]
    if isinstance(words, tuple):
        return count(words[0], words[1], values["n"])
    return _(words).format_map(Known(values))
