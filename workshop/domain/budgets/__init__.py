"""Counts a vote on a budget in exact fractions: the plain majority and the method of equal shares."""
from workshop.domain.budgets.cases import expected

__all__ = ["expected"]
