"""Reads the parts of a workbook (a ZIP of XML) in pieces: bounded, no entity and no document type, nothing that is declared
is believed."""
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import IO
from xml.parsers import expat

UNPACKED = 48 * 1024 * 1024  # bytes of all parts together, however small they are packed
ELEMENTS = 2_000_000  # of all parts together
PIECE = 64 * 1024
BROKEN = (zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, KeyError, IndexError, ValueError, OSError,
          RuntimeError, NotImplementedError, OverflowError)  # RuntimeError: has a password; then: packed in an unknown way


class Enough(Exception):
    """Ends the reading of a part: no more of it is needed."""


class TooBig(Exception):
    """Reports that more comes out of the file than a table has."""

Start = Callable[[str, dict[str, str]], object]  # (tag, attributes)


class Package:
    """Gives the parts of a ZIP by their names, whatever case and slashes they are written with."""

    def __init__(self, archive: zipfile.ZipFile):
        self.archive, self.left, self.elements = archive, UNPACKED, ELEMENTS
        self.names = {name.replace("\\", "/").lower(): name for name in archive.namelist()}

    def has(self, path: str) -> bool:
        """Tells whether there is such a part."""
        return path.lower() in self.names

    def parse(self, path: str, start: Start, end: Callable[[str], object] = lambda tag: None,
              text: Callable[[str], object] = lambda data: None) -> None:
        """Reads a part in pieces. `start(tag, attributes)`, `end(tag)`: without prefixes; `text(data)` in any number of
        pieces. Raises TooBig, and what is in BROKEN."""
        parser = expat.ParserCreate()
        parser.buffer_text = True

        def counted(tag: str, attributes: dict[str, str]) -> None:
            self.elements -= 1
            if self.elements < 0:
                raise TooBig
            start(tag.rpartition(":")[2] if ":" in tag else tag, attributes)

        parser.StartElementHandler = counted
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2] if ":" in tag else tag)
        parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _no_document_type
        try:
            with self.archive.open(self.names[path.lower()]) as part:
                self._feed(part, parser)
        except Enough:
            return

    def _feed(self, part: IO[bytes], parser: expat.XMLParserType) -> None:
        size, before = PIECE, -1
        while piece := part.read(size):
            self.left -= len(piece)
            if self.left < 0:
                raise TooBig
            parser.Parse(piece)
            # A mark that has no end is read again from its beginning with each piece: then pieces become bigger.
            size, before = size * 2 if parser.CurrentByteIndex == before else PIECE, parser.CurrentByteIndex
        parser.Parse(b"", True)


def _no_document_type(*_declared: object) -> None:
    raise ValueError("a table has no document type, so no entities")


def resolved(base: str, target: str) -> str:
    """Returns the name of the part that a part in the folder `base` calls `target`."""
    path = PurePosixPath(target.lstrip("/")) if target.startswith("/") else PurePosixPath(base) / target
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            del parts[-1:]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def truth(said: str | None) -> bool:
    """Tells whether an attribute of XML says yes."""
    return said in ("1", "true", "on")
