"""Re-encodes a photo in a child process (workshop/sandbox): what comes out is the pixels and nothing else.

Neither place nor device nor comment of the original is in what others see.
"""
import warnings
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import IO, Any

from PIL import Image

from workshop.domain.errors import Refusal
from workshop.domain.limits import PICTURE_POINTS, PICTURE_SIDE, SMALL_PICTURE
from workshop.domain.shapes import Json
from workshop.media.picture_limits import too_often

HEIC = find_spec("pillow_heif") is not None  # what iPhones take; an extra, see docs/decisions.md
FORMATS = ("JPEG", "PNG", "WEBP", *(("HEIF",) if HEIC else ()))
SMALL_LONGEST = 320  # of the longer side
# What phones write and few browsers show.
BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis")
ORIENTATION = 0x0112  # of EXIF: how the camera was held
TURNS = {2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
         5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
         8: Image.Transpose.ROTATE_90}


def draw(file: IO[bytes]) -> tuple[Image.Image, bytes, bytes]:
    """Draws the picture in `file` (seekable) upright and not longer than PICTURE_SIDE; as JPEG; and small.

    Refusal `bad_photo` for what is no picture, `photo_too_large` by its header, before a pixel of it is decoded.
    """
    warnings.simplefilter("error")
    Image.MAX_IMAGE_PIXELS = PICTURE_POINTS
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > PICTURE_POINTS:
                raise _too_large()
            clean = _upright(image)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError, MemoryError):
        raise _too_large() from None
    except Refusal:
        raise
    except Exception:  # a decoder may stumble in any way over what was made to make it stumble
        raise Refusal("bad_photo") from None
    return clean, _saved(clean, "JPEG", quality=78, optimize=True, progressive=True), _small(clean)


def _upright(image: Image.Image) -> Image.Image:
    image.draft("RGB", (PICTURE_SIDE, PICTURE_SIDE))  # a JPEG need not be decoded finer than this
    turn = TURNS.get(_orientation(image) or 1)
    if image.mode not in ("RGB", "L"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    image.thumbnail((PICTURE_SIDE, PICTURE_SIDE), reducing_gap=2.0)
    clean = Image.new("RGB", image.size, "white")
    clean.paste(image, mask=image if image.mode == "RGBA" else None)
    return clean.transpose(turn) if turn is not None else clean


def _orientation(image: Image.Image) -> int | None:
    try:
        return image.getexif().get(ORIENTATION)
    except Exception:  # damaged EXIF says nothing of the picture
        return None


def _small(image: Image.Image) -> bytes:
    """Encodes it in at most SMALL_PICTURE bytes, as fine as they allow."""
    for longest in (SMALL_LONGEST, 240, 160, 80):
        little = image.copy()
        little.thumbnail((longest, longest))
        for quality in (60, 45, 30):
            made = _saved(little, "WEBP", quality=quality, method=4)
            if len(made) <= SMALL_PICTURE:
                return made
    return made


def _saved(image: Image.Image, form: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def _too_large() -> Refusal:
    return Refusal("photo_too_large", limit=PICTURE_POINTS // 1_000_000)


def prepare() -> None:
    """Loads what reads the formats: a child opens no file later on."""
    if HEIC:
        heif = import_module("pillow_heif")
        heif.options.DECODE_THREADS = 1
        heif.options.THUMBNAILS = False
        heif.register_heif_opener()
    Image.init()
    small = BytesIO()
    for form in ("JPEG", "PNG", "WEBP"):
        Image.new("RGB", (8, 8)).save(small, form)
        draw(small)


def task(_values: Json, content: bytes) -> tuple[Json, list[bytes]]:
    """Draws, in the child: ({width, height}, [the photo (JPEG), its small form (WebP)]) of a picture. Refusals as `draw`,
    and `photo_not_shown` for one of a kind that is not read here; `bad_photo` also for one that repeats its parts."""
    try:
        if too_often(content):
            raise Refusal("bad_photo")
        image, picture, small = draw(BytesIO(content))
    except Refusal as refusal:
        if refusal.code == "bad_photo" and content[4:8] == b"ftyp" and content[8:12] in BRANDS:
            raise Refusal("photo_not_shown") from None
        raise
    return {"width": image.width, "height": image.height}, [picture, small]
