"""Carries out verbs on votes, and counts live ones."""
