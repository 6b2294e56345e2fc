"""Every method on one phone: the page stays open while the facilitator goes from step to step, and whatever a step takes can
be written with the form as it stands, is saved, and is seen by whoever wrote it."""
import json
import secrets
import urllib.request

import pytest
from playwright.sync_api import expect

from tests.browser.facilitator.test_a_meeting import card
from tests.live.server import Server
from tests.support import cast
from tests.support.needs import some
from workshop.domain.methods.library import library

PLAYED = [key for key, method in library().items() if method.steps]


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """A running server with an open room for each method; `number`, `room`: of each by key."""
    data = tmp_path_factory.mktemp("methods")
    app = cast.app(data)
    meeting = cast.found(app)
    elena, rooms = cast.facilitator(app, meeting), {}
    for key in PLAYED:
        made = cast.ok(elena.do("room.create", {"workshop": meeting["workshop"], "title": key, "method": key}, seat=None))
        cast.ok(elena.do("room.open", {"room": made["card"]["id"]}, seat=None))
        rooms[key] = made["card"]
    app.extensions["house"].store.close()
    server = Server(data).start()
    yield {"url": server.url, "meeting": meeting, "server": server, "data": data, "rooms": rooms,
           "cookie": elena.http.get_cookie("tinkuy").value}
    server.stop()


@pytest.fixture
def go(house):
    """go(room, step): the facilitator moves the room."""
    client, sent = secrets.token_urlsafe(16), []

    def move(room: str, step: int) -> None:
        sent.append(step)
        command = {"client": client, "n": len(sent), "verb": "step.go", "seat": None,
                   "payload": {"room": room, "step": step}}
        asked = urllib.request.Request(f"{house['url']}/api/do", json.dumps(command).encode(), {
            "Content-Type": "application/json", "X-Workshop": "1", "Cookie": f"tinkuy={house['cookie']}"})
        with urllib.request.urlopen(asked, timeout=60) as answer:
            assert json.load(answer)["ok"]
    return move


def write(page, text: str) -> None:
    """Fill in what the form asks for, and send it."""
    if page.locator("#text").is_visible():
        page.fill("#text", text)
    else:  # a card of fields
        place = page.locator("#composer details.spot")
        if place.get_attribute("open") is None:
            place.locator("summary").click()
        for i, field in enumerate(page.locator("#composer textarea[name^=field-], #composer input[name^=field-]").all()):
            example = field.get_attribute("placeholder") or ""
            field.fill("https://example.org" if example.startswith("http") else example or (text if i == 0 else "Algo"))
    page.click("#composer button.main")


@pytest.mark.parametrize("key", some(PLAYED))
def test_whatever_a_step_takes_can_be_written_on_a_phone(house, join, go, key):
    room, method = house["rooms"][key], library()[key]
    rosa = join("Rosa", room=room["number"])
    for number, step in enumerate(method.steps):
        go(room["id"], number)
        expect(rosa.locator("#question")).to_contain_text(step.title.es)
        form = rosa.locator("#composer")
        if "board" not in step.opens or step.may.add not in ("all", "own"):
            expect(form).to_be_hidden()
            continue
        expect(form).to_be_visible()
        text = f"Dicho en {step.key}"
        write(rosa, text)
        expect(card(rosa, text).first).to_contain_text("Guardado")
        expect(card(rosa, text).first).to_be_visible()
        expect(rosa.locator(".note.bad, .left li")).to_have_count(0)
