"""A folder holds one subject, and little enough of it to be seen at a glance: what grows beyond that is put into folders."""
from pathlib import Path

from tests.project.test_readme import ROOT

MOST = 16
TREES = ("workshop", "templates", "static", "tests")
NOT_OURS = {"node_modules", "build", "__pycache__"}
ALLOWED = {
    "workshop/methods": "one file for each method, which people look for by its name",
    "workshop/store/migrations/versions": "one file for each change of the tables, in their order, for ever",
}


def too_full(root: Path, trees: tuple[str, ...] = TREES) -> dict[str, int]:
    """{folder: how many files stand directly in it} of those with more than a newcomer takes in."""
    folders = [folder for tree in trees for folder in [root / tree, *(root / tree).rglob("*")]
               if folder.is_dir() and not NOT_OURS & {*folder.relative_to(root).parts}]
    counts = {folder.relative_to(root).as_posix(): sum(one.is_file() for one in folder.iterdir()) for folder in folders}
    return {folder: n for folder, n in counts.items() if n > MOST}


def test_a_folder_that_is_too_full_is_found(tmp_path):
    for folder, n in (("src", MOST), ("src/deep", MOST + 1), ("src/node_modules", MOST + 1)):
        (tmp_path / folder).mkdir()
        for i in range(n):
            (tmp_path / folder / f"{i}.py").touch()
    assert too_full(tmp_path, ("src",)) == {"src/deep": MOST + 1}


def test_no_folder_holds_more_files_than_can_be_seen_at_a_glance():
    assert {folder: n for folder, n in too_full(ROOT).items() if folder not in ALLOWED} == {}
    assert all((ROOT / folder).is_dir() for folder in ALLOWED)
