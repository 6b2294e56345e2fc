"""Keeps secret ballots secret: under a key outside of the database while a vote runs, and nowhere once it is over."""
