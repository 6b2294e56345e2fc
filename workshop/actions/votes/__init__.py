"""Verbs on votes, and the counting of live ones."""
