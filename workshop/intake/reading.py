"""Which reader takes what: by what stands in the file, not by its name."""
import io

from workshop.intake import delimited, lists, xlsx
from workshop.intake.decoding import decode
from workshop.intake.table import BYTES, Fault, Table

ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read(data: bytes) -> Table:
    """The table of a file: XLSX, CSV or a plain list."""
    if len(data) > BYTES:
        return _only(Fault(0, "too_many_bytes", {"limit": BYTES // 1024 ** 2}))
    if data.startswith(ZIP):
        return xlsx.read(io.BytesIO(data))
    if data.startswith(OLD_OFFICE):
        return _only(Fault(0, "old_office", {}))
    text = decode(data)
    return _only(Fault(0, "not_a_table", {})) if text is None else delimited.read(text) or lists.read(text)


def paste(text: str, reading: str = "") -> Table:
    """The table of a pasted text.  `reading`: 'list', 'table', or '' for a table where every line has a tab (cells that were
    copied from a sheet), else a list."""
    if len(text) > BYTES:
        return _only(Fault(0, "too_many_bytes", {"limit": BYTES // 1024 ** 2}))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    tabs = delimited.delimiter(text) == "\t"
    if reading == "table" or (not reading and tabs):
        return delimited.read(text) or lists.read(text)
    return lists.read(text)


def _only(fault: Fault) -> Table:
    return Table(faults=[fault])
