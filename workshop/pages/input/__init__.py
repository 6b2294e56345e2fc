"""Reads what comes from outside as a form or an address: bounded, and turned into commands."""
