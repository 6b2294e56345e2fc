"""Serves the memoria on the screen and as a file, at any minute of the workshop."""
import re
import unicodedata
from contextlib import suppress
from urllib.parse import quote

from flask import Blueprint, make_response
from flask.typing import ResponseReturnValue

from workshop.actions.core import record
from workshop.actions.core.telling import Act, Sentence, tells
from workshop.domain.errors import Refusal, RetryLater
from workshop.exports import FORMATS, reader, votes, worker
from workshop.house import house
from workshop.pages.facilitator import tour
from workshop.pages.shell import visitor
from workshop.pages.shell.bearer import for_programs
from workshop.pages.shell.render import show
from workshop.words import _, language

pages = Blueprint("report", __name__)


@pages.get("/w/<workshop_id>/report")
def report(workshop_id: str) -> ResponseReturnValue:
    """Shows what the groups have written so far, and the files."""
    with visitor.staff(workshop_id) as here:
        found = reader.read(here.session, here.workshop, here.viewer, house().clock(), here.look)
        led = tour.of(here)
        return show("printed/report.html", styles=("door", "votes", "items", "report", "opinions", *tour.styles(led)),
                    tour=led, workshop=here.workshop,
                    delegations=here.delegations, report=found, formats=FORMATS, about=votes.about, attended=votes.attended,
                    cells=votes.cells, headings=votes.headings, tables=votes.tables)


@pages.get("/w/<workshop_id>/report.<form>")
@for_programs
def download(workshop_id: str, form: str) -> ResponseReturnValue:
    """Serves the memoria as a file."""
    if form not in FORMATS:
        raise Refusal("not_here")
    with visitor.staff(workshop_id, leads=form == "json") as here:
        viewer, title, who = here.viewer, here.workshop.title, here.me
    with suppress(RetryLater):
        house().performer.days.write()  # who was heard until now is in it
    response = make_response(worker.elsewhere(house().config.database_url, viewer, form, language(), house().config.data))
    h = house()
    with h.store.write() as session:
        record.keep(session, h.clock(), workshop_id, who.device.account_id, "report.download", None, who.program, form=form)
    response.headers["Content-Type"] = FORMATS[form]
    response.headers["Content-Disposition"] = disposition(f"{title}.{form}")
    return response


@tells("report.download", team="role")
def _downloaded(act: Act) -> Sentence:
    return Sentence(team=_("downloaded the report as {form}.", form=str(act.after.get("form", "")).upper()))


def disposition(name: str) -> str:
    """Builds the header that names a download: plain letters for old programs, the whole name for the others."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem, dot, form = plain.rpartition(".")
    plain = "".join([re.sub(r"[^\w.-]+", "-", stem).strip("-.") or "memoria", dot, form])
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
