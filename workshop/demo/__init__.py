"""Builds the founding meeting, ready to click: its facts are real, its content is invented sample text."""
