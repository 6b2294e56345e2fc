"""Sizes and rates: how much of anything one person may send."""
import math
import unicodedata
from collections import OrderedDict

TEXT = 4000  # characters of an idea, comment or summary item
NAME = 80
FRAME = 64 * 1024  # bytes of one command
SEATS_PER_DEVICE = 12
SOCKETS_PER_DEVICE = 12
DEPTH = 16  # of lists and objects within each other in a command
CARDS_PER_ROOM = 5000
CARDS_BROUGHT = 100  # of one command
CARDS_TOLD = 100  # of one live frame; what is more (all cards of a room go along) follows in the next
AGE_MS = 24 * 3600 * 1000
PHOTO, VOICE = 8 * 1024 * 1024, 1536 * 1024  # bytes of an upload; a photo is drawn anew and gets smaller
PICTURE_POINTS = 40_000_000
PICTURE_SIDE = 1280  # points of the longer side of a photo as it is kept
SMALL_PICTURE = 12 * 1024  # bytes
VOICE_SECONDS = 60
FILES_PER_CARD = 4
FILES_PER_ROOM = 1000
UPLOADS, UPLOADS_RATE = 12, 0.5  # photos and voice notes of a device at once, and then each second
CODE_FAILURES, CODE_WINDOW = 120, 600.0  # wrong codes per address and 10 minutes
CODE_PAUSE = 2.0  # seconds before the answer to one more
DRAWINGS, DRAWINGS_RATE = 10, 0.5  # rooms drawn anew for a device's refused form at once, and then each second
QUESTIONS, QUESTIONS_RATE = 60, 10.0  # "what changed since?" of a device at once, and then each second
ANSWERS = 8  # boards under way to a device over HTTP; each is held in memory until it has been read

# What becomes of characters that are not kept as they are (clean_text).
KEPT = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {*b"\t\n"})
KEPT |= dict.fromkeys({*range(0xD800, 0xE000), 0xFFFE, 0xFFFF}, 0xFFFD)


def clean_text(text: str) -> str:
    """Text as it is kept: NFC, line ends as \\n, no control characters but tab and newline, trimmed.

    Lone surrogates (half an emoji cut by a careless client) cannot be stored as UTF-8, and U+FFFE and U+FFFF cannot stand in
    a document of XML: they become U+FFFD.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", lines.translate(KEPT)).strip()


def is_plain(value, depth: int = DEPTH) -> bool:
    """Whether decoded JSON can be kept in every store: not nested deeper than `depth`, no infinite numbers."""
    kind = type(value)
    if kind is not dict and kind is not list:
        return kind is not float or math.isfinite(value)
    for inner in value.values() if kind is dict else value:
        if not depth or (type(inner) is not str and not is_plain(inner, depth - 1)):
            return False
    return True


def clean_name(text: str) -> str:
    """A person's name on one line."""
    return " ".join(clean_text(text).split())[:NAME]


class Buckets:
    """Token buckets by key, each refilled at `rate` per second up to `burst`; the least used are forgotten."""

    def __init__(self, rate: float, burst: float, most: int = 10_000):
        self.rate, self.burst, self.most = rate, burst, most
        self._of: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def level(self, key: str, now: float) -> float:
        """Tokens left for `key` at `now` seconds."""
        left, at = self._of.get(key, (self.burst, now))
        return min(self.burst, left + max(0.0, now - at) * self.rate)

    def take(self, key: str, now: float, cost: float = 1.0) -> float:
        """0.0 if `key` may go on, else the seconds until it may."""
        left = self.level(key, now)
        wait = 0.0 if left >= cost else (cost - left) / self.rate
        self._of[key] = (left - cost if not wait else left, now)
        self._of.move_to_end(key)
        while len(self._of) > self.most:
            self._of.popitem(last=False)
        return wait
