"""Carries out verbs on accounts: the account itself, the team of a workshop, invitations, tokens of programs."""
