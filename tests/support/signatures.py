"""How functions are called, whatever types they say."""
import inspect
from collections.abc import Callable


def parameters(function: Callable) -> list[tuple]:
    """(name, kind, default) of each parameter."""
    return [(one.name, one.kind, one.default) for one in inspect.signature(function).parameters.values()]
