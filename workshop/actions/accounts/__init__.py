"""Verbs on accounts: the account itself, the team of a workshop, invitations, tokens of programs."""
