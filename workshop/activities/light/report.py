"""The traffic light in the report."""
from workshop.activities.options import of_card, result
from workshop.words import N_

__all__ = ["NAME", "of_card", "result"]
NAME = N_("Traffic light")
