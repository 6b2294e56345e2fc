"""The page's templates (static/js/shell/html.js): what is drawn, what stays as it is, and what people write stays text."""
import random

import pytest

from workshop.pages.shell.assets import STATIC

LIST = """
window.list = (items) => html`<ul>${repeat(items, (item) => item.id,
  (item) => html`<li id=${item.id}>${item.say}</li>`)}</ul>`;
window.place = document.body.appendChild(document.createElement("main"));
window.kept = new Map();
window.draw = (items) => {
  render(list(items), place);
  for (const li of place.querySelectorAll("li")) if (!kept.has(li.id)) kept.set(li.id, li);
  return [...place.querySelectorAll("li")].map((li) => [li.id, li.textContent, kept.get(li.id) === li]);
};
true;"""


@pytest.fixture
def bare(chromium):
    """A page with nothing but html.js, whose names are global."""
    page = chromium.new_page()
    script = (STATIC / "js" / "shell" / "html.js").read_text()
    script = script.replace("export const", "const").replace("export function", "function")
    names = "html, svg, nothing, repeat, guard, render"
    page.add_script_tag(content=f"(() => {{{script}; Object.assign(window, {{ {names} }}) }})()")
    yield page
    page.close()


def drawn(page, script: str):
    """What the function body returns; `at` is an element, `see(content)` draws into it and returns its markup."""
    return page.evaluate(f"""() => {{
      const at = document.body.appendChild(document.createElement("div"));
      const see = (content) => (render(content, at), at.innerHTML);
      {script} }}""")


def test_values_become_text_attributes_properties_and_listeners(bare):
    assert drawn(bare, """
      let taps = 0;
      const view = (kind, gone, said, text) => html`<p class="card ${kind} end" title=${kind}
          ?hidden=${gone}>${said}, ${said}</p>
        <input .value=${text} .defaultValue=${"d"} aria-label="x ${text}" @click=${() => taps += text.length}>`;
      see(view("a", true, 1, "one"));
      const input = at.querySelector("input");
      input.click();
      const first = [at.querySelector("p").outerHTML, input.value, input.defaultValue, input.ariaLabel, taps];
      see(view("b", nothing, false, "three"));
      input.click();
      return [...first, at.querySelector("p").outerHTML, at.querySelector("input") === input, input.value, taps];""") == [
        '<p class="card a end" title="a" hidden="">1, 1</p>', "one", "d", "x one", 3,
        '<p class="card b end" title="b">false, false</p>', True, "three", 8]


def test_nothing_and_what_is_missing_leave_no_trace(bare):
    assert drawn(bare, """
      const view = (x) => html`<a href=${x}>${x}${[x, [x]]}</a>`;
      return [view("u"), view(nothing), view(undefined), view(null), view(""), nothing].map(see);""") == [
        '<a href="u">uuu</a>', "<a></a>", '<a href=""></a>', '<a href=""></a>', '<a href=""></a>', ""]


def test_what_people_write_never_becomes_markup(bare):
    bad = "<img src=x onerror=window.hit=1>${1}<!--\u22c4-->\u22c4\"'"
    assert bare.evaluate("""(bad) => {
      const at = document.body.appendChild(document.createElement("div"));
      const view = (x) => html`<b title=${x} class="a ${x}">${x}</b>${[x]}`;
      render(view(bad), at);
      const { children } = at;
      const [b] = children;
      return [at.textContent === bad + bad, children.length, b.title === bad, b.className === "a " + bad];
    }""", bad) == [True, 1, True, True]
    # Data that looks like a template is data.
    assert drawn(bare, 'return see(JSON.parse(\'{"strings": ["<img>"], "values": [], "items": [1]}\'))') == "[object Object]"
    assert not bare.evaluate("window.hit")


def test_what_is_the_same_is_not_touched_and_what_is_typed_stays(bare):
    assert drawn(bare, """
      const view = (text, n) => html`<input .value=${text}>${n > 1 ? html`<p>${n}</p>` : html`<i>${n}</i>`}`;
      see(view("a", 1));
      const input = at.querySelector("input"), i = at.querySelector("i");
      input.value = "typed";
      see(view("a", 0));
      const before = [input.value, at.querySelector("i") === i, i.textContent];
      see(view("b", 2));
      return [...before, input.value, at.querySelector("p").textContent, at.querySelector("i")];""") == [
        "typed", True, "0", "b", "2", None]


def test_what_is_guarded_is_drawn_when_its_signs_change(bare):
    assert drawn(bare, """
      let drawings = 0;
      const view = (...signs) => html`<p>${guard(signs, () => (drawings++, html`<b>${signs.join()}</b>`))}</p>`;
      const none = html`<p>${guard([], () => "none")}</p>`;
      return [view(1, 2), view(1, 2), view(1, 3), none].map((one) => [see(one), drawings]);""") == [
        ["<p><b>1,2</b></p>", 1], ["<p><b>1,2</b></p>", 1], ["<p><b>1,3</b></p>", 2], ["<p>none</p>", 2]]


def test_tables_choices_and_drawings_take_values_too(bare):
    assert drawn(bare, """
      see(html`<table><tbody>${[1, 2].map((n) => html`<tr><td>${n}</td></tr>`)}</tbody></table>
        <select>${["a", "b"].map((o) => html`<option value=${o} ?selected=${o === "b"}>${o}</option>`)}</select>
        <svg>${svg`<a href="#${"c"}"><title>${"t"}</title><circle r=${3}></circle></a>`}</svg>`);
      const circle = at.querySelector("circle");
      return [at.querySelectorAll("tbody > tr > td").length, at.querySelector("select").value, circle.namespaceURI,
        circle.getAttribute("r"), at.querySelector("svg title").textContent, at.querySelector("svg a").getAttribute("href")];
      """) == [2, "b", "http://www.w3.org/2000/svg", "3", "t", "#c"]


@pytest.mark.parametrize("seed", range(4))
def test_a_list_in_any_order_shows_its_items_in_that_order_each_with_its_own_node(bare, seed):
    draw = random.Random(seed)
    bare.evaluate(LIST)
    names, moved = [f"c{n}" for n in range(9)], 0
    for _ in range(60):
        shown = draw.sample(names, draw.randrange(len(names) + 1))
        items = [{"id": name, "say": draw.choice("xyz")} for name in shown]
        bare.evaluate("kept.forEach((li, id) => li.isConnected || kept.delete(id))")
        found = bare.evaluate("(items) => draw(items)", items)
        assert found == [[item["id"], item["say"], True] for item in items]
        moved += len(items)
    assert moved > 100
    assert bare.evaluate("draw([]).length") == 0
    assert bare.evaluate("place.querySelector('ul').childNodes.length") == 2, "no markers pile up"


def test_who_writes_in_a_card_keeps_the_pen_when_another_card_moves(bare):
    bare.evaluate(LIST)
    assert bare.evaluate("""() => {
      const view = (ids) => html`${repeat(ids, (id) => id, (id) => html`<input id=${id}>`)}`;
      const focus = (id, before, after) => {
        render(view(before), place);
        document.getElementById(id).focus();
        render(view(after), place);
        return [document.activeElement.id, [...place.querySelectorAll("input")].map((one) => one.id).join("")];
      };
      return [focus("b", ["a", "b", "c", "d"], ["b", "c", "d", "a"]), focus("b", ["a", "b", "c", "d"], ["d", "a", "b", "c"]),
        focus("b", ["a", "b", "c"], ["x", "a", "b", "y", "c"]), focus("c", ["a", "b", "c", "d"], ["c", "d", "b"])];
    }""") == [["b", "bcda"], ["b", "dabc"], ["b", "xabyc"], ["c", "cdb"]]


def test_an_item_that_is_there_twice_is_shown_twice(bare):
    bare.evaluate(LIST)
    for _ in range(2):
        found = bare.evaluate("draw([{ id: 'a', say: '1' }, { id: 'a', say: '2' }, { id: 'b', say: '3' }])")
        assert [(name, said) for name, said, _ in found] == [("a", "1"), ("a", "2"), ("b", "3")]
