"""Carries out verbs on people: joining, seats, team, invitations, removal."""
