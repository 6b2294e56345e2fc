"""Words what people may say of themselves, and the ways in which they take part."""
from workshop.words import N_, _

GENDERS = {"f": N_("Woman"), "m": N_("Man"), "x": N_("Another gender")}
SPOKEN = {"es": "Español", "qu": "Runasimi / Quechua", "ay": "Aymar aru / Aymara", "fr": "Français", "en": "English",
          "pt": "Português", "gn": "Avañe’ẽ / Guaraní", "xx": N_("Another language")}


def genders() -> dict[str, str]:
    """Returns {gender: words}."""
    return {key: _(words) for key, words in GENDERS.items()}


def languages_spoken() -> dict[str, str]:
    """Returns {language: what it calls itself}."""
    return SPOKEN | {"xx": _(SPOKEN["xx"])}


def channels() -> dict[str, str]:
    """Returns {channel: words}."""
    return {"hall": _("In the hall"), "remote": _("Far away"), "phone": _("By telephone"), "paper": _("On paper")}
