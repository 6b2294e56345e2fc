"""Serves the pages of votes for whoever leads: their rules, their rounds."""
