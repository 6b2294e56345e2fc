"""Draws people over rooms: by lot, and so that every room is a picture of the whole."""
