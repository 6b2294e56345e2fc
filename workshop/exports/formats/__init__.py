"""The memoria in each file format."""
