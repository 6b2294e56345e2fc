"""Tells whether what sockets were told at their connection can still hold, without asking for all of it: the versions of the
rows it depends on (store/fast/proven.py), in one question for everybody who is here."""
from collections.abc import Iterable

from workshop.store.fast.proven import PERSON
from workshop.store.fast.statement import Statement
from workshop.store.transaction import Session

PEOPLE = Statement(f"""
WITH here AS (SELECT id FROM device WHERE secret_hash = ANY ($1) UNION SELECT id FROM device WHERE former_hash = ANY ($1))
SELECT d.secret_hash, d.former_hash, ({PERSON}) FROM here JOIN device d ON d.id = here.id""", ("text[]",))  # noqa: S608
# Of the workshops all; of rooms, whose rows change with each idea, what views depend on; and who shares a circle with whom.
PLACES = Statement("""
SELECT concat_ws('|',
  (SELECT string_agg(concat_ws(' ', w.id, w.xmin), ',' ORDER BY w.id) FROM workshop w
   WHERE w.id = ANY ($1) OR w.id IN (SELECT workshop_id FROM room WHERE id = ANY ($1))),
  (SELECT string_agg(concat_ws(' ', w.id, w.xmin), ',' ORDER BY w.id) FROM wall w
   WHERE w.workshop_id = ANY ($1) OR w.workshop_id IN (SELECT workshop_id FROM room WHERE id = ANY ($1))),
  (SELECT string_agg(concat_ws(' ', id, inbox, archived_at, prepared, opened_at), ',' ORDER BY id)
   FROM room WHERE id = ANY ($1)),
  (SELECT string_agg(concat_ws(' ', c.id, c.xmin, s.xmin), ',' ORDER BY c.id)
   FROM room_seat c JOIN seat s ON s.id = c.seat_id
   WHERE c.room_id = ANY ($1) AND coalesce(c.alone, c.pair, c.four) IS NOT NULL))""", ("text[]",))


def standing(session: Session, hashes: Iterable[str], streams: Iterable[str]) -> tuple[dict[str, str], str] | None:
    """Returns ({hash of a cookie: the versions its holder depends on}, those that the streams depend on): as long as these
    are the same, so is what may be seen. None where the store keeps no versions."""
    driver = session.driver
    if driver is None or driver.kind != "postgresql":
        return None
    people: dict[str, str] = {}
    for held, former, version in driver.ask(PEOPLE, (list(hashes),)):
        people |= {held: version} | ({former: version} if former else {})
    return people, driver.ask(PLACES, (list(streams),))[0][0]
