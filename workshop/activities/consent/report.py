"""Tells consent in the report: the counts, without a verdict."""
from workshop.activities.options import of_card, of_choice, result

__all__ = ["of_card", "of_choice", "result"]
