"""The steps of a room: which kinds take input while a step runs."""

# The process that every room starts with; a step opens the kinds that it names.
DEFAULT = [
    {"key": "ideas", "minutes": 15, "opens": ["ideas"]},
    {"key": "vote", "minutes": 5, "opens": ["dots", "opinions"]},
    {"key": "summary", "minutes": 10, "opens": []},
]


def opens(steps: list, step: int, kind: str) -> bool:
    """Whether step number `step` takes input of `kind`."""
    return 0 <= step < len(steps) and kind in steps[step]["opens"]


def takes(room, kind: str, now) -> str | None:
    """None if the room takes input of `kind` at `now`, else the code of the refusal."""
    if room.opened_at is None:
        return "room_not_open"
    if room.closed_at is not None:
        return "room_closed"
    if not opens(room.steps, room.step, kind):
        return "step_closed"
    if room.deadline is not None and now > room.deadline:
        return "time_over"
    return None
