"""Three engines behind one small interface: Chromium by Playwright, WebKit by WebDriver, Firefox by WebDriver BiDi.

A journey is written once, with `Tab`; an engine says how a page is opened, asked and loaded again, and how it is touched and
typed into.  Each `tab()` is somebody else's: with cookies and a store of its own.
"""
from tests.browser.engines.chromium import Chromium
from tests.browser.engines.firefox import Firefox
from tests.browser.engines.webkit import WebKit

ENGINES = {"chromium": Chromium, "webkit": WebKit, "firefox": Firefox}
