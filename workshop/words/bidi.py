"""Isolates names written in the other direction within a sentence (Unicode bidirectional isolates)."""
import unicodedata

RIGHT_TO_LEFT = ("R", "AL", "AN")
ISOLATE, END = "\u2068", "\u2069"


def isolate(name: str) -> str:
    """Returns the name as it can stand in a sentence. Only names in scripts written from right to left need isolates; the
    others stay as they are, and so does what is isolated already."""
    turns = not name.isascii() and any(unicodedata.bidirectional(sign) in RIGHT_TO_LEFT for sign in name)
    return f"{ISOLATE}{name}{END}" if turns and not name.startswith(ISOLATE) else name
