"""CSV as people have it."""
import csv
import io
import json
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.real import real
from workshop import intake
from workshop.domain.limits import TEXT
from workshop.intake import html_text
from workshop.words.intake import sentence


def read(data: bytes):
    """(rows, faults) of a file with what the columns seem to be."""
    table = intake.read(data)
    return intake.rows(table, intake.guess(table))


def codes(faults) -> list[tuple[int, str]]:
    return [(fault.line, fault.code) for fault in faults]


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["without a mark", "with a mark"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("sign", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
def test_delimiters_line_ends_and_marks(sign, end, mark):
    text = end.join((sign.join(("id", "Título", "Descripción")), sign.join(("1", "Riego", f'"Agua{sign} y ""luz"""')),
                     sign.join(("2", "Ñandú", '"dos\nlíneas"')), ""))
    rows, faults = read(mark + text.encode())
    assert [(row.line, row.title, row.text, row.fields) for row in rows] == [
        (2, "Riego", f'Agua{sign} y "luz"', {"id": "1"}), (3, "Ñandú", "dos\nlíneas", {"id": "2"})]
    assert faults == []


def test_what_windows_writes_is_read_as_it_was_meant():
    rows, faults = read("título;texto\r\nAño;Señalización “clara” – 5 €\r\nÉté;Forêt préservée\r\n".encode("cp1252"))
    assert [(row.title, row.text) for row in rows] == [("Año", "Señalización “clara” – 5 €"), ("Été", "Forêt préservée")]
    assert faults == []
    assert read("texto\tn\r\nAgua\t1\r\nLuz\t2\r\n".encode("utf-16"))[0][1].text == "Luz"


def test_one_scratched_letter_does_not_turn_all_accents_into_nonsense():
    rows, faults = read("texto\nPropuesta de señalización\nMás árboles también aquí\nCanció\n".encode()[:-2] + b"n\n")
    assert [(row.text, row.remarks) for row in rows] == [
        ("Propuesta de señalización", ()), ("Más árboles también aquí", ()), ("Canci\ufffdn", ("odd_characters",))]
    assert faults == []


@pytest.mark.parametrize(("heading", "text", "title"), [
    ("n;IDÉE", 1, None), ("Título;n", 0, None), ("title/fr;description/fr", 1, 0), ("comment_id,author,body", 2, None),
    ("Catégorie;Texte", 1, None)])
def test_headings_are_known_in_three_languages(heading, text, title):
    sign = ";" if ";" in heading else ","
    table = intake.read(f"{heading}\n{sign.join('abc'[:heading.count(sign) + 1])}\n".encode())
    choice = intake.guess(table)
    assert (choice.header, choice.text, choice.title) == (True, text, title)


def test_without_a_heading_the_column_with_the_most_words_is_the_text_and_another_can_be_asked_for():
    table = intake.read(b"7;Rosa;Que la feria siga cada semana\n8;Julio;Agua para los potreros\n")
    choice = intake.guess(table)
    assert [row.text for row in intake.rows(table, choice)[0]] == ["Que la feria siga cada semana", "Agua para los potreros"]
    assert [row.text for row in intake.rows(table, intake.Choice(text=1))[0]] == ["Rosa", "Julio"]


def test_a_line_without_text_or_with_a_column_too_many_is_told_whole():
    rows, faults = read(b"id,texto\n1,Agua\n2,\n3,Luz, caminos\n4,Riego,,\n\n,,\n5,Feria\n")
    assert [row.text for row in rows] == ["Agua", "Riego", "Feria"]
    assert [(*codes([fault])[0], fault.values["text"]) for fault in faults] == [
        (3, "empty", "2"), (4, "too_many_cells", "3 | Luz | caminos")]


def test_after_a_quote_that_nobody_closes_the_rest_is_still_read():
    rows, faults = read(b'id;texto\n1;Agua\n2;"Luz\n3;Caminos\n4;"Riego"\n5;Feria\n')
    assert codes(faults) == [(3, "open_quote")]
    assert [(row.line, row.text) for row in rows] == [(2, "Agua"), (3, "Luz"), (4, "Caminos"), (5, "Riego"), (6, "Feria")]


def test_a_list_in_a_file_and_a_hint_for_excel():
    assert [row.text for row in read(b"- Agua, luz y caminos\n- Riego\n")[0]] == ["Agua, luz y caminos", "Riego"]
    assert [row.text for row in read(b'"Agua, luz\ny caminos"\n"Riego"\n')[0]] == ["Agua, luz\ny caminos", "Riego"]
    rows, _faults = read(b"sep=;\r\nid;texto\r\n1;Agua\r\n")
    assert [(row.line, row.text) for row in rows] == [(3, "Agua")]


@pytest.mark.parametrize(("data", "code"), [
    (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "not_a_table"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "old_office"),
    (b"x" * (intake.BYTES + 1), "too_many_bytes"), (b"PK\x03\x04 and then nothing", "file_damaged")])
def test_what_is_no_table_is_told(data, code):
    rows, faults = read(data)
    assert (rows, codes(faults)) == ([], [(0, code)])


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=30),
                min_size=1, max_size=8))
def test_what_a_spreadsheet_writes_comes_back_whatever_it_is(texts):
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerows([("id", "texto"), *enumerate(texts)])
    table = intake.read(file.getvalue().encode())
    rows, faults = intake.rows(table, intake.Choice(header=True, text=1))
    kept = [cells for _line, cells in table.rows[1:]]
    assert len(rows) + len(faults) == len(texts) == len(kept)
    assert [row.text for row in rows] == [cells[1] for cells in kept if len(cells) > 1]


@given(st.binary(max_size=300))
def test_any_bytes_end_in_rows_or_faults(data):
    rows, faults = read(data)
    assert all(0 < len(row.text) <= TEXT for row in rows)
    assert all("{" not in sentence(fault.code, fault.values | {"text": ""}) for fault in faults)


def test_the_proposals_of_a_portal_are_all_there():
    expected = json.loads(real("es-decide-madrid", "expected.json").read_text())
    data = real("es-decide-madrid", "proposals.csv").read_bytes()
    rows, faults = read(data)
    assert len(rows) + len(faults) == expected["proposals"]
    assert [(fault.code, fault.values["length"]) for fault in faults] == [("too_long", expected["longest_body_chars"])]
    supports = {row.fields["proposal_id"]: int(row.fields["supports"]) for row in rows}
    left = next(cells for line, cells in intake.read(data).rows if line == faults[0].line)
    assert sum(supports.values()) + int(left[3]) == expected["supports_total"]
    assert [supports[one["proposal_id"]] for one in expected["top5"]] == [one["supports"] for one in expected["top5"]]
    titles = [*(len(row.title or row.text) for row in rows), len(left[1])]
    assert statistics.median_high(titles) == expected["median_title_chars"]
    assert {row.line for row in rows}.isdisjoint({faults[0].line})


def test_the_export_of_a_portal_gives_the_same_texts_without_its_html():
    clean = {row["proposal_id"]: row for row in csv.DictReader(
        io.StringIO(real("es-decide-madrid", "proposals.csv").read_text(encoding="utf-8"), newline=""))}
    rows, faults = read(real("es-decide-madrid", "sample-as-exported-html-semicolon-crlf.csv").read_bytes())
    assert (len(rows), faults) == (40, [])
    paragraphs = 0
    for row in rows:
        wanted = clean[row.fields["id"]]
        assert (row.title or row.text) == " ".join(wanted["title"].split())
        assert "".join((row.text if row.title else "").replace("\n- ", "").split()) == "".join(wanted["body"].split())
        paragraphs += row.text.count("\n")
    assert paragraphs > 30


@pytest.mark.parametrize(("html", "text"), [
    ("<p>Uno</p><p>Dos&nbsp;&amp; tres<br/>cuatro</p>", "Uno\nDos & tres\ncuatro"),
    ("<ul><li>Agua</li><li>Luz</li></ul>", "- Agua\n- Luz"),
    ('<p>Ver <a href="https://example.org/x">aquí</a></p>', "Ver aquí (https://example.org/x)"),
    ("<p>a < b y c > d</p>", "a < b y c > d"),
    ("<div>Texto<script>alert(1)</script><style>p {}</style></div>", "Texto"),
    ("<p>sin cerrar", "sin cerrar"), ("<p>menos <a href='x", "menos <a href='x"), ("<p> &nbsp;</p>", ""),
    ('<p x="agua', '<p x="agua'), ("<script>x</script>", "")])
def test_html_becomes_text_with_its_paragraphs(html, text):
    assert html_text.strip(html) == text


def test_somebody_who_writes_a_sign_that_looks_like_html_keeps_it():
    rows, faults = read(b"texto,n\n<b>agua</b> primero,1\nprecio < 5,2\n<script>alert(1)</script>,3\n&amp;,4\nluz,5\n")
    assert [row.text for row in rows] == ["<b>agua</b> primero", "precio < 5", "<script>alert(1)</script>", "&amp;", "luz"]
    assert faults == []
