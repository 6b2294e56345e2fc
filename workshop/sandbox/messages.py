"""Packs messages between the server and a child: the length of a JSON head, the head {..., "sizes": [int]}, its parts.

Nothing is believed: a length is a bound on what is read, never on what is reserved, and a whole message has one bound.
"""
import json
import struct
from collections.abc import Callable

from workshop.domain.shapes import Json

LENGTH = struct.Struct(">I")
PIECE = 256 * 1024  # bytes
MOST = 32 * 1024 * 1024  # bytes of a message: a table of 4 MB in JSON and what is said of it


class Nonsense(Exception):
    """Reports bytes that are no message."""


def packed(head: Json, parts: list[bytes]) -> list[bytes]:
    """Packs a message, in the pieces in which it is sent."""
    said = json.dumps(head | {"sizes": [len(part) for part in parts]}, ensure_ascii=True, separators=(",", ":")).encode()
    return [LENGTH.pack(len(said)) + said, *parts]


def unpacked(read: Callable[[int], bytes]) -> tuple[Json, list[bytes]]:
    """Reads the (head, parts) of the message that `read(most bytes) -> bytes` gives. Raises Nonsense, EOFError where it
    ends."""
    length, = LENGTH.unpack(_exactly(read, LENGTH.size))
    if length > MOST:
        raise Nonsense(f"a head of {length} bytes")
    try:
        head = json.loads(_exactly(read, length))
    except (ValueError, RecursionError) as error:
        raise Nonsense(type(error).__name__) from None
    sizes = head.get("sizes") if type(head) is dict else None
    if type(sizes) is not list or any(type(size) is not int or size < 0 for size in sizes) or sum(sizes) > MOST:
        raise Nonsense("no sizes")
    return head, [_exactly(read, size) for size in sizes]


def _exactly(read: Callable[[int], bytes], size: int) -> bytes:
    found = bytearray()
    while len(found) < size:
        piece = read(min(PIECE, size - len(found)))
        if not piece:
            raise EOFError
        found += piece
    return bytes(found)
