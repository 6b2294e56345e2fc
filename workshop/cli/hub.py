"""Defines the command hub, which serves a hall without internet: one laptop, one router, plain http; the phones find their
way by two pictures."""
from pathlib import Path

import click
import segno
from markupsafe import escape
from segno.helpers import make_wifi
from sqlalchemy import select

from workshop.cli import Ended, main, opened, sentences
from workshop.cli.network import addresses
from workshop.cli.settings import (
    EVERYWHERE,
    LOCAL,
    become_server,
    data_option,
    free_port,
    given,
    language_option,
    password_option,
    port_option,
    use,
)
from workshop.config import Config
from workshop.domain.ids import spell
from workshop.ports import url
from workshop.store.models import Workshop
from workshop.words import _, speak

SHEET = "hub.html"
PAGE = """<!doctype html><html lang="{language}"><meta charset="utf-8"><title>{title}</title>
<style>body{{font:18px system-ui,sans-serif;margin:2rem auto;max-width:60rem;color:#1d1d1f}}
main{{display:flex;gap:3rem;flex-wrap:wrap}}section{{flex:1 1 20rem;break-inside:avoid}}
svg{{width:18rem;height:18rem}}b{{font-size:1.4rem;overflow-wrap:anywhere}}</style>
<h1>{title}</h1><main>{steps}</main><p>{help}</p></html>
"""


@main.command()
@data_option()
@port_option()
@click.option("--wifi", help="Name of the hall's wireless network, for its QR.")
@password_option("Its password; none: an open network.")
@click.option("--address", help="The address that phones shall use, where this machine has several.")
@language_option()
def hub(data: str, port: int, wifi: str | None, password: str | None, address: str | None, language: str) -> None:
    """Serve a hall without internet: print the ways in, write a sheet with the QR codes, and serve on plain http."""
    speak(language)
    with sentences():
        host = given("host") or EVERYWHERE
        port = free_port(host, port)
        urls = reached(host, port, address)
        config = use(host=host, port=port, base_url=urls[0], secure=given("secure") or "0",
                     origins=",".join(dict.fromkeys([*urls, *(given("origins") or "").split(",")])).strip(","))
        for said in unreachable(config):
            click.echo(said, err=True)
        with opened() as store, store.read() as session:
            meeting = session.scalar(select(Workshop).where(Workshop.closed_at.is_(None)).order_by(
                Workshop.created_at.desc()))
        sheet = Path(data) / SHEET
        sheet.write_text(page(urls[0], meeting, wifi, password or "", language), encoding="utf-8")
        sheet.chmod(0o600)  # it shows the network's password
    click.echo(ways_in(urls, meeting, sheet))
    become_server()


def reached(host: str, port: int, address: str | None) -> list[str]:
    """Lists the addresses by which phones come: the one that was said, that of WORKSHOP_BASE_URL, those of this machine."""
    found = ([address] if address else []) + (addresses() if host in (EVERYWHERE, "::") else [host])
    urls = [url(one, port) for one in found]
    if (base := given("base_url")) is not None:
        urls.insert(1 if address else 0, base.rstrip("/"))
    if not urls:
        raise Ended(_("This machine is in no network. Connect it to the hall's router, then start again."))
    return list(dict.fromkeys(urls))


def unreachable(config: Config) -> list[str]:
    """Words what of the settings keeps phones out, in sentences."""
    found = []
    if config.host.startswith(LOCAL):
        found.append(_("WORKSHOP_HOST is {host}: only this machine can get in.", host=config.host))
    if config.secure and not config.base_url.startswith("https://"):
        found.append(_("WORKSHOP_SECURE is on, but the hub speaks plain http: nobody can stay signed in."))
    return found


def ways_in(urls: list[str], meeting: Workshop | None, sheet: Path) -> str:
    """Words what the command prints: addresses, the way in, the sheet, what to try first."""
    title = meeting.title if meeting else _("No workshop is open yet: sign in and create one.")
    lines = ["", title, "", *urls, ""]
    if meeting:
        lines += [_("Participants") + f": {urls[0]}/j/{meeting.code}   " + _("Code") + f" {spell(meeting.code)}"]
    return "\n  ".join([*lines, _("Sheet to print, with the QR codes") + f": {sheet}", "", isolation(urls[0]), ""])


def isolation(url: str) -> str:
    """Words what to try before people come: many routers keep phones apart."""
    return _("Try it first: open {address} on a phone in the same network. If it does not open, the router keeps devices "
             "apart (\"client isolation\", \"guest network\"): switch that off, or use another router. Phones may warn that "
             "there is no internet: choose to stay connected. Without internet a page that is open goes on; do not reload "
             "it far from the router.", address=f"{url}/healthz")


def page(url: str, meeting: Workshop | None, wifi: str | None, password: str, language: str) -> str:
    """Builds the sheet for the wall, as one file: first into the network, then into the meeting."""
    steps = []
    if wifi:
        code = make_wifi(ssid=wifi, password=password or None, security="WPA" if password else None)
        steps.append((_("1. Join the network"), code, wifi + (f" · {password}" if password else "")))
    join = f"{url}/j/{meeting.code}" if meeting else url
    steps.append((_("2. Open the meeting") if wifi else _("Open the meeting"), segno.make(join, error="m"), join))
    shown = "".join(f"<section><h2>{escape(step)}</h2>{code.svg_inline(omitsize=True)}<p><b>{escape(text)}</b></p></section>"
                    for step, code, text in steps)
    title = meeting.title if meeting else "Tinkuy"
    return PAGE.format(language=language, title=escape(title), steps=shown, help=escape(isolation(url)))
