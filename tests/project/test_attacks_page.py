"""The page of attacks says what is true: 60 rows, and every test that it names is there."""
import ast
import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parent / "docs" / "attacks.md").read_text()
ROWS = re.findall(r"^\| (\d+) \|(.*)\|$", PAGE, re.M)


def named(file: Path) -> set[str]:
    """The tests in a file."""
    return {node.name for node in ast.parse(file.read_text()).body if isinstance(node, ast.FunctionDef)}


def test_every_attack_has_a_row_with_tests_or_with_what_is_left():
    assert [int(number) for number, _row in ROWS] == list(range(1, 61))
    assert not [number for number, row in ROWS if "`" not in row and "Left" not in row]


def test_every_test_that_it_names_is_there():
    found = [one for _number, row in ROWS for one in re.findall(r"`((?:\w+/)*test_\w+\.py)(?:::(\w+))?`", row)]
    assert len(found) > 80
    missing = [f"{file}::{test}" for file, test in found
               if not (TESTS / file).exists() or (test and test not in named(TESTS / file))]
    assert missing == []
