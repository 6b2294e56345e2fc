"""Where a room stands in the memoria and what is shown of it: as its method says (`report` in a method file)."""
from workshop.exports.model import Card, Chapter, RoomPart, Section, Sentence
from workshop.words import _

DEFAULT = {"section": "desarrollo", "show": ["summary", "dissent", "vote"]}  # of a room without a method
ALWAYS = ("participantes", "desarrollo", "anexos")  # with rooms or without
MOST_VOTED = 3
TITLES = {  # the sections of a memoria, in its order
    "portada": "cover", "resumen": "abstract", "antecedentes": "background", "participantes": "people",
    "metodologia": "programme", "desarrollo": "rooms", "feria": "gallery", "plenaria": "plenary", "votaciones": "votes",
    "aprendizajes": "lessons", "disensos": "dissent", "acuerdos": "agreements", "evaluacion": "evaluation",
    "anexos": "annex"}


def section_of(method: dict | None) -> str:
    """The section of the memoria in which a room with this method stands."""
    return _report(method)["section"]


def outline(rooms: list[dict]) -> list[dict]:
    """[{section, rooms: [{number, show}]}] of the groups among plain rows of rooms, for programs."""
    groups = sorted((room for room in rooms if room["kind"] == "group"), key=lambda room: room["number"])
    found = [{"section": key, "rooms": [{"number": room["number"], "show": _report(room["method"])["show"]}
                                        for room in groups if section_of(room["method"]) == key]} for key in TITLES]
    return [one for one in found if one["rooms"]]


def chapters(rooms: list[tuple[str, RoomPart]], words: dict[str, str], programme: bool) -> list[Chapter]:
    """The sections that have something to say; `rooms` as (section, room)."""
    found = [Chapter(key, words[title], [room for section, room in rooms if section == key])
             for key, title in TITLES.items()]
    return [one for one in found if one.rooms or one.key in ALWAYS or (one.key == "metodologia" and programme)]


def arranged(method: dict | None, written: list[Section], published: bool, placed: list[tuple[str, Card]],
             themes: list[Card], turnout: list[str], words: dict[str, str]) -> tuple[list[Section], list[Section], str]:
    """(what is shown of a room, what is left for the annex, RoomPart.note).

    `written`: the summary; `placed`: the cards that stand for themselves, as (column, card) in the order of the board;
    `themes`: the groups, as cards without a number.
    """
    voted = [*themes, *(card for _column, card in placed)]
    parts = {"summary": [one for one in written if one.key != "disagreement"],
             "dissent": [one for one in written if one.key == "disagreement"],
             "board": _board(placed), "sheets": _sheets(placed), "top_cards": _most_voted(voted, words),
             "vote": [Section("vote", words["votes"], [Sentence("", line) for line in turnout])] if turnout else []}
    show = [one for one in _report(method)["show"] if one in parts]
    shown = [section for name in show for section in parts[name]]
    rest = [section for section in written if section not in shown]
    note = "no_summary" if "summary" in show and not written else ""
    return shown, rest, "draft" if not published and any(one in written for one in shown) else note


def _report(method: dict | None) -> dict:
    report = (method or {}).get("report") or {}
    return report if report.get("section") in TITLES else DEFAULT


def _board(placed: list[tuple[str, Card]]) -> list[Section]:
    columns: dict[str, list[Sentence]] = {}
    for column, card in placed:
        columns.setdefault(column, []).append(Sentence("", card.text, numbers=[card.number]))
    return [Section("board", column or _("Board"), sentences) for column, sentences in columns.items()]


def _sheets(placed: list[tuple[str, Card]]) -> list[Section]:
    """The board of each delegation; what nobody's delegation is known of comes last, under the columns alone."""
    of: dict[str, list] = {}
    for column, card in placed:
        of.setdefault(card.delegation, []).append((" · ".join(filter(None, (card.delegation, column))), card))
    return [section for name in sorted(of, key=lambda name: (not name, name)) for section in _board(of[name])]


def _most_voted(cards: list[Card], words: dict[str, str]) -> list[Section]:
    best = sorted((card for card in cards if card.rank > 0), key=lambda card: -card.rank)[:MOST_VOTED]
    said = [Sentence("", card.text, who=" · ".join(card.votes), numbers=[card.number] if card.number else [])
            for card in best]
    return [Section("top_cards", words["voted"], said)] if said else []
