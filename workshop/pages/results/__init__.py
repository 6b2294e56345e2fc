"""Serves what came of a vote: its page, and the sentence on what it decided."""
