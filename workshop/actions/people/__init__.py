"""Verbs on people: coming in, seats, team, invitations, removal."""
