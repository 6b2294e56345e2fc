"""Holds the whole lives of rooms and workshops: what is made is put in order, aside, back, and at last removed."""
