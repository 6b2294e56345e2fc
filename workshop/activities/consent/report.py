"""Consent in the report: the counts, without a verdict."""
from workshop.activities.options import of_card, of_choice, result
from workshop.words import N_

__all__ = ["NAME", "of_card", "of_choice", "result"]
NAME = N_("Consent")
