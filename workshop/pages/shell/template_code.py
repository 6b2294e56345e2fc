"""Compiles templates so that every loop has a chance for a pause before each of its rounds, and none can forget it; keeps
them where Python keeps compiled modules, so that a server that starts again compiles none anew."""
import sys
from contextlib import suppress
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from pickle import UnpicklingError

from jinja2 import Environment, nodes
from jinja2.bccache import Bucket, FileSystemBytecodeCache
from jinja2.compiler import CodeGenerator, Frame

from workshop.time_slices import paced

FILTER = "paced"
FOLDER = Path(__file__).parent / "__pycache__"


class PacedLoops(CodeGenerator):
    """Compiles templates to Python."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Makes each loop go through its things with `paced`."""
        for loop in node.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, FILTER, [], [], None, None, lineno=loop.lineno)
        super().visit_Template(node, frame)


class BesideModules(FileSystemBytecodeCache):
    """Reads and writes them in `__pycache__`. A folder that cannot be written, or PYTHONDONTWRITEBYTECODE: none is kept."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Reads one, as Jinja does; of one that cannot be read nothing is taken."""
        try:
            super().load_bytecode(bucket)
        except (OSError, EOFError, UnpicklingError):
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Writes one, as Jinja does."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):
                FOLDER.mkdir(exist_ok=True)
                super().dump_bytecode(bucket)


def plug_in(environment: Environment) -> None:
    """Makes the templates of this environment pause, and keeps them. Jinja itself compares a template's text with the one
    that was compiled; whatever else decides what comes of it (Python, Jinja, this module) is in the files' name."""
    environment.code_generator_class = PacedLoops
    environment.filters[FILTER] = paced
    said = version("jinja2"), sys.implementation.cache_tag, Path(__file__).read_text("utf-8")
    environment.bytecode_cache = BesideModules(str(FOLDER), f"page-{sha256(repr(said).encode()).hexdigest()[:12]}-%s.pyc")
