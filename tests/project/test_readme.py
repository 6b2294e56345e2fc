"""The README and the pages for operators say what is true."""
import re
from dataclasses import fields
from pathlib import Path

import pytest

from workshop.cli import main
from workshop.config import ENV, Config

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_every_setting_is_in_the_table_with_its_default():
    found = re.findall(r"^\| `(WORKSHOP_\w+)` \|([^|]*)\|", OPERATIONS, re.M)
    rows = {name: default.strip().strip("`") for name, default in found}
    said = {"True": "true", "False": "false"}
    assert rows == {ENV[f.name]: said.get(str(f.default), str(f.default)) for f in fields(Config)}


def test_every_command_is_in_the_table():
    rows = {row[1] for row in re.finditer(r"^\| `workshop (\w+)", OPERATIONS, re.M)}
    assert rows == set(main.commands)


def test_the_pictures_are_there():
    for picture in re.findall(r"\]\((docs/[^)]+)\)", README):
        assert (Path(__file__).parents[2] / picture).exists(), picture


def test_it_is_short_enough_to_be_read():
    assert len(README.splitlines()) <= 120


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_files_that_pages_name_are_there(page):
    text = page.read_text()
    links = [page.parent / at for at in re.findall(r"\]\(([\w./@-]+)\)", text)]
    named = re.findall(r"`((?:[\w-]+/)+[\w-]+\.(?:py|js|html|yaml|mjs|conf))`", text)
    roots = (ROOT, ROOT / "workshop", ROOT / "tests", ROOT / "tests" / "faults")
    missing = [link.name for link in links if not link.exists()]
    missing += [at for at in named if not any((root / at).exists() for root in roots)]
    assert missing == []


def test_every_folder_of_the_program_has_its_line():
    said = (ROOT / "docs" / "architecture.md").read_text()
    folders = {path.parent.name for path in (ROOT / "workshop").glob("*/__init__.py")} - {"demo", "replay"}
    assert {name for name in folders if f"{name}/" not in said} == set()
