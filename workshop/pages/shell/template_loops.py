"""Compiles templates so that every loop has a chance for a pause before each of its rounds, and none can forget it."""
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame

from workshop.time_slices import paced

FILTER = "paced"


class PacedLoops(CodeGenerator):
    """Compiles templates to Python."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Makes each loop go through its things with `paced`."""
        for loop in node.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, FILTER, [], [], None, None, lineno=loop.lineno)
        super().visit_Template(node, frame)


def plug_in(environment: Environment) -> None:
    """Makes the templates of this environment pause."""
    environment.code_generator_class = PacedLoops
    environment.filters[FILTER] = paced
