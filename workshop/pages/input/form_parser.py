"""Bounds forms as they arrive: how much of one is read, before anything of it is looked at.

Werkzeug reads a plain form (`application/x-www-form-urlencoded`) whole, whatever its fields; a form of nothing but
ampersands would hold every room up. What may be larger (files, lists, methods) comes in parts, which have bounds of their
own.
"""
from collections.abc import Callable
from functools import cached_property
from typing import IO, cast
from urllib.parse import parse_qsl

from flask import Request, request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from workshop.domain.limits import FRAME, is_invisible
from workshop.domain.people.tokens import bearer_in, secret_in

COOKIE = "tinkuy"
AS_THEY_ARE = {"old", "password"}  # fields of which every sign counts
FIELDS = 3000  # of a plain form; a list of people to be ticked has as many


class FormParser(FormDataParser):
    """Refuses a plain form that is larger than a command, or has more fields than a page asks for."""

    def _parse_urlencoded(
            self, stream: IO[bytes], mimetype: str, content_length: int | None, options: dict[str, str],
    ) -> tuple[IO[bytes], MultiDict[str, str], MultiDict[str, FileStorage]]:
        text = stream.read(FRAME + 1)
        if len(text) > FRAME:
            raise RequestEntityTooLarge
        try:
            fields = parse_qsl(text.decode(), keep_blank_values=True, errors="werkzeug.url_quote", max_num_fields=FIELDS)
        except ValueError:
            raise RequestEntityTooLarge from None
        return stream, self.cls(fields), self.cls()


class BoundedRequest(Request):
    """Bounds the forms of a request. A field of which nobody sees anything is empty: it is refused where it must not be, and
    comes back as it looks, so that what is typed next is not written behind something invisible."""

    form_data_parser_class = FormParser
    spool: Callable[[], IO[bytes]] | None = None  # where a file of a form waits that is too large for where others do

    def _get_file_stream(self, total_content_length: int | None, content_type: str | None, filename: str | None = None,
                         content_length: int | None = None) -> IO[bytes]:
        if self.spool:
            return self.spool()
        return super()._get_file_stream(total_content_length, content_type, filename, content_length)

    @cached_property
    def bearer(self) -> str | None:
        """Returns its token of a program, "" where what stands there is none; None where it comes without."""
        return bearer_in(self.environ.get("HTTP_AUTHORIZATION"))

    @cached_property
    def secret(self) -> str | None:
        """Returns its secret: a program's token, else the cookie."""
        return secret_in(self.environ.get("HTTP_AUTHORIZATION"), next(iter(self.cookies.getlist(COOKIE)), None))

    def _load_form_data(self) -> None:
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        fields = list(self.form.items(multi=True))
        if any(text and is_invisible(text) for _name, text in fields):
            self.__dict__["form"] = ImmutableMultiDict(
                (name, text if name in AS_THEY_ARE or not is_invisible(text) else "") for name, text in fields)


# What Flask's `request` leads to: the application has its requests made so (pages/shell/site.py).
incoming = cast(BoundedRequest, request)
