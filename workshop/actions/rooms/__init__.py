"""Carries out verbs on rooms and workshops: opening, steps and clock, private work, rotation."""
