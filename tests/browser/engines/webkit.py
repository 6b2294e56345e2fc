"""WebKitGTK's own small browser by WebDriver, on a screen that nobody sees."""
import json
import os
import subprocess
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.browser.engines.tab import SIZE, Away, Tab
from tests.support import needs
from tests.support.ports import free_port
from tests.support.waiting import PATIENCE, wait_for

BROWSER = "webkit2gtk-4.*/MiniBrowser"
# Its bar of buttons is wider than a phone.
NARROW = "* { padding: 0; margin: 0; min-width: 0; min-height: 0; border: 0; font-size: 1px; }"
GONE = {"no such window", "javascript error", "no such frame", "unknown error", "timeout"}


class WebKit:
    """A screen, and one driver with one browser a tab: it drives no more."""

    def __init__(self):
        self._driver, screen = needs.program("WebKitWebDriver"), needs.program("Xvfb")
        self._binary = next((str(path) for path in Path("/usr/lib").glob(f"*/{BROWSER}")), None)
        if self._binary is None:
            needs.without("WebKit's MiniBrowser is not installed")
        self._home = TemporaryDirectory()
        style = Path(self._home.name) / "gtk-3.0" / "gtk.css"
        style.parent.mkdir()
        style.write_text(NARROW)
        told, tells = os.pipe()
        self._screen = subprocess.Popen(
            [screen, "-displayfd", str(tells), "-screen", "0", "1280x1024x24", "-nolisten", "tcp"],
            pass_fds=[tells], stderr=subprocess.DEVNULL)
        os.close(tells)
        with os.fdopen(told) as pipe:
            self._display = f":{pipe.readline().strip()}"

    def tab(self) -> Tab:
        """A tab of somebody new."""
        environment = os.environ | {
            "DISPLAY": self._display, "XDG_CONFIG_HOME": self._home.name, "LIBGL_ALWAYS_SOFTWARE": "1", "GDK_BACKEND": "x11",
            "LANGUAGE": "es", "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}  # in a container there is none to be had
        return WebKitTab(self._driver, self._binary, environment)

    def close(self) -> None:
        self._screen.terminate()
        self._screen.wait()
        self._home.cleanup()


class WebKitTab(Tab):
    """One session of a driver of its own."""

    def __init__(self, driver: str, binary: str, environment: dict):
        port = free_port()
        self._process = subprocess.Popen([driver, f"--port={port}"], env=environment, stderr=subprocess.DEVNULL)
        self._url = f"http://127.0.0.1:{port}/session"
        options = {"webkitgtk:browserOptions": {"binary": binary, "args": ["--automation"]},
                   "unhandledPromptBehavior": "accept"}

        def begun():
            with suppress(urllib.error.URLError):
                return self._do("POST", "", capabilities={"alwaysMatch": options})
        self._url += "/" + wait_for(begun, "WebKit's driver")["sessionId"]
        width, height = SIZE
        self._do("POST", "/window/rect", x=0, y=0, width=width, height=height)
        taken = self.run("() => outerHeight - innerHeight")  # by the bar
        self._do("POST", "/window/rect", width=width, height=height + taken)

    def go(self, address: str) -> None:
        self._do("POST", "/url", url=address)

    def run(self, script: str, *args):
        return self._do("POST", "/execute/sync", script=f"return ({script})(...arguments)", args=list(args))

    def press(self, x: int, y: int) -> None:
        self._act("pointer", [{"type": "pointerMove", "x": x, "y": y, "duration": 0}, {"type": "pointerDown", "button": 0},
                              {"type": "pointerUp", "button": 0}], parameters={"pointerType": "mouse"})

    def keys(self, text: str) -> None:
        self._act("key", [{"type": f"key{way}", "value": sign} for sign in text for way in ("Down", "Up")])

    def reload(self) -> None:
        self._do("POST", "/refresh")

    def back(self) -> None:
        self._do("POST", "/back")

    def close(self) -> None:
        with suppress(Away, OSError):
            self._do("DELETE", "")
        self._process.terminate()
        self._process.wait()

    def _act(self, kind: str, actions: list[dict], **more) -> None:
        self._do("POST", "/actions", actions=[{"type": kind, "id": kind, "actions": actions} | more])

    def _do(self, method: str, path: str, **said):
        request = urllib.request.Request(self._url + path, method=method, headers={"Content-Type": "application/json"},
                                         data=json.dumps(said).encode() if method == "POST" else None)
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            told = json.load(error)["value"]
            raise (Away if told["error"] in GONE else AssertionError)(f"{path}: {told}") from None
