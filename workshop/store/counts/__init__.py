"""Counts people, cards, votes, and attendance, in one place."""
