"""Pools of children that do harm."""
import os
from pathlib import Path

import pytest

from tests.sandbox.tasks import TASKS
from workshop.sandbox import Pool


@pytest.fixture
def pool():
    """A function that gives a pool; afterwards no child and no descriptor of it is left."""
    made, before = [], descriptors()

    def make(**settings) -> Pool:
        made.append(Pool(TASKS, **settings))
        return made[-1]
    yield make
    for one in made:
        one.close()
    assert children() == [], "a child was left"
    assert descriptors() == before, "a descriptor was left"


def descriptors() -> int:
    """How many this process has open."""
    return len(list(Path("/proc/self/fd").iterdir()))


def children() -> list[int]:
    """The processes that this one has started for a pool of these tasks, zombies too."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
            command = (stat.parent / "cmdline").read_bytes()
        except (OSError, ValueError):
            continue
        if parent == os.getpid() and (b"tests.sandbox.tasks" in command or not command):
            found.append(int(stat.parent.name))
    return found
