"""Cards as texts: finding, merging, telling which say the same."""
