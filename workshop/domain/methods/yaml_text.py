"""Reads the YAML of a method, which may come from anybody, into lists, dicts and strings, and into nothing else."""
from typing import Any, Protocol

import yaml

from workshop.domain.errors import Refusal
from workshop.domain.shapes import Json

LIMIT = 100 * 1024  # bytes; our own have at most 6 KB
DEPTH = 8
READER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # scalars stay text, so that the words `no` and `on` are words


WRITER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)  # ten times as quick as the one in Python


class BadMethod(Refusal):
    """Refuses a method. `where` is the place in it, as 'steps.0.title'; it is among the `values` too."""

    def __init__(self, code: str, where: str = "", **values: Any) -> None:
        super().__init__(code, where=where, **values)
        self.where = where

    def __str__(self) -> str:
        return f"{self.code} {self.values}"


def refused(code: str, where: str = "", **values: Any) -> BadMethod:
    """Makes the refusal with this code, to be raised."""
    return BadMethod(code, where, **values)


def read(text: str) -> Json:
    """Reads the document as dicts, lists and strings, or BadMethod.

    Codes: `method_too_big`, `method_not_yaml`, `method_alias` (also for tags), `method_repeated` (a key twice). Aliases,
    anchors and tags are refused before anything is built, so that a small text cannot become a large object.
    """
    size = len(text.encode("utf-8", "replace"))
    if size > LIMIT:
        raise refused("method_too_big", limit=LIMIT // 1024, length=size // 1024)
    try:
        _look(text)
        reader = READER(text)
        try:
            node = reader.get_single_node()
            _once(node)
            document: Json = reader.construct_document(node)
            return document
        finally:
            reader.dispose()
    except yaml.MarkedYAMLError as error:
        raise refused("method_not_yaml", line=_line(error.problem_mark)) from None
    except (yaml.YAMLError, UnicodeError):
        raise refused("method_not_yaml", line=1) from None


def task(_values: Json, content: bytes) -> tuple[Json, list[bytes]]:
    """Reads the document of a text in UTF-8, in a child process. Raises BadMethod as `read`."""
    return read(content.decode("utf-8", "replace")), []


def write(plain: Json) -> str:
    """Writes the YAML of dicts, lists and text, for people to change."""
    return yaml.dump(plain, Dumper=WRITER, sort_keys=False, allow_unicode=True, width=110)


def _look(text: str) -> None:
    """Refuses what no method needs. Event by event: nothing is built, and a deep text is abandoned at once."""
    depth = 0
    top = []
    for event in yaml.parse(text, Loader=READER):
        opens = isinstance(event, yaml.CollectionStartEvent)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise refused("method_alias", line=_line(event.start_mark))
        if isinstance(event, yaml.NodeEvent) and depth == 0:
            top.append(event)
        depth += opens - isinstance(event, yaml.CollectionEndEvent)
        if depth > DEPTH or len(top) > 1:
            raise refused("method_not_yaml", line=_line(event.start_mark))
    if not top or not isinstance(top[0], yaml.MappingStartEvent):
        raise refused("method_not_yaml", line=1)


def _once(node: yaml.Node | None, where: str = "") -> None:
    """Refuses a key that stands twice in one mapping; the reader would silently take the last."""
    if isinstance(node, yaml.SequenceNode):
        for number, part in enumerate(node.value):
            _once(part, f"{where}{number}.")
    elif isinstance(node, yaml.MappingNode):
        seen = set()
        for key, part in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise refused("method_not_yaml", line=_line(key.start_mark))
            if key.value in seen:
                raise refused("method_repeated", f"{where}{key.value}"[:200], key=key.value[:80])
            seen.add(key.value)
            _once(part, f"{where}{key.value}.")


class Marked(Protocol):
    """Holds a place in a text; the reader in C has a class of its own."""

    line: int


def _line(mark: Marked | None) -> int:
    """Returns the line of a mark, as people count."""
    return mark.line + 1 if mark else 1
