"""Photos as iPhones take them."""
from io import BytesIO

import pytest
from PIL import Image

from tests.media.pictures import jpeg
from tests.support.cast import ok
from tests.support.needs import without
from workshop.domain.errors import Refusal
from workshop.media import redraw
from workshop.words import speaking
from workshop.words.refusals import sentence


@pytest.fixture(scope="module")
def heic() -> bytes:
    """A photo with a place in it."""
    try:
        import pillow_heif
    except ImportError:
        return without("pillow-heif is not installed (the extra `phones`)")
    pillow_heif.register_heif_opener()
    out, source = BytesIO(), Image.open(BytesIO(jpeg(800, 600)))
    source.save(out, "HEIF", exif=source.getexif())
    return out.getvalue()


def test_a_photo_of_an_iphone_is_shown_and_says_nothing_of_the_place(bench, heic):
    key = ok(bench.attach(heic).get_json())["id"]
    file, = bench.files()
    whole = bench.luis.http.get(f"/media/{key}")
    assert (file["w"], file["h"]) == (800, 600) and whole.mimetype == "image/jpeg"
    assert not Image.open(BytesIO(whole.data)).getexif() and b"Andean" not in whole.data


def test_where_it_cannot_be_read_it_is_said_what_to_do(heic, monkeypatch):
    monkeypatch.setattr(redraw, "FORMATS", ("JPEG", "PNG", "WEBP"))
    with pytest.raises(Refusal) as refused:
        redraw.task({}, heic)
    assert refused.value.code == "photo_not_shown"
    with speaking("es"):
        assert "captura de pantalla" in sentence(refused.value) and "Más compatible" in sentence(refused.value)


def test_a_torn_one_and_one_without_end_are_refused(heic):
    for content in (heic[:len(heic) // 2], heic[:200], b"\0\0\0\x18ftypheic" + b"\xff" * 500):
        with pytest.raises(Refusal) as refused:
            redraw.task({}, content)
        assert refused.value.code in ("bad_photo", "photo_not_shown", "photo_too_large")
