"""Reads who speaks for whom in votes, who answers alike, and who gave what."""
