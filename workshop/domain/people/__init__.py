"""Checks names, passwords, addresses; pairs people."""
