"""Detects a store that was restored from an older copy: its streams then start new epochs, and the devices offer again what
they had been told is saved.

Beside the database stands a mark: how far all streams together had come, and which file that was. Streams never count back,
and what one had counted that was removed with its workshop another keeps (REMOVED), so a store that has come less far than
its mark, or is another file, or a file without a mark, was restored by hand. A new epoch too many does no harm: what is
offered again is known by its (client, n). Devices can also tell by themselves, but only those that come before the others
have written as much again (docs/protocol.md, section 5).
"""
import json
import logging
from pathlib import Path

from sqlalchemy import func, select

from workshop.domain.ids import new_id
from workshop.domain.shapes import Json
from workshop.store.models import Stream
from workshop.store.session import Store

log = logging.getLogger(__name__)
MARK = "reached"
REMOVED = "~removed"  # a stream that counts on for those that were removed with their workshop; nobody follows it


def begin_anew(store: Store) -> None:
    """Starts a new epoch in every stream, circles too: what devices hold of it means nothing any more."""
    with store.write() as session:
        for stream in session.scalars(select(Stream)):
            stream.epoch = new_id()


class Mark:
    """Records in a data folder how far the store has come."""

    def __init__(self, store: Store, data: str) -> None:
        self.store, self.path = store, Path(data) / MARK
        self.said: Json | None = None

    def notice(self) -> bool:
        """Checks at the start: begins new epochs if the store has been restored since the last mark. Raises RetryLater."""
        before, now = self._read(), self._look()
        if before:
            back = bool(now["total"] < before["total"] or now["file"] != before["file"])
        else:
            back = self.store.is_sqlite and bool(now["total"] > 0)
        if back:
            begin_anew(self.store)
            if before:  # else it may just be new here
                log.warning("the database was put back from a copy: devices offer again what they were told is saved")
        self.set()
        return back

    def set(self) -> None:
        """Writes down how far the store has come. Raises RetryLater."""
        now = self._look()
        if now != self.said:
            fresh = self.path.with_suffix(".new")
            try:
                fresh.write_text(json.dumps(now))
                fresh.rename(self.path)
            except OSError:
                return  # a full disk: the former mark will do
            self.said = now

    def _read(self) -> Json | None:
        try:
            held = json.loads(self.path.read_text())
            return {"total": int(held["total"]), "file": held["file"]}
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _look(self) -> Json:
        with self.store.read() as session:
            total = session.scalar(select(func.coalesce(func.sum(Stream.seq), 0)))
        return {"total": int(total or 0), "file": self._file()}

    def _file(self) -> int | None:
        """Returns the file system's number of the file; a copy has another one."""
        return Path(self.store.url.removeprefix("sqlite:///")).stat().st_ino if self.store.is_sqlite else None
