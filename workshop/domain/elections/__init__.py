"""Counts elections in which people rank: scores, pairs, instant run-off and the transferable vote, in exact fractions."""
from workshop.domain.elections.cases import expected

__all__ = ["expected"]
