"""Workbooks, read as their author sees them."""
