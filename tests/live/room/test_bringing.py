"""Many ideas brought in at once, against a real eventlet process."""
import re
import secrets
import urllib.parse
import urllib.request
from html import unescape

from tests.live.device import idea

MARK = "between-the-parts"
HIDDEN = re.compile(r'<input\s+type="hidden" name="(\w+)" value="([^"]*)"')


def items(count: int, text: str = "Idea {n}") -> list[dict]:
    """Cards to bring."""
    return [{"id": secrets.token_urlsafe(9), "body": {"text": text.format(n=n)}} for n in range(count)]


def test_everybody_in_the_room_gets_them_and_the_room_goes_on(server, Device):
    rosa, julio = (Device(server.url).join(server.meeting["code"], name).connect() for name in ("Rosa", "Don Julio"))
    elena = Device(server.url).staff(server.meeting["staff"], server.meeting["rooms"][0]).connect()
    board = server.meeting["activities"][0]["ideas"]
    brought = items(100)
    assert elena.do("contribution.bring", {"activity": board, "items": brought}, None)["ok"]
    assert julio.do("contribution.add", idea(server, "Y una más"))["card"]["number"] == 101
    for phone in (rosa, julio, elena):
        assert phone.pump(lambda phone=phone: len(phone.ideas()) == 101)
        assert [card["number"] for card in phone.ideas()] == list(range(1, 102))
        assert max(phone.times_seen[card["id"]] for card in brought) == 1


def test_after_kill_9_what_was_told_is_there_once(server, Device):
    elena = Device(server.url).staff(server.meeting["staff"], server.meeting["rooms"][0]).connect()
    payload = {"activity": server.meeting["activities"][0]["ideas"], "items": items(40)}
    assert elena.do("contribution.bring", payload, None)["ok"]
    server.kill()
    server.start()
    again = Device(server.url).staff(server.meeting["staff"], server.meeting["rooms"][0]).connect()
    assert again.do("contribution.bring", payload, None)["ok"]
    assert again.pump(lambda: len(again.ideas()) == 40)
    assert [card["id"] for card in again.ideas()] == [card["id"] for card in payload["items"]]


def test_a_thousand_long_ones_through_the_page_reach_a_phone_that_is_there_and_one_that_comes_later(server, Device):
    rosa = Device(server.url).join(server.meeting["code"], "Rosa").connect()
    assert rosa.pump(lambda: rosa.cursor)
    page = Page(server, server.meeting["staff"])
    text = "\n".join(f"{n}. Propuesta {n * 7919 % 10007}: " + "agua para los potreros " * 25 for n in range(1000))
    page.send(do="show", text=text)
    lines = re.findall(r'name="line" value="(\d+)"', page.text)
    assert len(lines) == 1000
    page.send(do="bring", text=text, text_at="0", line=lines)
    assert "1000" in re.search(r'role="status">([^<]*)<', page.text)[1]
    for phone in (rosa, Device(server.url).join(server.meeting["code"], "Luis").connect()):
        assert phone.pump(lambda phone=phone: len(phone.ideas()) == 1000)
        assert [card["number"] for card in phone.ideas()] == list(range(1, 1001))


class Page:
    """The page in a browser without script."""

    def __init__(self, server, cookie: str):
        self.url, self.cookie = f"{server.url}/w/{server.meeting['workshop']}/r/1/bring", cookie
        self.text = self._ask(None)

    def send(self, **fields) -> None:
        """Send the form with what is hidden in it."""
        hidden = {name: unescape(value) for name, value in HIDDEN.findall(self.text)}
        every = [(name, one) for name, said in (hidden | fields).items()
                 for one in (said if isinstance(said, list) else [said])]
        parts = [f'--{MARK}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{one}\r\n' for name, one in every]
        self.text = self._ask(("".join(parts) + f"--{MARK}--\r\n").encode())

    def _ask(self, body: bytes | None) -> str:
        kind = {"Content-Type": f"multipart/form-data; boundary={MARK}"} if body else {}
        asked = urllib.request.Request(self.url, body, {"Cookie": f"tinkuy={self.cookie}"} | kind)
        with urllib.request.urlopen(asked, timeout=120) as answer:
            return answer.read().decode()
