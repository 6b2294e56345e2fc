"""Takes a picture of every page: `python -m tests.pictures FOLDER`; index.html there lays them side by side."""
