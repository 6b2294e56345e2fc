"""Serves the pages for leading a workshop: desk, steps, people, team, history."""
