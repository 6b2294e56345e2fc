"""Flask without what nobody here uses: no view is a coroutine, and JSON is written and read in one place."""
from flask import Flask
from flask.json.provider import JSONProvider

from workshop.domain import compact
from workshop.pages.numbers import Bounded


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

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.url_map.converters["int"] = Bounded

    json_provider_class = CompactJSON

    def ensure_sync(self, func):
        """Views and hooks as they are: Flask would look at each of them in each request."""
        return func
