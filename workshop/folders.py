"""Finds the folders of files that are not Python: inside the package in a wheel, beside it in a checkout."""
from pathlib import Path

PACKAGE = Path(__file__).parent


def folder(name: str) -> Path:
    """Returns the path of the folder `static` or `templates`."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name


STATIC, TEMPLATES = folder("static"), folder("templates")
