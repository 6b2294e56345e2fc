"""Leads requests with the wrong method to their page: a form sent to a page's address, a form's address opened as a page.

A form comes to a page's own address when a page that answered a form is reloaded after its script has put that address in
the place of the form's: WebKit then sends the form once more, to there. And a form's address is opened as if it were a page
when the page that answered the form has a link with a question only ("?seat=…"), or its tab comes back. Neither does
anything: the page is shown.
"""
from collections.abc import Callable
from urllib.parse import quote, urlencode

from flask import Flask, redirect, request
from werkzeug import Response
from werkzeug.exceptions import MethodNotAllowed

# The forms that have an address of their own, and the page on which they stand.
PAGES = {
    "account.password": "/account", "account.end": "/account", "account.end_all": "/account", "accounts.logout": "/",
    "bring.carry": "/w/{workshop_id}/r/{number}/bring", "desk.add_room": "/w/{workshop_id}/desk",
    "desk.add_process": "/w/{workshop_id}/desk", "forms.say": "/w/{workshop_id}/r/{number}",
    "acts.undo": "/w/{workshop_id}/history", "tour.go": "/w/{workshop_id}/desk", "links.answer": "/workshops",
    "methods.copy": "/methods/{key}", "methods.drop": "/methods/{key}",
    "people.rename": "/w/{workshop_id}/people/{seat_id}", "people.edit": "/w/{workshop_id}/people/{seat_id}",
    "roster.remove": "/w/{workshop_id}/roster", "same_person.write": "/w/{workshop_id}/people/{seat_id}",
    "people.move": "/w/{workshop_id}/people",
    "lives.copy": "/w/{workshop_id}/life", "lives.aside": "/w/{workshop_id}/life", "lives.delete": "/w/{workshop_id}/life",
    "lives.bring": "/workshops/new", "lives.clear": "/w/{workshop_id}/life", "lives.restore": "/workshops",
    "room_lives.order": "/w/{workshop_id}/edit", "room_lives.aside": "/w/{workshop_id}/edit",
    "calls.read": "/w/{workshop_id}",
    "corrections.over": "/w/{workshop_id}/edit", "people.remove": "/w/{workshop_id}/people",
    "videos.put": "/w/{workshop_id}/programme",
    "people.readmit": "/w/{workshop_id}/people",
    "photo.photo": "/w/{workshop_id}/r/{number}",
    "team.renew": "/w/{workshop_id}/team", "team.revoke": "/w/{workshop_id}/team",
    "programme_out.renew": "/w/{workshop_id}/programme/print", "programs.make": "/account", "programs.end": "/account",
    "wall_lead.change": "/w/{workshop_id}/walls", "team.withdraw": "/w/{workshop_id}/team",
    "results.decide": "/w/{workshop_id}/votes/{vote}",
    "way_in.change": "/w/{workshop_id}/people",
}


def plug_in(app: Flask) -> None:
    """Lets each form's address be opened, when all forms are there."""
    for rule in list(app.url_map.iter_rules()):
        if rule.endpoint in PAGES:
            app.add_url_rule(rule.rule, f"page of {rule.endpoint}", _leads(PAGES[rule.endpoint]), methods=["GET"])


def _leads(page: str) -> Callable[..., Response]:
    def view(**where: str | int) -> Response:
        # The query is kept, except the address to go on to: that is the sign-in page's, and it is not among these.
        asked = urlencode([one for one in request.args.items(multi=True) if one[0] != "next"])
        path = page.format(**{name: quote(str(value)) for name, value in where.items()})
        return redirect(f"{path}?{asked}" if asked else path, 303)
    return view


def form_at_a_page() -> Response | None:
    """Answers a form at an address that only shows something: the page itself; else None."""
    wrong = request.routing_exception
    if request.method == "POST" and isinstance(wrong, MethodNotAllowed) and "GET" in (wrong.valid_methods or ()):
        return redirect(request.full_path.rstrip("?"), 303)
    return None
