"""Follows the thread in the report: in which sentences, of whatever room, a card was taken up."""
from workshop.activities.summary.rules import SECTIONS
from workshop.exports.model import RoomPart
from workshop.words import _


def taken_up(rooms: list[RoomPart]) -> None:
    """Adds to every card, and to its copies, which sentences cite it: 'Agreement 2', 'Idea 1 (room 4)'."""
    found: dict[str, list[tuple[RoomPart, str]]] = {}
    for room in rooms:
        for section in (*room.sections, *room.rest):
            for sentence in section.sentences if section.key in SECTIONS else ():
                for number in sentence.numbers:
                    found.setdefault(number, []).append((room, sentence.label))
    for room in rooms:
        for card in (*room.cards, *room.copies):
            card.taken_up = [label if of is room else _("{label} (room {n})", label=label, n=of.number)
                             for of, label in found.get(card.number, ())]


def apart(rooms: list[RoomPart]) -> None:
    """Separates copies from the cards of a room. Their text is not repeated where it is the original's."""
    texts = {card.number: card.text for room in rooms for card in room.cards if not card.copy}
    for room in rooms:
        room.copies = [card for card in room.cards if card.copy]
        room.cards = [card for card in room.cards if not card.copy]
        for card in room.copies:
            card.repeated = texts.get(card.number) == card.text
            if card.number in texts:  # they stand with the original
                card.files = []
