"""Serves HTTP: the connections, how many there may be, and the refusal of ambiguous requests."""
