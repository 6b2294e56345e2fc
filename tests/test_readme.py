"""The README says what is true."""
import re
from dataclasses import fields
from pathlib import Path

from workshop.cli import main
from workshop.config import ENV, Config

README = (Path(__file__).parents[1] / "README.md").read_text()


def test_every_setting_is_in_the_table_with_its_default():
    found = re.findall(r"^\| `(WORKSHOP_\w+)` \|([^|]*)\|", README, re.M)
    rows = {name: default.strip().strip("`") for name, default in found}
    said = {"True": "true", "False": "false"}
    assert rows == {ENV[f.name]: said.get(str(f.default), str(f.default)) for f in fields(Config)}


def test_every_command_is_in_the_table():
    rows = {row[1] for row in re.finditer(r"^\| `workshop (\w+)", README, re.M)}
    assert rows == set(main.commands)


def test_the_pictures_are_there():
    for picture in re.findall(r"\]\((docs/[^)]+)\)", README):
        assert (Path(__file__).parents[1] / picture).exists(), picture
