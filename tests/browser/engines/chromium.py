"""Debian's Chromium by Playwright."""
from playwright.sync_api import Browser, Error

from tests.browser.engines.tab import SIZE, Away, Tab


class Chromium:
    """The browser of the other tests here, with one context a tab."""

    def __init__(self, browser: Browser):
        self._browser = browser

    def tab(self) -> Tab:
        """A tab of somebody new."""
        width, height = SIZE
        return ChromiumTab(self._browser.new_context(viewport={"width": width, "height": height}, locale="es-PE",
                                                     has_touch=True, reduced_motion="reduce"))

    def close(self) -> None:
        """Nothing: whoever began it ends it."""


class ChromiumTab(Tab):
    """One page in a context of its own."""

    def __init__(self, context):
        self._context, self._page = context, context.new_page()

    def go(self, address: str) -> None:
        self._page.goto(address)

    def run(self, script: str, *args):
        try:
            return self._page.evaluate(f"(args) => ({script})(...args)", list(args))
        except Error as error:
            raise Away(error.message) from None

    def press(self, x: int, y: int) -> None:
        self._page.touchscreen.tap(x, y)

    def keys(self, text: str) -> None:
        self._page.keyboard.type(text)

    def reload(self) -> None:
        self._page.reload()

    def back(self) -> None:
        self._page.go_back()

    def close(self) -> None:
        self._context.close()
