"""Draws the icons: outlines on 24 by 24, each beside its word.  A page carries the symbols that it shows, once each."""
from flask import g
from markupsafe import Markup

ICONS = {
    "back": "M15 5l-7 7 7 7",
    "onward": "M9 5l7 7-7 7",
    "down": "M5 9l7 7 7-7",
    "up": "M5 15l7-7 7 7",
    "clock": "M12 13V9M9.5 2h5M12 5a8.5 8.5 0 100 17 8.5 8.5 0 000-17z",
    "check": "M4 12.5l5.5 5.5L20 6.5",
    "heart": "M12 20.5C5 15.5 2.5 12 2.5 8.5A5 5 0 0112 6.5a5 5 0 019.5 2c0 3.5-2.5 7-9.5 12z",
    "comment": "M4 4h16v12H10l-5 4.5V16H4z",
    "pen": "M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19z",
    "camera": "M3 8h4l2-3h6l2 3h4v11H3zM12 10a3.5 3.5 0 100 7 3.5 3.5 0 000-7z",
    "voice": "M12 3a3 3 0 00-3 3v5a3 3 0 006 0V6a3 3 0 00-3-3zM5.5 11a6.5 6.5 0 0013 0M12 17.5V21",
    "send": "M21 3L3 10.5l7 3.5 3.5 7z",
    "hand": ("M7.5 12.5V6a1.5 1.5 0 013 0v5M10.5 11V4a1.5 1.5 0 013 0v7M13.5 11V5.5a1.5 1.5 0 013 0V12"
             "M16.5 12V8.5a1.5 1.5 0 013 0V15c0 4-2.5 6.5-6.5 6.5-3 0-4.5-1-6-3.5L4 13.5a1.6 1.6 0 012.7-1.5l"
             ".8 1.2"),
    "plus": "M12 5v14M5 12h14",
    "minus": "M5 12h14",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3",
    "flag": "M5 21V4h13l-3 4.5 3 4.5H5",
    "eye": "M2 12c3-5 6-7 10-7s7 2 10 7c-3 5-6 7-10 7s-7-2-10-7zM12 9a3 3 0 100 6 3 3 0 000-6z",
    "own": "M12 4a4 4 0 100 8 4 4 0 000-8zM4 21c1-5 4-6.5 8-6.5s7 1.5 8 6.5",
    "people": ("M9 5a3.5 3.5 0 100 7 3.5 3.5 0 000-7zM2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 5.5a3.5 3.5 0 010 6.5"
               "M18 14.5c2 .8 3.2 2.6 3.5 5.5"),
    "pause": "M8 5v14M16 5v14",
    "play": "M7 4.5v15l12-7.5z",
    "alert": "M12 3L2.5 20h19zM12 10v5M12 17.5v.5",
    "nosignal": "M3 3l18 18M5 12.5c1.5-1.5 3-2.4 5-2.9M2 9c1.5-1.4 3-2.5 5-3.2M12 5c4 0 7 1.5 10 4M15.5 10.5c1.3.5 2.4 1.2"
                " 3.5 2.3M9 16a4.5 4.5 0 015-.8M12 19.5v.5",
    "quiet": "M12 3a9 9 0 100 18 9 9 0 000-18zM8 12h8",
    "bell": "M6 17v-6a6 6 0 0112 0v6l1.5 2h-15zM10 21.5h4",
    "hush": "M6 17v-6M9 5.8A6 6 0 0118 11v4M15 19H4.5L6 17M10 21.5h4M3 3l18 18",
    "find": "M10.5 4a6.5 6.5 0 100 13 6.5 6.5 0 000-13zM15.5 15.5L21 21",
    "bars": "M5 20v-6M12 20V4M19 20v-9",
    "quote": "M9 6c-3 1.5-4.5 4-4.5 7v4.5H10V13H7M19 6c-3 1.5-4.5 4-4.5 7v4.5H20V13h-3",
    "call": "M4 10v5h3l8 4.5v-14L7 10zM18.5 9.5a4 4 0 010 6M8 15l1.5 5",
    "print": "M7 8V3h10v5M7 17H3V8h18v9h-4M7 14h10v7H7z",
    "sheet": "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
    "idea": "M9 18h6M10 21.5h4M12 2.5a6.5 6.5 0 00-3.8 11.8c.5.4.8.9.8 1.7h6c0-.8.3-1.3.8-1.7A6.5 6.5 0 0012 2.5z",
    "wall": "M3 4h18v12H3zM12 16v4M8 20h8",
    "more": "M5 12v.01M12 12v.01M19 12v.01",
    "close": "M5 5l14 14M19 5L5 19",
    "wait": "M7 3h10M7 21h10M8 3c0 5 8 6 8 9s-8 4-8 9M16 3c0 5-8 6-8 9s8 4 8 9",
    "move": "M12 3v18M3 12h18M9 6l3-3 3 3M9 18l3 3 3-3M6 9l-3 3 3 3M18 9l3 3-3 3",
}


def icon(name: str) -> Markup:
    """An icon: the word stands beside it, so that no reader hears of it.  The same as `icon` of static/js/shell/parts.js."""
    _shown().setdefault(name)
    return Markup('<svg class="i" aria-hidden="true"><use href="#i-{0}"/></svg>').format(name)


def symbols(*drawn_later: str) -> Markup:
    """The outlines of what the page shows, and of what its script will draw."""
    names = {**_shown(), **dict.fromkeys(drawn_later)}
    each = Markup('<symbol id="i-{}" viewBox="0 0 24 24"><path d="{}"/></symbol>')
    return Markup('<svg class="symbols" aria-hidden="true">{}</svg>').format(
        Markup("").join(each.format(name, ICONS[name]) for name in names)) if names else Markup("")


def _shown() -> dict[str, None]:
    """The icons of the page that is being drawn, in the order in which they were asked for."""
    shown: dict[str, None] = g.setdefault("icons", {})
    return shown
