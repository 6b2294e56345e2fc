"""The costly things that somebody can ask for, each as often as somebody who means it would."""
import io
import secrets
import socket
import struct
import threading
import time
import zipfile
from collections.abc import Callable
from typing import NamedTuple

from tests.bench.doors.asker import Asker
from tests.media.pictures import jpeg

RELOADS, SIGN_INS, HALF_SENT, LINES = 6, 40, 300, 1000
SHEET = "xl/worksheets/sheet1.xml"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Case(NamedTuple):
    """`act(asker)` does it once; it is done `times`; `reloads`: the bar is that of six at once."""

    act: Callable[[Asker], None]
    times: int = 3
    reloads: bool = False


def page(path: str, staff: bool = True) -> Callable:
    """A page, or a file."""
    return lambda asker: asker.get(path, staff)


def at_once(path: str, staff: bool = True, leaves: bool = False) -> Callable:
    """The same six times at once, by one device; `leaves`: as a browser does it, which hangs up when it asks anew."""
    def act(asker: Asker) -> None:
        if leaves:
            for _ in range(RELOADS - 1):
                asker.leave(path, staff)
        threads = [threading.Thread(target=asker.get, args=(path, staff)) for _ in range(1 if leaves else RELOADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    return act


def box(name: bytes, *parts: bytes, size: int | None = None) -> bytes:
    """A box of an MP4, which may say that it is larger than it is."""
    inside = b"".join(parts)
    return struct.pack(">I4s", size or len(inside) + 8, name) + inside


def fragments(samples: int, large: int | None = None) -> bytes:
    """A voice note of few bytes that declares so many samples in its only fragment."""
    run = struct.pack(">II", 0x100, samples)
    return box(b"ftyp", b"M4A \0\0\0\0M4A ") + box(b"moov", size=8) + box(
        b"moof", box(b"traf", box(b"trun", run, size=large), size=large), size=large)


def boxes(many: int) -> bytes:
    """A voice note that is made of nothing but empty boxes."""
    return box(b"ftyp", b"M4A \0\0\0\0M4A ") + box(b"free") * many


def voice(content: bytes) -> Callable:
    """A voice note of these bytes."""
    def act(asker: Asker) -> None:
        asker.attach("voice", content)
    return act


def workbook(reference: str) -> bytes:
    """A workbook of one cell that says that it stands there."""
    sheet = (f'<worksheet><sheetData><row r="1"><c r="{reference}" t="inlineStr"><is><t>Riego</t></is></c></row>'
             '<row r="2"><c r="A2" t="inlineStr"><is><t>Semilla</t></is></c></row></sheetData></worksheet>')
    book = f'<workbook xmlns:r="{RELATIONS}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>'
    links = (f'<Relationships><Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
             '</Relationships>')
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", book)
        archive.writestr("xl/_rels/workbook.xml.rels", links)
        archive.writestr(SHEET, sheet)
    return file.getvalue()


def cell_of_markup(kilobytes: int = 40) -> bytes:
    """A table whose one cell is open tags."""
    return ("texto\n\"" + "<b><i><a href=x>" * (kilobytes * 1024 // 16) + "\"\n").encode()


def thousand_lines() -> bytes:
    """A table of a thousand proposals, many of which say nearly the same."""
    words = ("agua", "riego", "semilla", "escuela", "mujeres", "tierra", "mercado", "clima", "salud", "papa", "alpaca",
             "camino", "feria", "quinua", "precio")
    rows = [" ".join(words[(n * step + step) % len(words)] for step in range(1, 14)) + f" {n % 700}" for n in range(LINES)]
    return "\n".join(["texto", *rows]).encode()


def bring(name: str, content: bytes, **fields: str) -> Callable:
    """What would become of this file on the board."""
    def act(asker: Asker) -> None:
        asker.form("/r/1/bring", "/r/1/bring", file=(name, content), **fields)
    return act


def sign_ins(asker: Asker) -> None:
    """Forty wrong passwords at once."""
    token = asker.token("/login", "")
    body = f"token={token}&email=elena%40example.org&password=no".encode()
    threads = [threading.Thread(target=asker.post, args=("/login", body, "application/x-www-form-urlencoded", ""))
               for _ in range(SIGN_INS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def account(asker: Asker) -> None:
    """A new account on the team's page."""
    asker.form("/team", "/team", email=f"{secrets.token_hex(4)}@example.org", name="Luis", role="rapporteur", room="")


def half_sent(asker: Asker) -> None:
    """Three hundred heads that are never sent to their end."""
    lines = [socket.create_connection(asker.where, 10) for _ in range(HALF_SENT)]
    for line in lines:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
    time.sleep(1)
    for line in lines:
        asker.said.append(0)  # nobody answers half a head
        line.close()


def all_from_zero(asker: Asker) -> None:
    """The whole board over HTTP, from every sixteenth number: none of these answers is there already."""
    for since in range(0, asker.head, max(16, asker.head // 50)):
        asker.get(f"/api/changes?stream={asker.room}&epoch={asker.epoch}&since={since}", staff=False, whole=True)


ALL = "/r/1?all=1"
CASES = {
    "nobody": Case(lambda _asker: time.sleep(1), 1),
    "report": Case(page("/report")),
    "summary page": Case(page("/r/1/scribe")),
    "room with all cards": Case(page(ALL, staff=False)),
    "room with all cards (staff)": Case(page(ALL)),
    "room to arrange": Case(page("/r/1?all=1&arrange=1")),
    "room": Case(page("/r/1", staff=False)),
    "six reports": Case(at_once("/report"), 2, True),
    "six summary pages": Case(at_once("/r/1/scribe"), 2, True),
    "six rooms": Case(at_once(ALL, staff=False), 2, True),
    "six rooms of which five are left": Case(at_once(ALL, staff=False, leaves=True), 2, True),
    "desk": Case(page("/desk")),
    "people": Case(page("/people")),
    "search": Case(page("/find?text=agua", staff=False)),
    "similar cards": Case(page("/r/1/similar"), 2),
    "history": Case(page("/r/1/history")),
    "process": Case(page("/r/1/process")),
    "preview of a step": Case(page("/r/1/process/1")),
    "plenary": Case(page("/plenary", staff=False)),
    "wall": Case(lambda asker: asker.get(f"/s/{asker.screen}", False, whole=True)),
    "methods": Case(lambda asker: asker.get("/methods", True, whole=True)),
    "qr.svg": Case(page("/qr.svg", staff=False)),
    "changes from anywhere": Case(all_from_zero, 1),
    **{f"export {form}": Case(page(f"/report.{form}"), 1) for form in ("docx", "pdf", "xlsx", "md", "json")},
    "bring 1000 lines": Case(bring("ideas.csv", thousand_lines()), 1),
    "bring a cell of markup": Case(bring("ideas.csv", cell_of_markup(), html="yes"), 1),
    "bring a cell far out": Case(bring("ideas.xlsx", workbook("ZZZZZZZZ1")), 1),
    "photo": Case(lambda asker: asker.attach("photo", jpeg(3000, 2000)), 2),
    "voice note of 2^32 samples": Case(voice(fragments(0xFFFFFFFF, 0xFFFFFFF0)), 2),
    "voice note of boxes": Case(voice(boxes(150_000)), 2),
    "40 wrong sign-ins": Case(sign_ins, 1),
    "new account": Case(account, 2),
    "300 half-sent heads": Case(half_sent, 1),
}
