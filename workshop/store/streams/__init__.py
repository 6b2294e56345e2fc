"""Keeps streams of changes: their numbers, who may read them, and what a returning screen is given."""
