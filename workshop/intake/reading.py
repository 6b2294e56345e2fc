"""Chooses the reader of a file by what stands in it, not by its name."""
import io
import zipfile

from workshop.intake import delimited, lists, objects
from workshop.intake.decoding import decode
from workshop.intake.table import BYTES, Fault, Table
from workshop.intake.workbooks import ods, xls, xlsx
from workshop.intake.workbooks.package import BROKEN, UNPACKED, TooBig

ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
PAGE = ("<!doctype html", "<html", "<table", "<?xml", "<workbook")


def read(data: bytes, sheet: str = "", language: str = "es", json: bool = False) -> Table:
    """Returns the table of a file: a workbook (XLSX, XLSM, ODS, XLS), JSON, CSV or a plain list. `sheet`: which one of a
    workbook, by its name; `language`: in which a workbook says its days and truths; `json`: the file is called so."""
    if len(data) > BYTES:
        return _only("too_many_bytes", limit=BYTES // 1024 ** 2)
    if data.startswith(ZIP):
        return _workbook(data, sheet, language)
    if data.startswith(OLD_OFFICE):
        return xls.read(data, sheet, language)
    text = decode(data)
    if text is None:
        return _only("not_a_table")
    return _only("web_page") if text[:500].lstrip().lower().startswith(PAGE) else _text(text, json)


def paste(text: str, reading: str = "") -> Table:
    """Returns the table of a pasted text. `reading`: 'list', 'table', or '' for a table where every line has a tab (cells
    that were copied from a sheet) or where it is JSON, else a list."""
    if len(text) > BYTES:
        return _only("too_many_bytes", limit=BYTES // 1024 ** 2)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if reading != "list" and (table := objects.read(text)):
        return table
    if reading == "table" or (not reading and delimited.delimiter(text) == "\t"):
        return delimited.read(text) or lists.read(text)
    return lists.read(text)


def _text(text: str, json: bool) -> Table:
    return objects.read(text, json) or delimited.read(text) or lists.read(text)


def _workbook(data: bytes, sheet: str, language: str) -> Table:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            if "xl/workbook.bin" in names:
                return _only("binary_workbook")
            if "content.xml" in names and not any(name.startswith(("word/", "xl/")) for name in names):
                return ods.read(archive, sheet)
            if not any(name.startswith("xl/") for name in names):
                return _only("not_a_table")
            return xlsx.read(archive, sheet, language)
    except TooBig:
        return _only("file_unpacks", limit=UNPACKED // 1024 ** 2)
    except BROKEN:
        return _only("file_damaged")


def _only(code: str, **values: object) -> Table:
    return Table(faults=[Fault(0, code, values)])
