"""Carries out verbs on cards: writing, arranging, grouping, transferring, attaching."""
