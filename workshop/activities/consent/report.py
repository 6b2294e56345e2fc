"""Consent in the report: the counts, without a verdict."""
from workshop.activities.options import of_card, result
from workshop.words import N_

__all__ = ["NAME", "of_card", "result"]
NAME = N_("Consent")
