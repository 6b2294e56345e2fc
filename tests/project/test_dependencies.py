"""What comes from others: bounded versions, none with a hole that is known here, nothing that a page fetches elsewhere."""
import json
import re
import tomllib
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
# The first version without the hole; read by hand, since the gate has no network for a list that is kept elsewhere.
MENDED = {"python-socketio": ("5.16.2", "CVE-2026-48804"), "eventlet": ("0.40.3", "CVE-2025-58068"),
          "werkzeug": ("3.0.6", "CVE-2024-49767"), "jinja2": ("3.1.6", "CVE-2025-27516"),
          "flask": ("3.1.1", "CVE-2025-47278"),
          "pillow": ("11.3", "CVE-2025-48379"), "pydantic": ("2.4", "CVE-2024-3772"), "pyyaml": ("5.4", "CVE-2020-14343")}
OURS = ("templates", "static/js", "static/css", "workshop/activities")
FETCHED = re.compile(r"""(?:\b(?:src|srcset|poster|action)=|<link[^>]*\bhref=|\burl\(|\bimport\(?|\bfrom)"""
                     r"""\s*["']?\s*(?:https?:)?//[\w.]""")


@pytest.mark.parametrize("name", MENDED)
def test_no_version_with_a_known_hole_is_used(name):
    mended, hole = MENDED[name]
    assert Version(version(name)) >= Version(mended), f"{name}: {hole}"


def test_what_is_asked_for_by_name_does_not_let_a_known_hole_in():
    asked = {one.name.lower(): one for one in map(Requirement, PROJECT["dependencies"])}
    for name in MENDED.keys() & asked.keys():
        mended = Version(MENDED[name][0])
        major, minor, micro = mended.major, mended.minor, mended.micro
        older = f"{major}.{minor}.{micro - 1}" if micro else f"{major}.{minor - 1}.99"
        assert asked[name].specifier and not asked[name].specifier.contains(older), f"{name}: {MENDED[name][1]}"


def test_every_dependency_has_a_lowest_version_but_the_table_of_time_zones():
    asked = map(Requirement, chain(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values()))
    assert [one.name for one in asked if not any(spec.operator == ">=" for spec in one.specifier)] == ["tzdata"]


@pytest.mark.parametrize("lock", ["static/package-lock.json", "tests/bench/fanout/servers/package-lock.json"])
def test_what_builds_the_scripts_is_pinned_with_its_hash(lock):
    packages = json.loads((ROOT / lock).read_text())["packages"]
    assert len(packages) > 1
    assert [name for name, one in packages.items() if name and not one.get("integrity", "").startswith("sha512-")] == []


def test_no_page_fetches_anything_from_elsewhere():
    assert FETCHED.search('<script src="https://cdn.example/x.js">') and FETCHED.search('import x from "//cdn.example/x"')
    files = [file for folder in OURS for file in (ROOT / folder).rglob("*") if file.suffix in (".html", ".js", ".css")]
    assert len(files) > 80
    assert [(file.name, found[0]) for file in files for found in FETCHED.finditer(file.read_text())] == []


def test_no_file_of_ours_opens_a_database_or_redis_to_others():
    """What starts one is deploy/compose.yaml: no port of them leaves the containers' own network, and the database has a
    password that nobody has written down.  Whoever adds a file of the kind sees to loopback and a password here."""
    starts = re.compile(r"(?:^|[-_.])(?:compose|docker|container|redis|postgres\w*|pg_hba|k8s|helm)[-\w]*(?:\.|$)", re.I)
    found = [file for file in ROOT.rglob("*") if file.is_file() and not {".git", "node_modules", ".venv"} & {*file.parts}
             and starts.search(file.name) and file.suffix in ("", ".yml", ".yaml", ".conf", ".toml", ".env", ".service")]
    assert sorted(file.relative_to(ROOT).as_posix() for file in found) == ["deploy/Dockerfile", "deploy/compose.yaml"]
    services = yaml.safe_load((ROOT / "deploy/compose.yaml").read_text())["services"]
    assert {name for name, one in services.items() if "ports" in one} == {"caddy"}
    assert services["postgres"]["environment"]["POSTGRES_PASSWORD"] == "${PASSWORD}"
    assert "${PASSWORD:?" in services["tinkuy"]["environment"]["WORKSHOP_DATABASE"], "nothing starts without one"
