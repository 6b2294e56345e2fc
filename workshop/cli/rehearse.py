"""Defines the command rehearse."""
import asyncio
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from workshop.cli import main
from workshop.config import Config, ConfigError, from_environment
from workshop.domain.shapes import Json

if TYPE_CHECKING:
    from workshop.replay.rehearsal import Rehearsal


@main.command()
@click.option("--seats", type=click.IntRange(2, 400), default=30, show_default=True, help="How many people take part.")
@click.option("--rooms", type=click.IntRange(1, 40), default=3, show_default=True)
@click.option("--minutes", type=click.FloatRange(0.05, 30), default=1, show_default=True)
@click.option("--method", default="", help="A method of the library that every room follows.")
@click.option("--desk/--no-desk", default=True, help="Whether a desk looks on; without one its cost can be compared.")
@click.option("--against", metavar="URL", help="A running server on the data of our WORKSHOP_* settings, instead of one "
              "of our own; the rehearsal's workshop is taken away again.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), help="Where to write all figures.")
def rehearse(seats: int, rooms: int, minutes: float, method: str, desk: bool, against: str | None, report: Path | None
             ) -> None:
    """Play a workshop with simulated people, on a server of its own on this machine, and say what each of them saw."""
    from workshop.replay import rehearsal, stage
    from workshop.replay.figures import cpu_seconds
    from workshop.replay.process import OwnServer

    def found(config: Config) -> rehearsal.Hall:
        try:
            return rehearsal.found(config, rooms, method)
        except KeyError:
            raise click.UsageError(f"the library has no method {method!r}") from None

    if against:
        try:
            config = from_environment()
        except ConfigError as error:
            raise click.ClickException(str(error)) from None
        hall = found(config)
        try:
            figures = _play(rehearsal.Rehearsal(against, hall, seats, 60 * minutes, desk))
        finally:
            stage.clear(config, hall.workshop)
    else:
        with tempfile.TemporaryDirectory() as data:
            hall = found(Config(data=data))
            with OwnServer(Path(data)) as server:
                before = cpu_seconds(server.process.pid)
                figures = _play(rehearsal.Rehearsal(server.url, hall, seats, 60 * minutes, desk))
                figures["server_cpu_seconds"] = round(cpu_seconds(server.process.pid) - before, 2)
    if report:
        report.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for line in _lines(figures):
        click.echo(line)
    if figures["people"]["lost"] or figures["acts"]["missed"] or (desk and figures["desk"]["lost"]):
        raise SystemExit(1)


def _play(played: "Rehearsal") -> Json:
    from workshop.replay.client.device import Refused
    try:
        return asyncio.run(played.run())
    except* (Refused, OSError) as errors:
        raise click.ClickException(f"the rehearsal broke off: {errors.exceptions[0]!r}") from None


def _lines(figures: Json) -> list[str]:
    """Says the figures, a line for each role."""
    said = []
    for name, key in (("own devices", "people"), ("shared devices", "shared"), ("desk", "desk")):
        if role := figures[key]:
            delays = role["delays"]
            late = "no delays" if not delays["n"] else (
                f"delays ms p50 {delays['p50']}, p95 {delays['p95']}, most {delays['max']}")
            said.append(f"{name}: {role['devices']} with {role['seats']} seats; {role['deliveries']} deliveries; {late}; "
                        f"came again {role['came again']}, asked for more {role['asks']}")
    if figures["desk"]:
        said.append(f"the desk showed {figures['desk']['rooms']} of {figures['rooms']} rooms, {figures['desk']['ideas']} of "
                    f"{figures['ideas']} ideas")
    acts = figures["acts"]
    return [*said, f"acts on all rooms: {acts['n']}; 95 of 100 devices after {acts['p95']} ms at most, the last after "
                   f"{acts['last']} ms; not reached {acts['missed']}",
            f"ideas {figures['ideas']}, lost {figures['people']['lost']}, in private beside them {figures['private']}; "
            f"answers {figures['answers']}; " + (f"server CPU {figures['server_cpu_seconds']} s "
                                                 if "server_cpu_seconds" in figures else "") + f"in {figures['seconds']} s"]
