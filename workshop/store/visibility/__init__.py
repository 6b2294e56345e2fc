"""Decides what somebody may see: rows as cards, one's own cards, circles, copies, threads."""
