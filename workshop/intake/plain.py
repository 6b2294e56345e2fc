"""HTML as plain text, with its paragraphs; nothing is fetched and nothing runs."""
import re
from html.parser import HTMLParser

BLOCKS = frozenset({
    "p", "div", "br", "li", "ul", "ol", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section",
    "article", "header", "footer", "pre", "hr", "dt", "dd"})
SILENT = frozenset(("script", "style", "template"))
WHOLE = re.compile(r"\s*<(?:p|div|ul|ol|h[1-6]|span|table|blockquote)\b.*</[a-z0-9]+>\s*", re.I | re.S)
OPEN = re.compile(r"<[a-z/!?][^<>]*\Z", re.I)
TAGS = re.compile(r"<(script|style|template)\b.*?</\1\s*>|<[^>]*>|&nbsp;|&#160;", re.I | re.S)
LONGEST = 40_000  # characters; what is longer is no card with or without its marks


def is_html(cells: list[str]) -> bool:
    """Whether a column of cells comes from a page: a quarter of them begins and ends with a mark.

    One sign that looks like a mark is something that somebody wrote.
    """
    cells = [cell for cell in cells if cell and len(cell) <= LONGEST]
    return bool(cells) and 4 * sum(WHOLE.fullmatch(cell) is not None for cell in cells) >= len(cells)


def strip(html: str) -> str:
    """The text: paragraphs and list items on lines of their own, addresses of links behind their words."""
    if len(html) > LONGEST:
        return html
    reader = _Reader()
    whole, rest = html, ""
    if OPEN.search(html):  # a mark that does not end would take what follows with it
        at = html.rindex("<")
        whole, rest = html[:at], html[at:]
    reader.feed(whole)
    reader.close()
    lines = (re.sub(r"\s+", " ", line).strip() for line in ("".join(reader.said) + rest).split("\n"))
    text = "\n".join(line for line in lines if line not in ("", "-"))
    return text if text or not TAGS.sub("", html).strip() else html


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.silent, self.links = 0, []

    def handle_starttag(self, tag, attrs):
        if tag in BLOCKS:
            self.said.append("\n- " if tag == "li" else "\n")
        self.silent += tag in SILENT
        known = dict(attrs)
        if tag == "a":
            self.links.append((known.get("href") or "", len(self.said)))
        elif tag == "img":
            self.said.append(known.get("alt") or known.get("src") or "")

    def handle_endtag(self, tag):
        if tag in BLOCKS:
            self.said.append("\n")
        self.silent -= tag in SILENT and self.silent > 0
        if tag == "a" and self.links:
            address, start = self.links.pop()
            if address and address not in "".join(self.said[start:]):
                self.said.append(f" ({address})")

    def handle_data(self, data):
        if not self.silent:
            self.said.append(data.replace("\n", " "))
