"""Who asks for the costly things: a facilitator's and a participant's browser."""
import hashlib
import http.client
import json
import re
import secrets
import socket
import urllib.parse

TIMEOUT = 120


class Asker:
    """`place`: what tests/bench/doors/board.py says; `said`: the statuses of the answers, 0 for none."""

    def __init__(self, url: str, place: dict):
        where = urllib.parse.urlsplit(url)
        self.where, self.place, self.said = (where.hostname, where.port), place, []
        self.room, self.screen = place["room"], place["screen"]
        known = json.loads(self.get(f"/api/changes?stream={self.room}", False, whole=True))
        self.epoch, self.head = known["epoch"], known["now"]
        self.cards = [key for key, seat in known["own"].items() if seat == place["seat"]]

    def get(self, path: str, staff: bool, whole: bool = False) -> bytes:
        """A page of the workshop (`whole`: the address is whole)."""
        return self._ask("GET", path if whole else f"/w/{self.place['workshop']}{path}", None, self._cookie(staff))

    def leave(self, path: str, staff: bool) -> None:
        """Ask for a page of the workshop and hang up."""
        with socket.create_connection(self.where, TIMEOUT) as line:
            line.sendall(f"GET /w/{self.place['workshop']}{path} HTTP/1.1\r\nHost: {self.where[0]}:{self.where[1]}\r\n"
                         f"Cookie: {self._cookie(staff)}\r\nAccept-Encoding: gzip\r\n\r\n".encode())

    def token(self, path: str, cookie: str) -> str:
        """The token of the forms of a page."""
        return re.search(r'name="token" value="([^"]+)"', self._ask("GET", path, None, cookie, plain=True).decode())[1]

    def post(self, path: str, body: bytes, kind: str, cookie: str, **headers: str) -> bytes:
        """A request that changes something."""
        return self._ask("POST", path, body, cookie, **{"Content-Type": kind, **headers})

    def form(self, page: str, path: str, file: tuple[str, bytes] | None = None, **fields: str) -> None:
        """Send a form of a page of the workshop as the facilitator."""
        cookie, start = self._cookie(True), f"/w/{self.place['workshop']}"
        fields |= {"token": self.token(start + page, cookie), "client": secrets.token_urlsafe(16)}
        border, parts = secrets.token_hex(8), b""
        for name, value in fields.items():
            parts += f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        if file:
            parts += (f'--{border}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\n\r\n').encode()
            parts += file[1] + b"\r\n"
        self.post(start + path, parts + f"--{border}--\r\n".encode(), f"multipart/form-data; boundary={border}", cookie)

    def attach(self, kind: str, content: bytes) -> None:
        """Put a photo or a voice note on one of the participant's cards."""
        self.post("/api/attach", content, "application/octet-stream", self._cookie(False), **{
            "X-Workshop": "1", "X-Attachment": secrets.token_urlsafe(12), "X-Card": self.cards.pop(), "X-Kind": kind,
            "X-Seat": self.place["seat"], "X-Digest": hashlib.sha256(content).hexdigest()})

    def _cookie(self, staff: bool) -> str:
        return f"tinkuy={self.place['staff' if staff else 'rosa']}"

    def _ask(self, method: str, path: str, body, cookie: str, plain: bool = False, **headers: str) -> bytes:
        line = http.client.HTTPConnection(*self.where, timeout=TIMEOUT)
        try:
            packed = {} if plain or path.startswith("/api/") else {"Accept-Encoding": "gzip"}
            line.request(method, path, body, {"Cookie": cookie} | headers | packed)
            answer = line.getresponse()
            self.said.append(answer.status)
            return answer.read()
        except (OSError, http.client.HTTPException):
            self.said.append(0)
            return b""
        finally:
            line.close()
