"""Serves votes that stand by themselves: opening and closing them, and the ballot on a page of its own."""
