"""Defines refusals: a stable code for machines and values for the sentence; the words are in translations."""
from typing import Any

from workshop.domain.shapes import Json


class Refusal(Exception):
    """Refuses a command. `code` is stable, `values` fill the sentence, `tray` names a kept copy."""

    def __init__(self, code: str, tray: str | None = None, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values, self.tray = code, values, tray

    def answer(self) -> Json:
        """Returns the refusal as it travels: {ok: false, code, values, tray?}."""
        answer = {"ok": False, "code": self.code, "values": self.values}
        return answer | {"tray": self.tray} if self.tray else answer


class RetryLater(Exception):
    """Says that the store cannot answer now; the sender keeps the command and offers it again after `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"retry after {seconds} s")
        self.seconds = seconds
