"""Every text stands out from what is behind it, as the browser computes it: 4.5 : 1 on every page by day and in the dark,
7 : 1 on the wall.  And who asks for more contrast, or for their own colours, loses nothing."""
import pytest

from tests.browser.everybody.test_everybody import OPEN, chosen
from tests.browser.everybody.test_everybody import crowd as crowd
from tests.browser.everybody.test_everybody import filled as filled
from workshop.pages.shell import parts

THEMES = ("light", "dark")
# [text, its colour, what is behind, the ratio] of each text that is seen and stands out less than `least`.
FAINT = r"""(least) => {
  const parse = (said) => {
    const [r, g, b, a = 1] = said.match(/[\d.]+/g).map(Number);
    return { r, g, b, a };
  };
  const over = (top, below) => Object.fromEntries(["r", "g", "b"].map((one) =>
    [one, top[one] * top.a + below[one] * (1 - top.a)]).concat([["a", 1]]));
  const light = ({ r, g, b }) => [r, g, b].map((value) => value / 255).map((value) =>
    value <= .04045 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4).reduce((sum, value, n) =>
    sum + value * [.2126, .7152, .0722][n], 0);
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.a) layers.push(colour);
      if (colour.a === 1) break;
    }
    return layers.reduceRight((below, top) => over(top, below), { r: 255, g: 255, b: 255, a: 1 });
  };
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let seen = 0;
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), element = walker.currentNode.parentElement;
    if (!text || !element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) continue;
    if (element.closest("script, style, svg, noscript, .unseen, :disabled, select")) continue;
    const { width, height } = element.getBoundingClientRect();
    if (width <= 1 || height <= 1) continue;
    seen += 1;
    let faded = 1;
    for (let at = element; at; at = at.parentElement) faded *= Number(getComputedStyle(at).opacity);
    const ground = behind(element), colour = parse(getComputedStyle(element).color);
    const [darker, lighter] = [light(ground), light(over({ ...colour, a: colour.a * faded }, ground))].sort((a, b) => a - b);
    const ratio = (lighter + .05) / (darker + .05);
    if (ratio < least - .005)
      found.push(`${ratio.toFixed(2)}: ${text.slice(0, 40)} (${element.tagName} ${element.className})`);
  }
  return [seen, [...new Set(found)].slice(0, 12)];
}"""


def faint(page, least: float = 4.5) -> dict[str, list[str]]:
    """{theme: the texts that stand out too little}."""
    found = {}
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        seen, found[theme] = page.evaluate(FAINT, least)
        assert seen, "there is a text to measure"
    page.emulate_media(color_scheme="light")
    return {theme: said for theme, said in found.items() if said}


def test_what_is_too_faint_is_found(open_page):
    page = open_page("phone")
    page.goto("/login")
    page.evaluate("document.querySelector('h1').style.color = '#888'")
    assert faint(page)["light"] and not page.evaluate(FAINT, 3)[1]
    page.evaluate("document.querySelector('h1').style.opacity = '.4'")
    assert page.evaluate(FAINT, 3)[1]


@pytest.mark.parametrize("size", ["phone", "laptop"])
def test_every_text_on_every_page_stands_out(crowd, filled, size):
    found = {}
    for page, paths in zip(crowd(size), chosen(size), strict=True):
        for name, path in paths.items():
            assert page.goto(path.format(**filled)).status == (404 if name == "nowhere" else 200), name
            if page.locator(".chip.line").count():
                page.wait_for_selector(".chip.line.online", state="attached")
            if said := faint(page):
                found[name] = said
    assert found == {}


def test_the_wall_stands_out_for_the_last_row(crowd, filled):
    page, _ = crowd("projector")
    page.goto(OPEN["wall"].format(**filled))
    page.wait_for_selector("#screen, main", state="attached")
    assert faint(page, 7) == {}


def test_the_figures_on_the_page_of_parts_are_right(staff):
    page = staff("/parts")
    shown = page.locator(".swatches").inner_text()
    assert f"paper {parts.contrast('#1d1d1f', '#f7f4ee'):.1f}" in shown.replace("\n", " ")
    assert parts.contrast("#000", "#fff") == pytest.approx(21) and parts.contrast("#777", "#777") == 1
    named = {one["name"] for one in parts.swatches()}
    assert {"ink", "soft", "cochineal", "moss", "clay", "maize", "paper", "clay-t"} <= named
    for one in named:
        colour = page.locator(f".s-{one}").evaluate("(element) => getComputedStyle(element).backgroundColor")
        assert colour != "rgba(0, 0, 0, 0)", one


def test_more_contrast_and_own_colours_take_nothing_away(join, filled, chromium, house):
    rosa = join("Rosa")
    words = rosa.locator("body").inner_text()
    for asked in ({"contrast": "more"}, {"forced_colors": "active"}):
        rosa.emulate_media(**asked)
        assert rosa.locator("body").inner_text() == words
        weave = rosa.locator(".band .weave").first.evaluate("(element) => getComputedStyle(element).backgroundImage")
        assert weave.startswith("url(")
    buttons = rosa.evaluate("""() => [...document.querySelectorAll("button, .button")].filter((one) => one.checkVisibility())
      .map((one) => getComputedStyle(one).borderStyle)""")
    assert len(buttons) > 3
