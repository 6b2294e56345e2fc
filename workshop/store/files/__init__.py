"""Copies the store into files: backup, dump, anonymised export; and locks the data folder."""
