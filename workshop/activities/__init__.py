"""Kinds of activity: one folder each."""
