"""Bytes as text: UTF-8 with or without a mark, UTF-16 with one, else what Windows writes in Europe and Latin America."""
import codecs

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(data: bytes) -> str | None:
    """The text with \\n line ends; None where it is no text.  What could not be read is U+FFFD."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _lines(data[len(mark):].decode(encoding, "replace"))
    if b"\0" in data:
        return None
    try:
        return _lines(data.decode("utf-8"))
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    # A UTF-8 file with a scratch has few bytes that do not fit; a Windows file has as many as it has accents.
    fits, odd = sum(c > "\x7f" and c != "\ufffd" for c in text), text.count("\ufffd")
    return _lines(text if fits > 4 * odd else data.decode("cp1252", "replace"))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
