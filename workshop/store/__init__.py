"""Stores everything: models, the session, the numbering of changes, migrations."""
