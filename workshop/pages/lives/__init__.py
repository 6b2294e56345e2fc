"""Serves what belongs to the whole life of workshops and rooms: order, aside, copies, the end."""
