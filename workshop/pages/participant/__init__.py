"""Serves the pages that everybody in a workshop meets, from the join code to the plenary."""
