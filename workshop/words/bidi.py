"""Names in sentences of the other direction."""
import unicodedata

RIGHT_TO_LEFT = ("R", "AL", "AN")
ISOLATE, END = "\u2068", "\u2069"


def isolate(name: str) -> str:
    """The name as it can stand in a sentence.  Only names in scripts that are written from the right need anything; the
    others stay as they are, and so does what is set apart already."""
    turns = not name.isascii() and any(unicodedata.bidirectional(sign) in RIGHT_TO_LEFT for sign in name)
    return f"{ISOLATE}{name}{END}" if turns and not name.startswith(ISOLATE) else name
