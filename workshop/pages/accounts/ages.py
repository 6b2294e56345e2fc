"""How long ago something was, in words."""
from datetime import datetime

from workshop.house import house
from workshop.words import _, count


def ago(at: datetime | None) -> str:
    """How long ago an instant was: where somebody is, and so which day and hour it is there, is not known."""
    if at is None:
        return ""
    passed = house().clock() - at
    minutes = passed.seconds // 60
    if passed.days > 0:
        return count("{n} day ago", "{n} days ago", passed.days)
    if minutes >= 60:
        return count("{n} hour ago", "{n} hours ago", minutes // 60)
    return count("{n} minute ago", "{n} minutes ago", minutes) if minutes else _("just now")
