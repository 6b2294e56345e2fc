"""Answers that are made once, as long as what they were made of stays as it is."""

MOST = 2000  # answers kept


def recall(session, key: tuple, make):
    """What `make()` answered last under this key, or answers now."""
    known = session.info.setdefault("recalled", {})
    if key not in known:
        if len(known) >= MOST:
            known.clear()
        known[key] = make()
    return known[key]
