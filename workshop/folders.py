"""Where the files stand that are no Python: inside the package in a wheel, beside it in a checkout."""
from pathlib import Path

PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """The folder `static` or `templates`."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


STATIC, TEMPLATES = folder("static"), folder("templates")
