"""The entry for process managers: `python wsgi.py` serves; `wsgi:app` is the application."""
from workshop import server


def __getattr__(name: str):
    """`app`, made when it is asked for (workshop/server.py)."""
    return getattr(server, name)


if __name__ == "__main__":
    server.main()
