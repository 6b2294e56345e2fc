"""Treats cards as texts: finding, merging, telling which say the same."""
