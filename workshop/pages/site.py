"""Flask without what nobody here uses: no view is a coroutine, and JSON is written and read in one place."""
from flask import Flask
from flask.json.provider import JSONProvider

from workshop.domain import compact
from workshop.pages.addresses import inside


class CompactJSON(JSONProvider):
    """What `jsonify` and `get_json` write and read with."""

    def dumps(self, value, **_options) -> str:
        """Compact JSON."""
        return compact.utf8(value)

    def loads(self, text, **_options):
        """The value.  Raises ValueError, RecursionError."""
        return compact.loads(text)


class Site(Flask):
    """The application."""

    json_provider_class = CompactJSON

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.url_map.merge_slashes = False  # or the router would lead on by itself, to the host that the request names

    def redirect(self, location: str, code: int = 302):
        """Lead to an address of ours; to the start where something from outside has made another one of it."""
        return super().redirect(inside(location) or "/", code)

    def ensure_sync(self, func):
        """Views and hooks as they are: Flask would look at each of them in each request."""
        return func
