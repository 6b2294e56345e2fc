"""Defines the commands demo, open."""
import secrets
from datetime import UTC, datetime
from pathlib import Path

import click

from workshop import hashing
from workshop.actions.performer import Performer
from workshop.actions.rooms import workshops
from workshop.actions.rooms.building import build_room
from workshop.cli import main, opened, sentences
from workshop.cli.accounts import account_of, owned_by
from workshop.cli.network import addresses
from workshop.cli.settings import (
    EVERYWHERE,
    become_server,
    data_option,
    free_port,
    given,
    language_option,
    port_option,
    use,
)
from workshop.config import Config
from workshop.demo.build import STAFF, build, find, revive
from workshop.domain.ids import spell
from workshop.ports import url
from workshop.store.models import Workshop
from workshop.store.session import Store
from workshop.words import _, speak

NOTE = "demo-password"  # kept beside the data: the demo's logins can be printed again


def now() -> datetime:
    """Returns the time of the commands' clock."""
    return datetime.now(UTC)


@main.command()
@data_option("demo-data")
@port_option()
@click.option("--lan", is_flag=True, help="Let other devices of the network in, not only this one.")
@language_option()
def demo(data: str, port: int, lan: bool, language: str) -> None:
    """Build the founding meeting with sample content (once), let it go on now, print the ways in, and serve it."""
    speak(language)
    with sentences():
        host = EVERYWHERE if lan else given("host") or Config.host
        port = free_port(host, port)
        config = use(host=host, port=port)
        with opened() as store:
            password, workshop = prepare(store, Path(data))
    seen = (addresses() or ["127.0.0.1"])[0] if host in (EVERYWHERE, "::") else host
    click.echo(ways_in(config.base_url.rstrip("/") or url(seen, port), workshop, password))
    become_server()


def prepare(store: Store, folder: Path) -> tuple[str, Workshop]:
    """Returns the demo's password and workshop; built where it is not there yet, and going on now in any case."""
    note, performer = folder / NOTE, Performer(store, now)
    with store.read() as session:
        workshop = find(session)
    if workshop is None:
        password = f"tinkuy-{secrets.token_hex(4)}"
        folder.mkdir(parents=True, exist_ok=True)
        note.write_text(password)
        note.chmod(0o600)
        build(store, performer, now, hashing.make(password))
        with store.read() as session:
            workshop = find(session)
    assert workshop  # it has just been built
    revive(store, performer, now, workshop.id)
    return note.read_text(), workshop


def ways_in(address: str, workshop: Workshop, password: str) -> str:
    """Words what the demo prints: addresses, codes, logins."""
    roles = {"owner": _("Owner"), "facilitator": _("Facilitator"), "rapporteur": _("Rapporteur of room {n}"),
             "observer": _("Observer")}
    ways = ((_("Participants"), f"{address}/j/{workshop.code}   {_('Code')} {spell(workshop.code)}"),
            (_("Projector page"), f"{address}/s/{workshop.screen_key}"), (_("Sign in"), f"{address}/login"),
            (_("Password"), password))
    lines = ["", f"  {workshop.title}", "", *(f"  {name + ':':<26}{way}" for name, way in ways)]
    for email, name, role in STAFF:
        key, _space, number = role.partition(" ")
        lines.append(f"    {email:<22}{name:<16}{roles[key].format(n=number)}")
    said = (_("Sign in as Elena: her desk leads you through it in five steps."),
            _("The meeting goes on now. When the time of a room is over, it gets ten minutes more."),
            _("Stop with Ctrl+C."))
    return "\n".join([*lines, "", *(f"  {line}" for line in said), ""])


@main.command("open")
@click.argument("title")
@click.option("--owner", required=True, help="E-mail of an account.")
@click.option("--delegation", multiple=True)
@click.option("--axis", multiple=True, help="Each axis gets an open room; without any there is one room.")
@click.option("--zone", multiple=True, default=("America/Lima",), show_default=True)
@click.option("--privacy", type=click.Choice(workshops.PRIVACY), default="named", show_default=True)
def open_(title: str, owner: str, delegation: tuple[str, ...], axis: tuple[str, ...], zone: tuple[str, ...],
          privacy: str) -> None:
    """Open a workshop called TITLE with its rooms, and print its codes."""
    with sentences(), opened(new=False) as store, store.write() as session:
        person = account_of(session, owner)
        workshop = workshops.create_workshop(session, now(), person, title, zones=zone, delegations=delegation, axes=axis,
                                           privacy=privacy)
        for name in axis or (title,):
            build_room(session, workshop, name).opened_at = now()
        click.echo(f"{spell(workshop.code)}  /j/{workshop.code}  /s/{workshop.screen_key}\n{owned_by(person)}")
