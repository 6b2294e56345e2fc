"""The traffic light in the report."""
from workshop.activities.options import of_card, of_choice, result
from workshop.words import N_

__all__ = ["NAME", "of_card", "of_choice", "result"]
NAME = N_("Traffic light")
