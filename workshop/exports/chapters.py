"""Arranges rooms in the memoria, and what is shown of each: as its method says (`report` in a method file)."""
from dataclasses import dataclass, replace

from workshop.domain.shapes import Json, Place, Settings
from workshop.exports.model import Card, Chapter, RoomPart, Section, Sentence
from workshop.exports.tables import of_cards, of_matrix
from workshop.exports.votes import Vote
from workshop.words import _

DEFAULT = {"section": "desarrollo", "show": ["summary", "dissent", "vote"]}  # of a room without a method
ALWAYS = ("participantes", "desarrollo", "anexos")
ASIDE = "apartadas"  # of rooms that were put aside, whatever their method says
TITLES = {  # the sections of a memoria, in its order
    "portada": "cover", "resumen": "abstract", "antecedentes": "background", "participantes": "people",
    "metodologia": "programme", "desarrollo": "rooms", "feria": "gallery", "plenaria": "plenary", "votaciones": "votes",
    "aprendizajes": "lessons", "disensos": "dissent", "acuerdos": "agreements", "evaluacion": "evaluation",
    ASIDE: "aside", "anexos": "annex"}


def section_of(method: Json | None, aside: object) -> str:
    """Returns the section of the memoria in which a room with this method stands, and one that was put `aside`."""
    section: str = ASIDE if aside else _report(method)["section"]
    return section


def outline(rooms: list[Json]) -> list[Json]:
    """Lists [{section, rooms: [{number, show}]}] of the groups among plain rows of rooms, for programs."""
    groups = sorted((room for room in rooms if room["kind"] == "group"), key=lambda room: (room["position"], room["number"]))
    placed = [(section_of(room["method"], room["archived_at"]), room) for room in groups]
    found = [{"section": key, "rooms": [{"number": room["number"], "show": _report(room["method"])["show"]}
                                        for section, room in placed if section == key]} for key in TITLES]
    return [one for one in found if one["rooms"]]


def chapters(rooms: list[tuple[str, RoomPart]], words: dict[str, str], programme: bool) -> list[Chapter]:
    """Lists the sections that have something to say; `rooms` as (section, room)."""
    found = [Chapter(key, words[title], [room for section, room in rooms if section == key])
             for key, title in TITLES.items()]
    always = ALWAYS if rooms else ALWAYS[:-1]  # without rooms there is nothing for an annex
    return [one for one in found if one.rooms or one.key in always or (one.key == "metodologia" and programme)]


@dataclass
class Board:
    """Holds what a board says: its settings; (place, its name in words, card) of each card that was not merged into another,
    in the order of the board; the words of places."""

    settings: Settings
    placed: list[tuple[Place, str, Card]]
    titles: dict[str, str]
    words: dict[str, str]


# What a room shows comes in the order in which it came about, whatever the order in which its method names it.
HAPPENED = ("board", "sheets", "vote", "written")
WRITTEN = {"summary", "dissent"}  # parts of what the group has written; its sentences keep their order
VOTES = ("top_cards", "vote")  # the cards with most votes are the first lines of the votes


def arranged(method: Json | None, written: list[Section], published: bool, board: Board, votes: list[Vote],
             words: dict[str, str]) -> tuple[list[Section], list[Section], str]:
    """Arranges (what is shown of a room, what is left for the annex, RoomPart.note). `written`: the summary, which is always
    shown once it is published. A board that is shown by delegations is not shown as a whole too, and in the annex every card
    stands anyway."""
    report = _report(method)
    show = {"vote" if one in VOTES else one for one in report["show"]}
    for one in written:
        one.draft = not published
    show |= WRITTEN if published else set()
    fields = any(card.fields for _place, _where, card in board.placed)
    if "sheets" in show or (report["section"] == "anexos" and not fields):
        show -= {"board"}
    parts = {"written": [one for one in written if ("dissent" if one.key == "disagreement" else "summary") in show],
             "board": _board(board) if "board" in show else [], "sheets": _sheets(board) if "sheets" in show else [],
             "vote": [Section("vote", words["votes"], [], votes=votes)] if votes else []}
    shown = [section for name in HAPPENED if name in show or name == "written" for section in parts[name]]
    rest = [section for section in (*parts["vote"], *written) if section not in shown]
    note = "no_summary" if "summary" in show and not written else ""
    return shown, rest, "draft" if not published and any(one in written for one in shown) else note


def _report(method: Json | None) -> Json:
    report = (method or {}).get("report") or {}
    return report if report.get("section") in TITLES else DEFAULT


def _board(board: Board, name: str = "") -> list[Section]:
    """Renders a board as a table where cards have fields or stand in a matrix, else as the columns with their cards. `name`:
    whose they are."""
    cards = [card for _place, _where, card in board.placed]
    if any(card.fields for card in cards):
        return [Section("board", name or _("Board"), [], of_cards(cards, board.words))]
    lines = [(place, f"{card.number} {card.text}") for place, _where, card in board.placed]
    if cards and (table := of_matrix(board.settings, lines, board.titles, "")):
        return [Section("board", name or _("Board"), [], table)]
    columns: dict[str, list[Sentence]] = {}
    for _place, column, card in board.placed:
        title = " · ".join(filter(None, (name, column)))
        columns.setdefault(title, []).append(Sentence("", card.text, numbers=[card.number]))
    return [Section("board", column or _("Board"), sentences) for column, sentences in columns.items()]


def _sheets(board: Board) -> list[Section]:
    """Renders the board of each delegation; cards whose delegation is not known come last, under the columns alone."""
    of: dict[str, list[tuple[Place, str, Card]]] = {}
    for one in board.placed:
        of.setdefault(one[2].delegation, []).append(one)
    return [section for name in sorted(of, key=lambda name: (not name, name))
            for section in _board(replace(board, placed=of[name]), name)]
