"""Rosa and Luis in room 1, Rosa's idea, and a way to attach something to it."""
import secrets
from dataclasses import dataclass

import pytest

from tests.support import cast


@dataclass
class Bench:
    """Who sends what."""

    app: object
    meeting: dict
    rosa: cast.Phone
    luis: cast.Phone
    board: str
    card: str
    data: object

    def attach(self, content: bytes, who=None, **said):
        """POST /api/attach; `said` overrides id, card, kind, seat, seconds (None: left out)."""
        who = who or self.rosa
        seat = who.place["seats"][0]["id"] if who.place else None
        said = {"id": secrets.token_urlsafe(12), "card": self.card, "kind": "photo", "seat": seat} | said
        names = {"id": "X-Attachment", "card": "X-Card", "kind": "X-Kind", "seat": "X-Seat", "seconds": "X-Seconds"}
        headers = {names[name]: str(value) for name, value in said.items() if value is not None}
        return who.http.post("/api/attach", data=content, headers=headers | {"X-Workshop": "1"})

    def files(self, phone=None) -> list[dict]:
        """The files of Rosa's card as a phone sees them after catching up."""
        return (phone or self.luis).catch_up(self.meeting["rooms"][0])[self.card].get("files", [])

    def kept(self) -> list:
        """What stands in the media folder."""
        return sorted(path for path in (self.data / "media").rglob("*") if path.is_file())

    def rows(self) -> list:
        """The rows of attachments."""
        from workshop.store.models import Attachment
        with self.app.extensions["house"].store.read() as session:
            return session.query(Attachment).all()


@pytest.fixture
def bench(app, meeting, phone, tmp_path) -> Bench:
    rosa, luis = phone(), phone()
    rosa.join(meeting["code"], "Rosa Quispe"), luis.join(meeting["code"], "Luis")
    board = cast.activities(app, meeting["rooms"][0])["ideas"]
    card = rosa.post(board, "El almacén de semilla")["card"]["id"]
    return Bench(app, meeting, rosa, luis, board, card, tmp_path)
