"""Reads foreign bytes in bounded child processes: pictures, recordings, tables, HTML, YAML, and texts that are compared.

`Pool.ask(task, values, content, device)` gives the work to one of two long-lived children and waits for the answer; other
requests of the process go on meanwhile. What a child may spend is bounded, and its answer is checked: it has read what
somebody else made, so it may be under their control by now. The tasks are named in `tasks.py`.
"""
from workshop.sandbox.pool import Failed, Pool
from workshop.sandbox.tasks import TASKS

__all__ = ["TASKS", "Failed", "Pool", "shared"]
_shared: list[Pool] = []


def shared() -> Pool:
    """Returns the pool of this process, made at first use; its children hold nothing of any application."""
    if not _shared:
        _shared.append(Pool(TASKS))
    return _shared[0]
