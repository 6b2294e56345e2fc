"""The wall follows the desk without a reload, keeps what stands there, and says when its data are old."""
import secrets

from playwright.sync_api import expect

from tests.support.cast import ok

WORD = "Desproporcionadamenteagrupadas"  # thirty letters
LONG = "Capacidades locales para la interculturalidad de las instituciones de salud, 2.ª"
CUT = """() => { const box = (one) => one.getBoundingClientRect();
  return [...document.querySelectorAll("#sent *")].filter((one) => one.getClientRects().length
    && [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())).filter((one) => {
      const own = box(one), at = box(one.closest(".items") ?? document.querySelector("main"));
      return own.left < at.right - 1 && own.right > at.left + 1 && (own.bottom > at.bottom + 1 || own.right > at.right + 1);
    }).map((one) => one.textContent.trim().slice(0, 60)); }"""


def test_what_is_sent_stands_there_at_once_stays_and_is_not_cut(open_page, house, staff):
    it, rooms = house["meeting"]["workshop"], house["meeting"]["rooms"]
    desk = staff(f"/w/{it}/walls")
    client, sent = secrets.token_urlsafe(16), iter(range(1, 99))

    def send(verb: str, **said) -> None:
        answer = desk.request.post("/api/do", headers={"X-Workshop": "1"}, data={
            "client": client, "n": next(sent), "verb": verb, "seat": None, "payload": {"workshop": it} | said})
        ok(answer.json())
    wall = open_page("projector")
    wall.goto(f"/s/{house['meeting']['screen']}")
    expect(wall.locator("#hours")).not_to_be_empty()
    send("wall.show", blocks=[{"kind": "text", "text": LONG}, {"kind": "text", "text": WORD}, {"kind": "clock"},
                              {"kind": "board", "room": rooms[0]}])
    expect(wall.locator("#sent")).to_contain_text(WORD)
    for size in ((1920, 1080), (1280, 720)):
        wall.set_viewport_size({"width": size[0], "height": size[1]})
        assert wall.evaluate(CUT) == [], size
    wall.reload()
    expect(wall.locator("#sent")).to_contain_text(WORD)
    expect(wall.locator("#way")).to_be_visible()
    send("wall.blank")
    expect(wall.locator("#sent")).to_be_hidden()
    expect(wall.locator("#way")).to_be_visible()
    send("wall.back")
    expect(wall.locator("#sent")).to_contain_text(WORD)
    wall.clock.install()
    wall.reload()
    expect(wall.locator("#hours")).not_to_be_empty()
    wall.context.set_offline(True)
    wall.clock.run_for(30_000)
    expect(wall.locator("#old")).to_contain_text("Así estaba")
    expect(wall.locator("#sent")).to_contain_text(WORD)
    wall.context.set_offline(False)
