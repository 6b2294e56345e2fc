"""HTML as plain text, whatever somebody makes of it."""
import csv
import io

import pytest

from tests.intake.costs import growth
from tests.support.real import real
from workshop import intake
from workshop.intake import html_text

HOSTILE = {
    "marks that do not end": "<p", "signs": "<", "scripts without an end": "<script>", "marks within each other": "<div>",
    "quotes": '<a "', "both quotes": "<a '\"", "comments without an end": "<!--", "closing halves": "</p",
    "questions": "<?", "declarations": "<!x", "entities": "&amp", "half entities": "&#", "links": "<a href=x>y",
    "links in links": "<a href=xxxxxxxx>", "attributes": '<p a="b" c', "spaces": " \n", "script halves": "<script></scrip",
    "ends": "</a></a>", "images": '<img alt="x', "text areas": "<textarea><title>", "cdata": "<![CDATA["}


@pytest.mark.parametrize("unit", HOSTILE.values(), ids=HOSTILE.keys())
def test_four_times_the_size_is_not_sixteen_times_the_work(unit):
    def work(html):
        html_text.is_html([html])
        html_text.strip(html)
    for begin, end in (("", ""), ("<p>", "</p>"), ("<p>", "'\">x</p>")):
        assert growth(work, lambda size, b=begin, e=end: b + unit * (size // len(unit)) + e, 20_000) < 9


def test_a_cell_of_forty_kilobytes_is_read_in_a_table_of_them():
    for unit in HOSTILE.values():
        cell = "<p>" + unit * (40_000 // len(unit)) + "</p>"
        table = intake.Table([(1, ["texto"]), *((n, [cell]) for n in range(2, 5))])
        rows, faults = intake.rows(table, intake.guess(table))
        assert len(rows) + len(faults) == 3


@pytest.mark.parametrize(("html", "text"), [
    ("<p>&#99999999999999999999;</p>", "&#99999999999999999999;"),
    ("<p>&#" + "9" * 5000 + ";&amp;</p>", "&#" + "9" * 5000 + ";&"),
    ("<p>&#xffffffffffff;</p>", "&#xffffffffffff;"), ("<p>&#225;&#xe9;&ntilde;</p>", "áéñ"),
    ("<p>AT&T &copy; &nada;</p>", "AT&T © &nada;"),
    ('<p title="a > b">c</p>', "c"), ("<p>tubo de 5\" y <b>llave</b></p>", 'tubo de 5" y llave'),
    ("<p>Uno<!-- nota -->dos</p>", "Unodos"), ("<p>Uno<!-- sin fin</p>", "Uno<!-- sin fin"),
    ("<p>Uno</p><script>sin fin", "Uno\nsin fin"), ("<p>a<br>b<BR/>c</p>", "a\nb\nc"),
    ("<p><img src='x.png' alt='Mapa'> y <a href=\"https://e.org/?a=1&amp;b=2\">esto</a></p>",
     "Mapa y esto (https://e.org/?a=1&b=2)"),
    ("<p><a href='https://e.org'>https://e.org</a></p>", "https://e.org"),
    ("<table><tr><td>a</td></tr><tr><td>b</td></tr></table>", "a\nb"),
    ("<p>1 <2 y 3> 2</p>", "1 <2 y 3> 2"), ("<p>Uno</p></p></a></li>", "Uno"), ("<style>p{}</style><p>Sí</p>", "Sí")])
def test_what_stands_in_a_page_is_said_and_nothing_is_lost(html, text):
    assert html_text.strip(html) == text


def test_a_long_page_with_a_short_text_is_a_card():
    html = '<p style="' + "x" * 60_000 + '">Agua</p>'
    rows, faults = intake.rows(intake.Table([(1, [html])]), intake.Choice(html=True))
    assert ([row.text for row in rows], faults) == (["Agua"], [])


def test_every_cell_of_a_portal_says_what_its_clean_table_says():
    clean = {row["proposal_id"]: row for row in csv.DictReader(
        io.StringIO(real("es-decide-madrid", "proposals.csv").read_text(encoding="utf-8"), newline=""))}
    exported = real("es-decide-madrid", "sample-as-exported-html-semicolon-crlf.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(exported, newline=""), delimiter=";"))
    name = max(rows[0], key=lambda key: len(rows[0][key]))
    assert len(rows) == 40 and html_text.is_html([row[name] for row in rows])
    for row in rows:
        wanted = "".join(clean[row["id"]]["body"].split())
        assert "".join(html_text.strip(row[name]).replace("\n- ", "").split()) == wanted
