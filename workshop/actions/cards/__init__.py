"""Verbs on cards: writing, arranging, grouping, sending on, attaching."""
