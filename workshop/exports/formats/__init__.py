"""Writes the memoria in each file format."""
