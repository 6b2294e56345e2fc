"""Checks that the head of a request is unambiguous: what two readers may take for two different requests is refused.

A proxy in front would end such a request elsewhere than we do, and what follows would be another sender's. The head itself
is read by the standard library.
"""
import re
from collections.abc import Iterable

NUMBER = re.compile("[0-9]{1,15}")
LINE = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+:[^\r\n\0]*\r?\n|\r?\n")  # a field, or the end


def is_clear(fields: list[tuple[str, str]], version: str) -> bool:
    """Tells whether all who read these fields (name, value) of a request find the same host, and the same end of its body.
    """
    hosts: list[str] = []
    lengths: list[str] = []
    codings: list[str] = []
    seen = {"host": hosts, "content-length": lengths, "transfer-encoding": codings}
    for name, value in fields:
        values = seen.get(name.lower())
        if values is not None:
            values.append(value.strip(" \t\r\n"))
    if codings and (lengths or version != "HTTP/1.1" or len(codings) > 1 or codings[0].lower() != "chunked"):
        return False
    if lengths and (len(lengths) > 1 or not NUMBER.fullmatch(lengths[0])):
        return False
    return len(hosts) == 1 or (not hosts and version != "HTTP/1.1")


def are_plain_lines(lines: Iterable[bytes]) -> bool:
    """Tells whether the lines of a head are fields that begin where they seem to: nothing folded, no space before the colon.
    """
    return all(map(LINE.fullmatch, lines))
