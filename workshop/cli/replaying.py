"""replay."""
import asyncio
import json
import tempfile
from pathlib import Path

import click

from workshop.cli import main


class Speed(click.ParamType):
    """A factor above 0, or `max` (None)."""

    name = "X|max"

    def convert(self, value, param, ctx):
        if value is None or isinstance(value, float) or value == "max":
            return None if value == "max" else value
        try:
            speed = float(value)
        except ValueError:
            speed = 0.0
        if not 0 < speed < float("inf"):
            self.fail(f"{value!r} is neither a number above 0 nor 'max'", param, ctx)
        return speed


@main.group()
def replay():
    """Feed a recorded conversation to a server, through one simulated device per person."""


@replay.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--speed", type=Speed(), default="1", show_default=True, help="How many times as fast; max: without waiting.")
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write the figures.")
@click.option("--people", type=click.IntRange(min=1), help="Only the first N people, on the ideas of all.")
@click.option("--url", help="A running server on the data of our WORKSHOP_* settings; default: one of our own.")
@click.option("--through", multiple=True, help="A relay to that server; every third person comes by one of them.")
def polis(folder: Path, speed: float | None, report: Path, people: int | None, url: str | None, through: tuple[str, ...]):
    """Play a Polis export (comments.csv, votes.csv) at its own pace."""
    from workshop.config import Config, ConfigError, from_environment
    from workshop.replay.figures import cpu_seconds
    from workshop.replay.process import OwnServer
    from workshop.replay.recording import Recording, Unreadable
    from workshop.replay.stage import found

    try:
        recording = Recording.read(folder)
        recording = recording.only(people) if people else recording
        if url:
            figures = asyncio.run(_play(url, found(from_environment(), recording), recording, speed, through))
        else:
            with tempfile.TemporaryDirectory() as data:
                stage = found(Config(data=data), recording)
                with OwnServer(Path(data)) as server:
                    before = cpu_seconds(server.process.pid)
                    figures = asyncio.run(_play(server.url, stage, recording, speed, through))
                    figures["server_cpu_seconds"] = round(cpu_seconds(server.process.pid) - before, 2)
    except (Unreadable, ConfigError) as error:
        raise click.ClickException(str(error)) from None
    report.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    equal = "equal" if figures["equal_screens"] else "NOT equal"
    click.echo("{people} people, {ideas} ideas, {votes_sent} votes in {seconds} s; {refused} refused".format_map(figures)
               + f"; screens {equal}: {report}")
    if not figures["equal_screens"]:
        raise SystemExit(1)


async def _play(url: str, stage, recording, speed: float | None, through: tuple[str, ...]) -> dict:
    from workshop.replay.device import Refused
    from workshop.replay.play import Play
    try:
        return await Play(url, stage, recording, speed, through).run()
    except* (Refused, OSError) as errors:
        first = errors.exceptions[0]
        raise click.ClickException(f"the server at {url} does not take part: {first!r}") from None
