"""Checks and counts the ballots of the traffic light: one of three options on a card or a row; `options`: green, amber, red.
"""
from workshop.activities.options import check, summarise

__all__ = ["check", "summarise"]
