"""Checks and counts the ballots of consent: one of the options on a card; `options` go from yes to no."""
from workshop.activities.options import check, summarise

__all__ = ["check", "summarise"]
