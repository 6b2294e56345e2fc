"""Styles and templates are no wider than the Python, whose width ruff holds, and the scripts, whose width eslint does."""
import re
import tomllib

import pytest

from tests.project.test_readme import ROOT

WIDTH = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["line-length"]
SENTENCE = 105  # characters: the line of a text that is longer may be wider, for a text that is translated is not broken
FOLDERS = ("static/css", "templates", "workshop/activities")
FILES = [path for folder in FOLDERS for end in ("*.css", "*.html") for path in sorted((ROOT / folder).rglob(end))]


def too_wide(text: str) -> list[int]:
    """The numbers of the lines that are too wide."""
    return [n for n, line in enumerate(text.split("\n"), 1) if len(line) > WIDTH
            and max(map(len, re.findall(r'"[^"]*"', line)), default=0) < SENTENCE]


def test_what_is_too_wide_is_found():
    assert too_wide(f"{'a ' * 62}\n{'a ' * 63}\n") == [2]
    assert too_wide('{{ _("' + "b" * SENTENCE + '") }} and what stands around it') == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_styles_and_templates_are_as_narrow_as_the_python(path):
    assert too_wide(path.read_text("utf-8")) == []
