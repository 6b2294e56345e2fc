"""A person with a browser without script: reads pages, fills in forms."""
import re
from html import unescape
from urllib.parse import urlsplit

TAG = re.compile(r"<[a-z](?:[^<>\"]|\"[^\"]*\")*>")  # how one is broken into lines says nothing
FIELD = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


class Browser:
    """Follows links and sends forms of the application under test."""

    def __init__(self, app, language: str = "es"):
        self.http, self.headers, self.page, self.path = app.test_client(), {"Accept-Language": language}, "", ""

    def open(self, path: str):
        """Go to an address; returns the text of the page."""
        answer = self.http.get(path, headers=self.headers, follow_redirects=True)
        return self._see(answer)

    def send(self, path: str, form: str = "", **fields):
        """Send a form: the hidden fields of the one whose tag holds `form`, and `fields`."""
        tag = next(part for part in self.page.split("<form")[1:] if form in part)
        hidden: dict = {}
        for name, value in FIELD.findall(tag.split("</form>")[0]):
            hidden.setdefault(name, []).append(unescape(value))
        kind = "multipart/form-data" if "multipart/form-data" in tag.split(">")[0] else None  # as browsers do
        return self._see(self.http.post(path, data=hidden | fields, headers=self.headers, content_type=kind,
                                        follow_redirects=True))

    def link(self) -> str:
        """The path of the link that the page hands over."""
        return urlsplit(re.search(r'<input id="link"[^>]* value="([^"]+)"', self.page)[1]).path

    def _see(self, answer):
        self.path, self.status = answer.request.path, answer.status_code
        self.page = TAG.sub(lambda tag: re.sub(r'("[^"]*")|\s+', lambda part: part[1] or " ", tag[0]),
                            answer.get_data(as_text=True))
        return self.page

    @property
    def said(self) -> str:
        """What the page complains about."""
        found = re.search(r'role="alert">([^<]*)<', self.page)
        return unescape(found[1]).strip() if found else ""


def joined(app, meeting, name: str = "Rosa", room: int = 1) -> Browser:
    """Somebody who has joined by the room's link."""
    person = Browser(app)
    person.open(f"/j/{meeting['code']}?r={room}")
    delegation = re.search(r'name="delegation" value="([^"]+)"', person.page)[1]
    person.send(f"/j/{meeting['code']}", name=name, delegation=delegation, channel="hall")
    return person
