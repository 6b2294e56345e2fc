"""Models photos and voice notes of cards; the bytes are in the data folder (workshop/media)."""
from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from workshop.domain.shapes import Json
from workshop.store.models.base import Base, key, to


class Attachment(Base):
    """Stores a photo or voice note. What screens show of it is on its card too (`Contribution.files`).

    `card_id` is the id that the device gave the card. `contribution_id` is missing as long as that card came too late and
    waits in the tray; admitted, it has another id than the device gave it.
    """

    __tablename__ = "attachment"
    id: Mapped[str] = key()
    workshop_id: Mapped[str] = to("workshop", index=True)
    room_id: Mapped[str] = to("room", index=True)
    card_id: Mapped[str] = mapped_column(String(40), index=True)
    contribution_id: Mapped[str | None] = to("contribution", index=True)
    kind: Mapped[str] = mapped_column(String(10))  # photo, voice
    type: Mapped[str] = mapped_column(String(40))
    size: Mapped[int]  # bytes
    width: Mapped[int | None]
    height: Mapped[int | None]
    seconds: Mapped[int | None]  # as the device measured
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of what was sent, so that sending again is known
    seat_id: Mapped[str | None] = to("seat", index=True)
    account_id: Mapped[str | None] = to("account")
    created_at: Mapped[datetime]
    transcript: Mapped[str | None] = mapped_column(Text)
    transcript_by: Mapped[str | None] = mapped_column(String(40))
    transcript_at: Mapped[datetime | None]
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[str | None] = mapped_column(String(40))

    def shown(self) -> Json:
        """Describes it for its card: {id, kind, w, h} or {id, kind, seconds?, text?}."""
        said = {"id": self.id, "kind": self.kind, "w": self.width, "h": self.height, "seconds": self.seconds,
                "text": self.transcript}
        return {name: value for name, value in said.items() if value is not None}
