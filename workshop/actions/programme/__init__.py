"""Carries out verbs on the programme: its blocks are written, moved and put aside, started and ended."""
