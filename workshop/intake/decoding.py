"""Decodes bytes to text: Unicode with or without a mark, else what Windows, old Macs and DOS write in Europe and Latin
America."""
import codecs
import re

MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
OLD = ("cp1252", "mac_roman", "cp850")  # the first one, unless another makes more sense
SAMPLE = 64 * 1024  # bytes by which an old encoding is known
LETTER = re.compile("[áéíóúñüàâçèêëîïôùûœæÁÉÍÓÚÑÜÀÂÇÈÊËÎÏÔÙÛŒÆ¿¡«»“”‘’…–—€°ºª]")
# A sign within a word, a capital letter behind a small one, the second half of nothing: wrong letters are not random.
ODD = re.compile("(?<=[a-zà-ÿ])[^\\W\\d_a-zà-ÿœ](?=[a-zà-ÿ])|(?<=[a-z])[^\\w\\s'’.,;:/&@-](?=[a-z])|[\ufffd\x80-\x9f]")


def decode(data: bytes) -> str | None:
    r"""Returns the text with \n line ends; None where it is no text. What could not be read is U+FFFD."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _lines(data[len(mark):].decode(encoding, "replace"))
    if b"\0" in data:
        wide = _wide(data)
        return _lines(data.decode(wide, "replace")) if wide else None
    try:
        return _lines(data.decode("utf-8"))
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    # A UTF-8 file with a scratch has few bytes that do not fit; an older file has as many as it has accents.
    fits, odd = sum(c > "\x7f" and c != "\ufffd" for c in text), text.count("\ufffd")
    return _lines(text if fits > 4 * odd else data.decode(_old(data[:SAMPLE]), "replace"))


def _wide(data: bytes) -> str | None:
    """Decodes UTF-16 without a mark: of a text in Latin letters every second byte is nothing."""
    sample = data[:4096 & ~1]
    for encoding, nothing in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        if len(sample) > 3 and nothing.count(0) > 0.7 * len(nothing) and not sample.count(0) > 0.6 * len(sample):
            return encoding
    return None


def _old(sample: bytes) -> str:
    """Returns the encoding in which most of the bytes are letters and signs of Spanish and French, and fewest are out of
    place."""
    def sense(encoding: str) -> int:
        text = sample.decode(encoding, "replace")
        return len(LETTER.findall(text)) - 3 * len(ODD.findall(text))
    return max(OLD, key=sense)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
