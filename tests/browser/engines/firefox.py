"""Debian's Firefox by WebDriver BiDi, which it speaks itself."""
import json
import subprocess
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from websocket import create_connection

from tests.browser.engines.tab import SIZE, Away, Tab
from tests.support import needs
from tests.support.waiting import PATIENCE, wait_for

# It is quiet, asks nobody anything, and moves nothing about.
SETTINGS = {
    "app.update.enabled": False, "browser.shell.checkDefaultBrowser": False, "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False, "toolkit.telemetry.reportingpolicy.firstRun": False,
    "browser.safebrowsing.malware.enabled": False, "browser.safebrowsing.phishing.enabled": False,
    "services.settings.server": "", "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False, "extensions.update.enabled": False, "app.normandy.enabled": False,
    "browser.newtabpage.enabled": False, "browser.region.network.url": "", "browser.search.update": False,
    "media.gmp-manager.url": "", "network.prefetch-next": True, "dom.push.connection.enabled": False,
    "intl.accept_languages": "es-PE, es", "ui.prefersReducedMotion": 1, "ui.useOverlayScrollbars": 1,
}
GONE = {"no such frame", "unknown error", "no such node", "no such history entry"}


class Firefox:
    """The browser, with one user context a tab."""

    def __init__(self):
        program = needs.program("firefox-esr", "firefox")
        self._home = TemporaryDirectory(ignore_cleanup_errors=True)
        profile = Path(self._home.name) / "profile"
        profile.mkdir()
        (profile / "user.js").write_text("".join(
            f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in SETTINGS.items()))
        self._process = subprocess.Popen(
            [program, "--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"],
            env={"HOME": self._home.name, "PATH": "/usr/bin:/bin", "MOZ_CRASHREPORTER_DISABLE": "1"},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        told = profile / "WebDriverBiDiServer.json"  # it says where it listens
        port = wait_for(lambda: told.exists() and json.loads(told.read_text() or "{}").get("ws_port"), "Firefox")
        self._line = create_connection(f"ws://127.0.0.1:{port}/session", timeout=PATIENCE, suppress_origin=True)
        self._ids = count(1)
        self.do("session.new", capabilities={"alwaysMatch": {"unhandledPromptBehavior": {"default": "accept"}}})

    def tab(self) -> Tab:
        """A tab of somebody new."""
        return FirefoxTab(self, self.do("browser.createUserContext")["userContext"])

    def do(self, method: str, **said) -> dict:
        """The answer to a command.  Raises Away."""
        number = next(self._ids)
        self._line.send(json.dumps({"id": number, "method": method, "params": said}))
        while (answer := json.loads(self._line.recv())).get("id") != number:
            pass  # events, which nobody has asked for
        if answer["type"] == "error":
            raise (Away if answer["error"] in GONE else AssertionError)(f"{method}: {answer['error']}: {answer['message']}")
        return answer["result"]

    def close(self) -> None:
        self._line.close()
        self._process.terminate()
        self._process.wait()
        self._home.cleanup()


class FirefoxTab(Tab):
    """One browsing context in a user context of its own."""

    def __init__(self, firefox: Firefox, person: str):
        self._firefox, self._person = firefox, person
        self._page = firefox.do("browsingContext.create", type="tab", userContext=person)["context"]
        width, height = SIZE
        self._do("browsingContext.setViewport", viewport={"width": width, "height": height})

    def go(self, address: str) -> None:
        self._do("browsingContext.navigate", url=address, wait="complete")

    def run(self, script: str, *args):
        function = f"(args) => JSON.stringify(({script})(...JSON.parse(args)) ?? null)"
        found = self._firefox.do("script.callFunction", functionDeclaration=function, awaitPromise=True,
                                 target={"context": self._page}, arguments=[{"type": "string", "value": json.dumps(args)}])
        if found["type"] == "exception":
            raise Away(found["exceptionDetails"]["text"])
        return json.loads(found["result"]["value"])

    def press(self, x: int, y: int) -> None:
        self._act("pointer", [{"type": "pointerMove", "x": x, "y": y}, {"type": "pointerDown", "button": 0},
                              {"type": "pointerUp", "button": 0}], parameters={"pointerType": "touch"})

    def keys(self, text: str) -> None:
        self._act("key", [{"type": f"key{way}", "value": sign} for sign in text for way in ("Down", "Up")])

    def reload(self) -> None:
        self._do("browsingContext.reload", wait="complete")

    def back(self) -> None:
        self._do("browsingContext.traverseHistory", delta=-1)

    def close(self) -> None:
        self._firefox.do("browser.removeUserContext", userContext=self._person)

    def _act(self, kind: str, actions: list[dict], **more) -> None:
        self._do("input.performActions", actions=[{"type": kind, "id": kind, "actions": actions} | more])

    def _do(self, method: str, **said) -> dict:
        return self._firefox.do(method, context=self._page, **said)
