"""Photos stand in the files that are printed, voice notes as a line, acts apart from comments, long words on the page."""
import io
import re
import zipfile

import pypdf
import pytest
from PIL import Image

from tests.exports.texts import of_docx, of_pdf, squeezed
from tests.media.conftest import bench  # noqa: F401
from tests.media.pictures import jpeg, wav
from tests.support import cast
from workshop.domain.visibility import Viewer
from workshop.exports import pictures, worker

WORDS = ("Constantinopolitanizadoramente" * 4, "https://ejemplo.bo/" + "a1b2c3d4" * 20, "W" * 300)


def written(bench, form: str) -> bytes:  # noqa: F811
    house = bench.app.extensions["house"]
    return worker.memoria(house.store, bench.meeting["workshop"], Viewer(bench.meeting["workshop"], "named", "owner"), form,
                          "es", house.clock(), str(bench.data))


@pytest.fixture
def shown(bench):  # noqa: F811
    """Rosa's card with a large photo and a voice note; a copy of it in room 2, on which nobody commented."""
    cast.ok(bench.attach(jpeg(2000, 1500)).get_json())
    cast.ok(bench.attach(wav(3), kind="voice").get_json())
    cast.ok(bench.luis.post(bench.board, "Un comentario", parent=bench.card))
    elena = cast.facilitator(bench.app, bench.meeting)
    second = cast.activities(bench.app, bench.meeting["rooms"][1])["ideas"]
    cast.ok(elena.do("contribution.carry", {"activity": second, "rooms": [bench.meeting["rooms"][0]]}, None))
    return bench


def test_a_docx_holds_the_picture_itself_once_and_bounded(shown):
    data = written(shown, "docx")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        media = [name for name in parts.namelist() if name.startswith("word/media/")]
        image = Image.open(io.BytesIO(parts.read(media[0])))
        xml = parts.read("word/document.xml").decode()
    assert len(media) == 1 and image.format == "JPEG" and max(image.size) <= pictures.SIDE and len(data) < 400_000
    assert re.search(r'<wp:docPr [^>]*descr="Foto"', xml) and xml.count("<w:drawing>") == 1
    assert "Nota de voz, 0:03" in of_docx(data)


def test_a_pdf_holds_the_picture_itself_with_its_words(shown):
    reader = pypdf.PdfReader(io.BytesIO(written(shown, "pdf")))
    found = [image for page in reader.pages for image in page.images]
    assert len(found) == 1 and max(found[0].image.size) <= pictures.SIDE
    text = squeezed(of_pdf(written(shown, "pdf")))
    assert "Foto" in text and squeezed("Nota de voz, 0:03") in text


def test_a_photo_whose_file_is_missing_is_said_in_words(shown):
    for path in shown.kept():
        path.unlink()
    assert "Foto" in of_docx(written(shown, "docx")) and b"%PDF" in written(shown, "pdf")[:8]


def test_what_happened_to_a_card_is_no_comment(shown):
    text = written(shown, "md").decode()
    comments = re.findall(r"Comentarios: (.*)", text)
    assert len(comments) == 1 and "Un comentario" in comments[0]
    assert "pasó a la sala 2" in text and "viene de la sala 1" in text


def test_the_annex_does_not_call_a_copy_a_card_that_nobody_took_up(shown):
    text = written(shown, "md").decode()
    assert text.count("No recogida en el resumen") == 1 and text.count("El almacén de semilla") == 1


def test_words_longer_than_a_line_stay_on_the_page(shown):
    for word in WORDS:
        cast.ok(shown.rosa.post(shown.board, word))
    outside = []
    for page in pypdf.PdfReader(io.BytesIO(written(shown, "pdf"))).pages:
        width = float(page.mediabox.width)

        def look(text, _cm, matrix, _font, size, width=width):
            if text.strip() and matrix[4] + 0.3 * size * len(text.strip()) > width:
                outside.append(text)
        page.extract_text(visitor_text=look)
    assert outside == []
    assert all(squeezed(word) in squeezed(of_pdf(written(shown, "pdf"))) for word in WORDS)
