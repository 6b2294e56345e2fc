"""Keeps compiled templates where Python keeps compiled modules: a server that starts again compiles none anew."""
import sys
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from jinja2 import Environment
from jinja2.bccache import Bucket, FileSystemBytecodeCache

from workshop.pages.shell import template_loops

FOLDER = Path(__file__).parent / "__pycache__"


class BesideModules(FileSystemBytecodeCache):
    """Reads and writes them in `__pycache__`. A folder that cannot be written, or PYTHONDONTWRITEBYTECODE: none is kept."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Writes one, as Jinja does."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                FOLDER.mkdir(exist_ok=True)
                super().dump_bytecode(bucket)


def plug_in(environment: Environment) -> None:
    """Makes this environment use them. Jinja itself compares a template's text with the one that was compiled; whatever else
    decides what comes of it (Python, Jinja, how loops are compiled) is in the files' name."""
    said = version("jinja2"), sys.implementation.cache_tag, Path(template_loops.__file__).read_text("utf-8")
    environment.bytecode_cache = BesideModules(str(FOLDER), f"page-{sha256(repr(said).encode()).hexdigest()[:12]}-%s.pyc")
