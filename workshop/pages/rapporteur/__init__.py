"""Serves the rapporteur's page: the board on one side, the summary on the other."""
