"""The editor of methods, used as a browser uses it."""
from html.parser import HTMLParser

from tests.pages.facilitator.people import Browser
from workshop.actions import own_methods
from workshop.domain.methods.checking import check
from workshop.store.models import Method

EDIT = "/methods/foda_2/edit"


class Form(HTMLParser):
    """The fields of the page's form as a browser would send them: [(name, value)], and all texts with ids."""

    def __init__(self, page: str):
        super().__init__(convert_charrefs=True)
        self.fields, self.ids, self.open, self._area, self._select = [], [], False, None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if "id" in attrs:
            self.ids.append(attrs["id"])
        if tag == "form":
            self.open = "enctype" in attrs
        elif not self.open:
            return
        elif tag == "input" and "name" in attrs:
            ticked = attrs.get("type") not in ("checkbox", "radio") or "checked" in attrs
            if ticked and attrs.get("type") != "file":
                self.fields.append((attrs["name"], attrs.get("value", "")))
        elif tag == "textarea":
            self._area = [attrs["name"], ""]
        elif tag == "select":
            self._select = attrs["name"]
        elif tag == "option" and self._select and "selected" in attrs:
            self.fields.append((self._select, attrs["value"]))

    def handle_data(self, data):
        if self._area:
            self._area[1] += data

    def handle_endtag(self, tag):
        if tag == "textarea" and self._area:
            self.fields.append((self._area[0], self._area[1].removeprefix("\n")))
            self._area = None
        elif tag == "select":
            self._select = None
        elif tag == "form":
            self.open = False

    def data(self, **changed) -> dict:
        """{name: [values]} with what somebody types; a name's dots are written __, None leaves it out."""
        found = {}
        for name, value in self.fields:
            found.setdefault(name, []).append(value)
        for name, value in changed.items():
            found.pop(name := name.replace("__", "."), None)
            if value is not None:
                found[name] = value if isinstance(value, list) else [value]
        return found


def send(person: Browser, path: str, _form: Form | None = None, **changed) -> str:
    """Type something into the form of the page and press a button (`do`)."""
    data = (_form or Form(person.page)).data(**changed)
    return person._see(person.http.post(path, data=data, headers=person.headers, content_type="multipart/form-data",
                                        follow_redirects=True))


def kept(app, key: str = "foda_2"):
    """The stored method."""
    with app.extensions["house"].store.read() as session:
        row = session.query(Method).filter_by(key=key).one()
        return check(row.text, own_methods.known(session, row.account_id))


def rows(app) -> list[Method]:
    with app.extensions["house"].store.read() as session:
        return session.query(Method).order_by(Method.key).all()


def bring(person: Browser, text: str, **files) -> str:
    """Paste a text or upload a file."""
    person.open("/methods/from-file")
    return send(person, "/methods/from-file", text=text, **files)
