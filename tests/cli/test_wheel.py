"""The wheel carries all that the program needs: templates, scripts and the report's form; it runs away from its sources."""
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support import needs
from workshop.folders import PACKAGE

ROOT = PACKAGE.parent
USED = """
import re, sys
import workshop
from workshop import create_app
from workshop.cli import main
from workshop.domain.visibility import Viewer
assert workshop.__file__.startswith(sys.argv[1]), workshop.__file__
def run(*args):
    try:
        main(args)
    except SystemExit as done:
        assert not done.code, (args, done.code)
run("account", "add", "elena@example.org", "Elena")
run("open", "Encuentro", "--owner", "elena@example.org")
app = create_app(async_mode="threading")
store = app.extensions["house"].store
from workshop.actions.rooms.building import build_room
from workshop.store.models import Workshop
from workshop.store.streams import numbering
with store.write() as session:
    row = session.query(Workshop).one()
    numbering.lock(session, {row.id})
    room = build_room(session, row, "El agua")
    room.opened_at = app.extensions["house"].clock()
    code, meeting, number = row.code, row.id, room.number
http = app.test_client()
http.post("/api/join", headers={"X-Workshop": "1"}, json={
    "code": code, "seats": [{"name": "Rosa", "channel": "hall", "delegation": None}], "room": number})
page = http.get(f"/w/{meeting}/r/{number}").get_data(as_text=True)
script = re.search(r'src="(/a/[^"]+/room[.]js)"', page)[1]
assert "El agua" in page and len(http.get(script).data) > 10_000
run("export", code, "--format", "pdf")
"""


def wheel(folder: Path) -> Path:
    """Build the wheel into the folder, as `pip install .` does; from a copy, since building makes the scripts anew."""
    source = shutil.copytree(ROOT, folder / "source", ignore=shutil.ignore_patterns(
        ".*", "node_modules", "build", "tests", "data", "demo-data", "__pycache__"))
    done = subprocess.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(folder), str(source)],
                          capture_output=True, text=True, check=False)
    if done.returncode:
        needs.without(f"a wheel could not be built here: {done.stderr[-300:]}")
    return next(folder.glob("*.whl"))


def test_an_installed_wheel_serves_a_room_with_its_script_and_writes_a_pdf(tmp_path):
    built, home = wheel(tmp_path / "wheel"), tmp_path / "home"
    names = zipfile.ZipFile(built).namelist()
    assert "workshop/templates/exports/report.typ" in names and "workshop/static/build/manifest.json" in names
    assert not [name for name in names if "node_modules" in name or name.startswith("tests")]
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    packages = next(home.glob("lib/python*/site-packages"))
    zipfile.ZipFile(built).extractall(packages)
    # What it depends on is there already; a path that a .pth names is searched, the .pth files in it are not.
    (packages / "depends.pth").write_text("\n".join(path for path in sys.path if path.endswith("site-packages")))
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    environ["WORKSHOP_DATA"] = str(tmp_path / "data")
    done = subprocess.run([str(home / "bin" / "python"), "-c", USED, str(home)], cwd=tmp_path, capture_output=True,
                          text=True, env=environ, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert next(tmp_path.glob("*.pdf")).read_bytes().startswith(b"%PDF")


def test_a_checkout_finds_them_beside_the_package():
    from workshop.folders import STATIC, TEMPLATES
    assert (STATIC / "js").is_dir() and (TEMPLATES / "exports" / "report.typ").is_file()
    if not (PACKAGE / "templates").exists():
        assert TEMPLATES.parent == ROOT
    else:
        pytest.fail("the package has a folder of templates beside those of the checkout")
