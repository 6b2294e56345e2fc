"""Every loop of every template has a chance for a pause before each of its rounds, so that no template can forget it."""
from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame

from workshop.time_slices import paced

FILTER = "paced"


class PacedLoops(CodeGenerator):
    """What Jinja makes Python of a template with."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:
        """Have each loop go through its things with `paced`."""
        for loop in node.find_all(nodes.For):
            loop.iter = nodes.Filter(loop.iter, FILTER, [], [], None, None, lineno=loop.lineno)
        super().visit_Template(node, frame)


def plug_in(environment: Environment) -> None:
    """Have the templates of this environment pause."""
    environment.code_generator_class = PacedLoops
    environment.filters[FILTER] = paced
