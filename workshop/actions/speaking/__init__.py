"""Carries out what happens in the plenary: who speaks, what is asked."""
