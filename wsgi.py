"""The entry for process managers: `python wsgi.py` serves; `wsgi:app` is the application."""
from workshop.server import app, main

__all__ = ["app"]

if __name__ == "__main__":
    main()
