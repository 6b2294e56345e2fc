"""Serves what is read on paper: the report, sheets for delegations, posters for the wall."""
