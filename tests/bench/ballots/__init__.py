"""Benches of what a hall does at once."""
