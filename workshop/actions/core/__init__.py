"""Holds the door for commands, the writer, the registry and the context of a command; none of them knows a noun."""
