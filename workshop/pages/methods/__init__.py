"""Serves the library of methods, the editor of one's own, and the pictures of their boards."""
