"""Reads workbooks as their author sees them."""
