"""Budgets that are counted: against written cases, and against another count."""
