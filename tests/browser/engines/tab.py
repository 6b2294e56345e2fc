"""A tab on a phone: found, tapped, filled in and waited for in the same way in each engine."""
from contextlib import suppress

from tests.support.waiting import wait_for

SIZE = (360, 740)

# The elements that a person sees, of a selector, with a text in them; or what is seen of `inner`, called `name`, in these.
SEEN = """(css, text, inner, name) => {
  const seen = (all) => [...all].filter((one) => one.checkVisibility({ visibilityProperty: true }));
  const found = seen(document.querySelectorAll(css)).filter((one) => one.textContent.includes(text));
  const called = (one) => !name || (one.ariaLabel || one.textContent).includes(name);
  return inner ? found.flatMap((one) => seen(one.querySelectorAll(inner)).filter(called)) : found;
}"""
# Where a finger would hit the first of them: not before it is there, is enabled and is covered by nothing.
POINT = """(...sought) => {
  const one = (SEEN)(...sought)[0];
  if (!one || one.disabled) return null;
  const { left, top, width, height } = one.getBoundingClientRect();
  const x = Math.round(left + width / 2), y = Math.round(top + height / 2), hit = document.elementFromPoint(x, y);
  if (hit && (one.contains(hit) || hit.contains(one)) && top >= 0 && top + height <= innerHeight) return [x, y];
  one.scrollIntoView({ block: "center", behavior: "instant" }); // from under what lies over it, too
  return null;
}""".replace("SEEN", SEEN)
VALUE = "(css) => document.querySelector(css)?.value ?? null"
ROOT = "document.documentElement"


class Away(Exception):
    """The page is on its way somewhere else, and cannot be asked."""


class Tab:
    """What the engines have in common; each of them adds `go`, `run`, `press`, `keys`, `reload`, `back`, `close`.

    `run` calls a JavaScript function with arguments and gives its result, both as JSON; `press` taps a point of the
    viewport, `keys` types.  `run` raises Away while another page is loaded.
    """

    def find(self, css: str, text: str = "", inner: str = "", name: str = "") -> list[str]:
        """The texts of what is seen of a selector, with `text` in it; of what `inner` finds in these, called `name`."""
        return self.run(f"(...sought) => ({SEEN})(...sought).map((one) => one.innerText)", css, text, inner, name)

    def ask(self, script: str, *args):
        """What a script says, None while the page is away."""
        with suppress(Away):
            return self.run(script, *args)
        return None

    def until(self, script: str, *args, what: str = ""):
        """Wait until the script says something true; returns it."""
        return wait_for(lambda: self.ask(script, *args), what or script)

    def sees(self, css: str, text: str = "", inner: str = "", name: str = "", times: int = 1) -> None:
        """Wait until so many elements, as in `find`, are seen."""
        def there() -> bool:
            with suppress(Away):
                return len(self.find(css, text, inner, name)) == times
            return False
        try:
            wait_for(there, f"{times} × {css} {text!r} {inner} {name}")
        except AssertionError as never:
            raise AssertionError(f"{never}\n{self.ask('() => location.href + document.body.innerText')}") from None

    def tap(self, css: str, text: str = "", inner: str = "", name: str = "") -> None:
        """Tap the first element, as in `find`, when it can be and stands still."""
        before: list = [None]

        def still():
            point, before[0] = before[0], self.ask(POINT, css, text, inner, name)
            return point == before[0] and point
        self.press(*wait_for(still, f"to tap {css} {text!r} {inner} {name}"))

    def fill(self, css: str, text: str) -> None:
        """Tap a field and type into it, in the place of what stands there."""
        self.tap(css)

        def focused() -> bool:
            if self.ask("(css) => document.activeElement?.matches(css)", css):
                return True
            self.tap(css)  # what arrived above it had moved it away under the finger
            return False
        wait_for(focused, f"the focus in {css}")
        self.run("(css) => document.querySelector(css).select()", css)
        self.keys(text)
        wait_for(lambda: self.ask(VALUE, css) == text, f"{text!r} in {css}")

    def again(self) -> None:
        """Load the page anew, when it would not ask first whether that is meant: nothing waits in it to be sent."""
        self.until("() => dispatchEvent(new Event('beforeunload', { cancelable: true }))", what="nothing to be sent")
        self.reload()

    @property
    def path(self) -> str:
        """The address without its host."""
        return self.until("() => location.pathname + location.search")

    def sideways(self) -> int:
        """By how many pixels the page is wider than the screen."""
        return self.run(f"() => {ROOT}.scrollWidth - {ROOT}.clientWidth")
