"""Names in files."""
from tests.support import cast
from workshop.pages.printed.report import disposition
from workshop.words import speaking


def test_in_a_memoria_what_the_staff_wrote_has_the_mark_and_no_name_has_it(app, meeting, phone):
    elena, mallory = cast.facilitator(app, meeting), phone()
    cast.ok(mallory.join(meeting["code"], "◆ Equipo facilitador"))
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    cast.ok(elena.post(board, "De quienes facilitan", seat=None))
    cast.ok(mallory.post(board, "De quien imita"))
    with speaking("es"):
        text = elena.http.get(f"/w/{meeting['workshop']}/report.md?lang=es").get_data(as_text=True)
    assert text.count("◆") >= 1 and "De quien imita" in text
    lines = [line for line in text.splitlines() if "◆" in line]
    assert lines and not any("De quien imita" in line for line in lines)


def test_a_name_that_is_written_from_the_right_stands_apart_in_a_memoria_and_others_carry_nothing(app, meeting, phone):
    maryam, rosa = phone(), phone()
    cast.ok(maryam.join(meeting["code"], "مریم 3")), cast.ok(rosa.join(meeting["code"], "Rosa"))
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    cast.ok(maryam.post(board, "Una")), cast.ok(rosa.post(board, "Otra"))
    text = cast.facilitator(app, meeting).http.get(f"/w/{meeting['workshop']}/report.md").get_data(as_text=True)
    assert "\u2068مریم 3\u2069" in text and "\u2068Rosa" not in text


def test_a_title_with_strokes_and_signs_is_a_name_for_every_program():
    header = disposition("A/B «40 %» 📎.docx")
    assert 'filename="A-B-40.docx"' in header
    assert "filename*=UTF-8''A%2FB%20%C2%AB40%20%25%C2%BB%20%F0%9F%93%8E.docx" in header
