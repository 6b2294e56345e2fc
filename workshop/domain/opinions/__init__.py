"""Finds people who answer alike, places anybody among them, and tells what groups share and what separates them."""
