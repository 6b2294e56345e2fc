"""Carries out what is said to people beside their boards: messages, calls to a place, asked help, hints."""
