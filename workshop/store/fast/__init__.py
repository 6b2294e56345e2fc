"""The fast path: what touches the insides of the SQLite driver and of SQLAlchemy, and what a process remembers."""
