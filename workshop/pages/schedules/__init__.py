"""Brings programmes in and gives them out: from files, to calendars, on paper."""
