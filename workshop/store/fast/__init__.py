"""Holds the fast path: what touches the insides of the drivers and of SQLAlchemy, and what a process remembers."""
