"""Limits sizes and rates: how much of anything one person may send."""
import math
import unicodedata
from collections import OrderedDict
from typing import Any

TEXT = 4000  # characters of an idea, comment or summary item
NAME = 80  # of people, groups, delegations, places; who and when of a commitment
TITLE = 200  # of a workshop, a room, an axis, a column
COLUMNS = 12  # of a board that is made by hand
MESSAGE = 300  # of the team to people's screens
OUTCOME = 400  # of what a vote decided
MONEY = 10**9  # units of a sum, and of what something costs
CURRENCY = 20
PROXIES = 50  # voices of others that one person may hold, at most
HELP = 200  # what a group says where it asks for help
QUESTION = 2000  # of a room
NOTES = 4000  # of a block of the programme: its aim, its materials, what facilitators note for themselves
TRANSCRIPT = 20_000  # of what the video of a block says
WORDS = 600  # of a method and its steps: titles and instructions in each language
ROUGH = 4  # times a limit may come in, to be told how much too long it is
FRAME = 64 * 1024  # bytes of one command
SEATS_PER_DEVICE = 12
SOCKETS_PER_DEVICE = 12
WALLS_PER_ADDRESS = 40  # lines of a workshop's wall to one address
DEPTH = 16  # of lists and objects within each other in a command
CARDS_PER_ROOM = 5000
CARDS_BROUGHT = 100  # of one command
CARDS_TOLD = 100  # of one live frame; what is more (all cards of a room go along) follows in the next
HANDS = 200  # on the speakers' list at once; a seat has one
QUESTION_TEXT = 600  # characters of a question to all
QUESTIONS_OF_SEAT, QUESTIONS_OPEN = 5, 500  # that are not answered yet: of a seat, of a workshop
AGE_MS = 24 * 3600 * 1000
PHOTO, VOICE = 8 * 1024 * 1024, 1536 * 1024  # bytes of an upload; a photo is re-encoded and gets smaller
PICTURE_POINTS = 40_000_000
PICTURE_SIDE = 1280  # points of the longer side of a photo as it is kept
SMALL_PICTURE = 12 * 1024  # bytes
VOICE_SECONDS = 60
FILES_PER_CARD = 4
FILES_PER_ROOM = 1000
UPLOADS, UPLOADS_RATE = 12, 0.5  # photos and voice notes of a device at once, and then each second
CODE_FAILURES, CODE_WINDOW = 120, 600.0  # wrong codes per address and 10 minutes
CODE_FAILURES_ALL, CODE_ALL_WINDOW = 400, 240.0  # wrong codes of all addresses and four minutes
TOKEN_FAILURES = 60  # bad tokens of programs per address and 10 minutes
CODE_PAUSE = 2.0  # seconds before the answer to one more
CODE_WAITING = 8  # that wait for such an answer at an address; one more is refused unread
SEATS_AT_ONCE, SEATS_RATE = 300, 1.0  # new seats of a workshop from one address (a venue has one) at once, then each second
ENTRIES, ENTRIES_RATE = 60, 10.0  # joins and returns, or attempts, of a device at once, and then each second
ENTRIES_BEHIND = 1500  # more of an address at once
SEATS_OVER = 1.5  # times the expected number of people, where the facilitators have given one
SEATS_EXPECTED = 5000  # the most that can be said
EXPECTED_AT_ONCE = 2000  # people who are put on the list of those expected, of one command
NAMES_LOOKED_UP, NAMES_RATE = 400, 2.0  # look-ups of a name on that list from one address at once, and then each second
SEATS_REMOVED = 200  # of one command
ROOMS_DRAWN, SEATS_DRAWN = 60, 1000  # of one draw
MANY_AT_ONCE = 40  # new seats from one address within a minute at which the desk is warned
QUESTIONS, QUESTIONS_RATE = 60, 10.0  # "what changed since?" of a device at once, and then each second
ANSWERS = 8  # boards under way to a device over HTTP; each is held in memory until it has been read

# What becomes of characters that are not kept as they are (clean_text).
KEPT: dict[int, int | str | None] = dict.fromkeys({*range(0x20), *range(0x7F, 0xA0)} - {*b"\t\n"})
KEPT |= dict.fromkeys({*range(0xD800, 0xE000), 0xFFFE, 0xFFFF}, 0xFFFD)
KEPT |= dict.fromkeys((0x202D, 0x202E))  # they change the direction of a text's letters, so that it reads as another
KEPT |= {0x0344: "\u0308\u0301", 0x0F73: "\u0F71\u0F72", 0x0F75: "\u0F71\u0F74", 0x0F81: "\u0F71\u0F80"}  # as NFC has them
# What separates lines elsewhere: the line of a cell or paragraph (VT), pages (FF), records, NEL, Unicode's own two.
KEPT |= dict.fromkeys((0x0B, 0x0C, 0x1C, 0x1D, 0x1E, 0x85, 0x2028, 0x2029), "\n") | {0x1F: " "}

MARKS = 30  # combining marks in a row; no language has more
UNSEEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})  # categories of what is not seen by itself
# Of other categories, and not seen either (Default_Ignorable_Code_Point of Unicode, and a pattern of Braille without dots).
BLANK = frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, *range(0x180B, 0x1810), 0x2065, 0x2800, 0x3164,
                   *range(0xFE00, 0xFE10), 0xFFA0, *range(0xFFF0, 0xFFF9), 0x1D159, *range(0xE0000, 0xE1000)})
# Of the category Cf, and seen: signs that stand over or around numbers (Prepended_Concatenation_Mark of Unicode).
SEEN = frozenset({*range(0x0600, 0x0606), 0x06DD, 0x070F, 0x0890, 0x0891, 0x08E2, 0x110BD, 0x110CD})


def is_invisible(text: str) -> bool:
    """Tells whether nobody sees anything of the text: spaces, marks of width nothing, fillers, controls, or no character at
    all.

    What joins the parts of an emoji or asks for its coloured form is invisible alone, and does no harm to what is seen.
    """
    return all((unicodedata.category(sign) in UNSEEN or ord(sign) in BLANK) and ord(sign) not in SEEN for sign in text)


def clean_text(text: str) -> str:
    r"""Cleans text for storage: NFC, every line end and separator of lines as \n, no other control characters but tab,
    trimmed; '' where nothing of it can be seen.

    Lone surrogates (half an emoji cut by a careless client) cannot be stored as UTF-8, and U+FFFE and U+FFFF cannot stand in
    a document of XML: they become U+FFFD.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = unicodedata.normalize("NFC", _stream_safe(lines.translate(KEPT))).strip()
    return "" if is_invisible(kept) else kept


def _stream_safe(text: str) -> str:
    """Inserts a joiner that nobody sees after every MARKS combining marks in a row (Unicode's Stream-Safe Text Format):
    putting a run of them into order takes the square of its length."""
    if not text or max(text) < "\u0300":
        return text
    safe, marks = [], 0
    for sign in text:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks > MARKS:
            safe.append("\u034f")
            marks = 1
        safe.append(sign)
    return "".join(safe)


def is_plain(value: Any, depth: int = DEPTH) -> bool:
    """Tells whether decoded JSON can be kept in every store: not nested deeper than `depth`, no infinite numbers."""
    kind = type(value)
    if kind is not dict and kind is not list:
        return kind is not float or math.isfinite(value)
    for inner in value.values() if kind is dict else value:
        if not depth or (type(inner) is not str and not is_plain(inner, depth - 1)):
            return False
    return True


class Buckets:
    """Limits rates by token buckets, one for each key, each refilled at `rate` per second up to `burst`; the least used are
    forgotten. What is asked with another `burst` of its own is measured by that one."""

    def __init__(self, rate: float, burst: float, most: int = 10_000) -> None:
        self.rate, self.burst, self.most = rate, burst, most
        self._of: OrderedDict[str, tuple[float, float]] = OrderedDict()  # key -> (tokens spent, when)

    def level(self, key: str, now: float, burst: float | None = None) -> float:
        """Returns the tokens left for `key` at `now` seconds."""
        spent, at = self._of.get(key, (0.0, now))
        return (burst or self.burst) - max(0.0, spent - max(0.0, now - at) * self.rate)

    def take(self, key: str, now: float, cost: float = 1.0, burst: float | None = None) -> float:
        """Returns 0.0 if `key` may go on, else the seconds until it may."""
        left = self.level(key, now, burst)
        wait = 0.0 if left >= cost else (cost - left) / self.rate
        self.spend(key, now, 0.0 if wait else cost)
        return wait

    def spend(self, key: str, now: float, cost: float) -> None:
        """Takes tokens from `key`, which has gone on in any case."""
        self._of[key] = (self.burst - self.level(key, now) + cost, now)
        self._of.move_to_end(key)
        while len(self._of) > self.most:
            self._of.popitem(last=False)
