"""Reads who speaks for whom in votes, and who answers alike."""
