"""The page on which lists and tables become cards, and what its child process does."""
