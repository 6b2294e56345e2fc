"""Packs what people answered into bytes, for the process that finds their groups."""
from collections.abc import Iterable, Sequence

from workshop.domain.opinions.standing import Answers

NONE = 3  # the byte of no answer; those of 0, 1, 2 are disagree, pass, agree


def packed(rows: Iterable[Answers], cards: Sequence[str]) -> bytes:
    """Packs answers as a byte for each person and statement."""
    return b"".join(bytes([row[card] + 1 if card in row else NONE for card in cards]) for row in rows)


def unpacked(content: bytes, cards: Sequence[str]) -> list[dict[str, int]]:
    """Returns the answers that were packed."""
    width = len(cards)
    return [{card: said - 1 for card, said in zip(cards, content[at:at + width], strict=True) if said != NONE}
            for at in range(0, len(content), width)]
