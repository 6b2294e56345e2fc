"""Holds the rules in plain Python: no web framework, no database, no clock."""
