"""Reads HTML as plain text, with its paragraphs; nothing is fetched and nothing runs."""
import re
from html import unescape

BLOCKS = frozenset({
    "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section",
    "article", "header", "footer", "pre", "hr", "dt", "dd"})
SILENT = frozenset(("script", "style", "template"))
FIRST = re.compile(r"<(?:p|div|ul|ol|h[1-6]|span|table|blockquote)\b", re.I)
LAST = re.compile(r"</[a-z0-9]{1,20}>\Z", re.I)
OPENS = re.compile(r"[a-z/!?]", re.I)
NAME = re.compile(r"/?([a-z][a-z0-9:-]{0,40})", re.I)
ATTRIBUTE = re.compile(r"""\b(href|src|alt)[ \t\r\n]{0,9}=[ \t\r\n]{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""", re.I)
INSIDE = re.compile("[<>\"']")
LONG_NUMBER = re.compile(r"&#[0-9]{8}|&#x[0-9a-f]{8}", re.I)
LINKS, CLOSE = 1000, 500  # so many links have their address looked for in their words, so many characters of each piece


def is_html(cells: list[str]) -> bool:
    """Tells whether a column of cells comes from a page: a quarter of them begins and ends with a mark.

    One sign that looks like a mark is something that somebody wrote.
    """
    cells = [stripped for cell in cells if (stripped := cell.strip())]
    return bool(cells) and 4 * sum(FIRST.match(cell) is not None and LAST.search(cell[-24:]) is not None
                                   for cell in cells) >= len(cells)


def strip(html: str) -> str:
    """Returns the text: paragraphs and list items on lines of their own, addresses of links behind their words."""
    reader = _Reader(html)
    reader.read()
    lines = (" ".join(line.split()) for line in "".join(reader.said).split("\n"))
    return "\n".join(line for line in lines if line not in ("", "-"))


class _Reader:
    """Goes over a page from mark to mark."""

    def __init__(self, html: str):
        self.html, self.low = html, ""
        self.said: list[str] = []
        self.links: list[tuple[str, int]] = []
        self.linked = 0
        self.unended: set[str] = set()  # what is known to stand nowhere behind

    def read(self) -> None:
        """Says what stands in the page."""
        html, at = self.html, 0
        while (start := html.find("<", at)) >= 0:
            self._text(html[at:start])
            at = self._mark(start)
            if at == start:  # no mark: a sign
                at = max(start + 1, self._end)
                self.said.append(html[start:at].replace("\n", " "))
        self._text(html[at:])

    def _text(self, said: str) -> None:
        if said:
            self.said.append(_unescaped(said).replace("\n", " "))

    def _mark(self, start: int) -> int:
        """Takes the mark that begins at `start`. Returns where it ends; `start` if it is none, and then what stands up to
        `_end` is text."""
        html, self._end = self.html, start + 1
        if not OPENS.match(html, start + 1):
            return start
        if html.startswith("<!--", start):
            end = self._find("-->", start + 4)
            return end + 3 if end >= 0 else start
        at = start + 1
        while found := INSIDE.search(html, at):
            sign, at = found[0], found.end()
            if sign == ">":
                return self._tag(html[start + 1:at - 1], at)
            if sign == "<":
                self._end = found.start()
                return start
            at = self._find(sign, at) + 1
            if not at:
                break
        self._end = len(html)  # it ends nowhere
        return start

    def _find(self, what: str, at: int) -> int:
        if what in self.unended:
            return -1
        found = self.html.find(what, at)
        if found < 0:
            self.unended.add(what)
        return found

    def _tag(self, said: str, end: int) -> int:
        """Says what a whole mark stands for. Returns where reading goes on."""
        known = NAME.match(said)
        if not known:
            return end
        name, closes = known[1].lower(), said.startswith("/")
        if name in BLOCKS:
            self.said.append("\n- " if name == "li" and not closes else "\n")
        if closes:
            if name == "a" and self.links:
                self._address(*self.links.pop())
        elif name == "a":
            self.links.append((_attributes(said).get("href", ""), len(self.said)))
        elif name == "img":
            picture = _attributes(said)
            self.said.append(picture.get("alt") or picture.get("src") or "")
        elif name in SILENT:
            return self._silent(name, end)
        return end

    def _address(self, address: str, start: int) -> None:
        self.linked += 1
        words = "".join(said[:CLOSE] for said in self.said[start:start + 50]) if self.linked <= LINKS else ""
        if address and address not in words:
            self.said.append(f" ({address})")

    def _silent(self, name: str, at: int) -> int:
        """Returns where what is not shown ends; where it begins if it has no end, and then it is text."""
        if name not in self.unended:
            self.low = self.low or self.html.lower()
            # Lower case can be longer than what it was made of; then nothing is left out.
            end = self.low.find(f"</{name}", at) if len(self.low) == len(self.html) else -1
            if end >= 0:
                return end
            self.unended.add(name)
        return at


def _attributes(said: str) -> dict[str, str]:
    """Returns the addresses and words of a mark, the first of each name."""
    found: dict[str, str] = {}
    for name, *values in ATTRIBUTE.findall(said):
        value = "".join(values)
        found.setdefault(name.lower(), _unescaped(value))
    return found


def _unescaped(said: str) -> str:
    """Returns a text with its entities as signs; a number that is too long for one stays."""
    return unescape(LONG_NUMBER.sub(lambda found: "&amp;" + found[0][1:], said)) if "&" in said else said
