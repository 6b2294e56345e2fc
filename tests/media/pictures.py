"""Pictures and recordings made for the tests: ordinary ones and hostile ones."""
import random
import struct
import wave
import zlib
from io import BytesIO

from PIL import Image

GPS, ORIENTATION = 0x8825, 0x0112


def jpeg(width: int = 1600, height: int = 1200, orientation: int = 1) -> bytes:
    """A photo as a telephone makes it: with the place, the maker and a comment in it; its upper left corner is red."""
    image = Image.effect_noise((width // 8, height // 8), 80).convert("RGB").resize((width, height))
    image.paste((220, 20, 20), (0, 0, width // 3, height // 3))
    exif = image.getexif()
    exif[ORIENTATION], exif[0x010F] = orientation, "Andean Phones"
    exif.get_ifd(GPS).update({1: "S", 2: (15.0, 50.0, 24.0), 3: "W", 4: (70.0, 1.0, 12.0)})
    out = BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"Casa de Rosa", quality=85)
    return out.getvalue()


def png(width: int, height: int) -> bytes:
    """A PNG of one colour: few bytes for any number of points."""
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    rows = zlib.compressobj(9)
    line = b"\0" * (1 + (width + 7) // 8)
    data = b"".join(rows.compress(line) for _ in range(height)) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def scans(times: int, side: int = 600) -> bytes:
    """A progressive JPEG whose last scan, of a few bytes, stands there so many times."""
    out = BytesIO()
    Image.new("L", (side, side), 128).save(out, "JPEG", progressive=True)
    whole = out.getvalue()
    last = whole.rindex(b"\xff\xda")
    return whole[:last] + whole[last:-2] * times + whole[-2:]


def profiles(times: int) -> bytes:
    """A PNG with so many colour profiles, each a megabyte of zeros that is packed."""
    whole, data = png(8, 8), b"iCCPx\0\0" + zlib.compress(bytes(1_000_000), 9)
    one = struct.pack(">I", len(data) - 4) + data + struct.pack(">I", zlib.crc32(data))
    return whole[:33] + one * times + whole[33:]


def wav(seconds: int = 1) -> bytes:
    """A recording of noise."""
    out, draw = BytesIO(), random.Random(1)
    with wave.open(out, "wb") as file:
        file.setnchannels(1), file.setsampwidth(1), file.setframerate(8000)
        file.writeframes(draw.randbytes(8000 * seconds))
    return out.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>'
