"""Tells the traffic light in the report."""
from workshop.activities.options import of_card, of_choice, result

__all__ = ["of_card", "of_choice", "result"]
