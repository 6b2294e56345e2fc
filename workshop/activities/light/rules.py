"""The arithmetic of the traffic light: one of three options on a card; `options` come in the order green, amber, red."""
from workshop.activities.options import check, summarise

__all__ = ["check", "summarise"]
