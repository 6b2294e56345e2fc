"""Serves the page on which lists and tables become cards, and the tasks of its child process."""
