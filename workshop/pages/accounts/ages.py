"""Words how long ago something was."""
from datetime import datetime

from workshop.house import house
from workshop.words import _, count


def ago(at: datetime | None) -> str:
    """Words how long ago an instant was: the reader's time zone, and so their day and hour, is not known."""
    if at is None:
        return ""
    passed = house().clock() - at
    minutes = passed.seconds // 60
    if passed.days > 0:
        return count("{n} day ago", "{n} days ago", passed.days)
    if minutes >= 60:
        return count("{n} hour ago", "{n} hours ago", minutes // 60)
    return count("{n} minute ago", "{n} minutes ago", minutes) if minutes else _("just now")
