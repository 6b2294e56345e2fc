"""Holds the kinds of activity: one folder each."""
