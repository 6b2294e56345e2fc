"""What is kept: models, the session, the numbering of changes, migrations."""
