"""docs/protocol.md says everything, and what it says is so."""
import json
import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest
import websocket

from tests.live.conftest import serve, server  # noqa: F401  (the meeting with a running server)
from workshop.actions.core.registry import describe
from workshop.domain import limits
from workshop.words.refusals import SENTENCES

PAGE = (Path(__file__).parents[2] / "docs" / "protocol.md").read_text(encoding="utf-8")


def section(number: int) -> str:
    """The text of a numbered section."""
    return re.search(rf"^## {number}\. .*?(?=^## |\Z)", PAGE, re.DOTALL | re.MULTILINE)[0]


@pytest.mark.parametrize("verb", describe(), ids=lambda verb: verb["verb"])
def test_every_verb_is_there_with_every_field_of_its_payload(verb):
    row = re.search(rf"^\| `{re.escape(verb['verb'])}` \| `(.*?)` \|", section(6), re.MULTILINE)
    assert row, "no row in section 6"
    needed = set(verb["payload"].get("required", ()))
    for field in verb["payload"]["properties"]:
        name = field if field in needed else rf"{field}\?"
        assert re.search(rf"\b{name}(?=[,:]|$)", row[1]), f"{name} is missing in: {row[1]}"


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_every_refusal_code_is_there(code):
    assert f"`{code}`" in section(7)


def test_no_verb_and_no_code_is_described_that_does_not_exist():
    assert set(re.findall(r"^\| `([\w.]+)`", section(6), re.MULTILINE)) == {verb["verb"] for verb in describe()}
    assert set(re.findall(r"^\| `(\w+)`", section(7), re.MULTILINE)) <= SENTENCES.keys()


@pytest.mark.parametrize("limit", [
    limits.TEXT, limits.NAME, limits.FRAME, limits.SEATS_PER_DEVICE, limits.SOCKETS_PER_DEVICE, limits.DEPTH,
    limits.CARDS_PER_ROOM, limits.CARDS_BROUGHT, limits.CODE_FAILURES, limits.PHOTO, limits.VOICE, limits.PICTURE_POINTS,
    limits.SMALL_PICTURE,
    limits.VOICE_SECONDS, limits.FILES_PER_CARD, limits.FILES_PER_ROOM])
def test_the_limits_are_those_of_the_program(limit):
    assert re.search(rf"\b{limit}\b", section(8))


class Exchange:
    """Plays the exchange of the page.  `known`: the values of its $words."""

    def __init__(self, url: str, **known):
        self.url, self.known, self.cookie = url, known, ""
        self.line, self.unread, self.answer = None, [], None

    def send(self, text: str) -> None:
        """Carry out a line that begins with >."""
        text = self.fill(text)
        if text == "connect":
            self.line = websocket.create_connection(self.url.replace("http", "ws") + "/socket.io/?EIO=4&transport=websocket",
                                                    cookie=self.cookie, timeout=60)
        elif text == "disconnect":
            self.close()
        elif text.startswith(("GET ", "POST ")):
            method, path, *body = text.split(" ", 2)
            asked = urllib.request.Request(self.url + path, body[0].encode() if body else None, method=method, headers={
                "X-Workshop": "1", "Content-Type": "application/json", "Cookie": self.cookie})
            with urllib.request.urlopen(asked, timeout=60) as said:
                self.cookie = (said.headers["Set-Cookie"] or self.cookie).split(";")[0]
                self.answer = f"{said.status} {said.read().decode()}"
        else:
            self.line.send(text)

    def close(self) -> None:
        """Hang up."""
        if self.line:
            self.line.close()

    def fill(self, text: str) -> str:
        """The text with its $words replaced; numbers lose their quotes."""
        for name, value in self.known.items():
            text = text.replace(f'"${name}"', json.dumps(value)).replace(f"${name}", str(value))
        return text

    def hear(self, text: str) -> None:
        """Wait for what a line that begins with < promises; other frames may come between."""
        head, pattern = self.parts(re.sub(r",?\s*…", "", text))
        if re.match(r"\d{3} ", text):
            assert self.fits(head, pattern, self.answer), f"expected {text}\ngot {self.answer}"
            return
        while True:
            for frame in filter(None, self.unread):
                if self.fits(head, pattern, frame):
                    self.unread.remove(frame)
                    return
            try:
                self.unread.append(self.line.recv())
            except websocket.WebSocketException as error:
                pytest.fail(f"{text}\ndid not come ({error!r}); there were: {self.unread}")

    @staticmethod
    def parts(text: str) -> tuple[str, object]:
        """('431', [...]) of '431[...]'."""
        head = re.match(r"\d+ ?", text)[0]
        return head, json.loads(text[len(head):]) if text[len(head):] else None

    def fits(self, head: str, pattern, frame: str) -> bool:
        """Whether the frame is what was promised; then the $words that are new are known."""
        got, value = self.parts(frame)
        learned: dict = {}
        if got != head or not self.match(pattern, value, learned):
            return False
        self.known |= learned
        return True

    def match(self, pattern, value, learned: dict) -> bool:
        """Objects and lists may hold more than the pattern; lists in the order of the pattern."""
        if isinstance(pattern, dict):
            return isinstance(value, dict) and all(key in value and self.match(part, value[key], learned)
                                                   for key, part in pattern.items())
        if isinstance(pattern, list):
            rest = iter(value if isinstance(value, list) else ())
            return all(any(self.attempt(part, one, learned) for one in rest) for part in pattern)
        if isinstance(pattern, str) and pattern.startswith("$"):
            known = self.known | learned
            if pattern[1:] not in known:
                learned[pattern[1:]] = value
            return (self.known | learned)[pattern[1:]] == value
        return pattern == value

    def attempt(self, pattern, value, learned: dict) -> bool:
        """match, which learns nothing when it fails."""
        trial = dict(learned)
        if fits := self.match(pattern, value, trial):
            learned |= trial
        return fits


def test_the_exchange_on_the_page_is_what_a_real_server_says(server):  # noqa: F811
    lines = re.search(r"```exchange\n(.*?)```", PAGE, re.DOTALL)[1].splitlines()
    assert len(lines) > 20
    play = Exchange(server.url, code=server.meeting["code"])
    try:
        for line in lines:
            (play.send if line.startswith("> ") else play.hear)(line[2:])
    finally:
        play.close()
    assert play.known["last"] > play.known["then"] > play.known["now"]
