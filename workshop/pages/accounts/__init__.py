"""Serves the pages of people who have an account: signing in, the account itself, links that were handed over."""
