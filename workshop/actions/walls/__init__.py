"""Leads the walls: what stands on them, and which there are."""
