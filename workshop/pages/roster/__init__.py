"""Serves the pages of who is expected, who is there on which day, and what is printed of it."""
