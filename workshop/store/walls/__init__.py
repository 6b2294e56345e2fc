"""Finds the walls of a workshop, what each may see, and what its blocks need."""
