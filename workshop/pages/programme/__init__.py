"""Serves the programme: to the team that writes and runs it."""
