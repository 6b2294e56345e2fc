"""Copies of the store outside of it: backup, dump, anonymised export, and the lock of the data folder."""
