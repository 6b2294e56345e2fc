"""Defines the command replay."""
import asyncio
import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from workshop.cli import main
from workshop.cli.settings import F
from workshop.config import Config
from workshop.domain.shapes import Json

if TYPE_CHECKING:
    from workshop.replay.play import Play

Ways = Callable[[str, tuple[str, ...]], "Play"]  # (the server's address, other ways to it) -> what is played
UNHINDERED: dict[str, object] = {"rate": 10_000, "burst": 100_000}  # nobody does in an hour what is fed in a second
LINES_AT_MOST = 20.0  # times as fast as recorded: two minutes with their silences pass in six seconds


class Speed(click.ParamType):  # type: ignore[type-arg]  # older ones of click take none
    """Reads a factor above 0, or `max` (None)."""

    name = "X|max"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float | None:
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
def replay() -> None:
    """Feed a recorded conversation to a server, through one simulated device per person."""


def options(command: F) -> F:
    """Adds the options of every recording: its folder, pace and report, a server other than our own, poor connections to it.
    """
    asked = (
        click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path)),
        click.option("--speed", type=Speed(), default="1", show_default=True,
                     help="How many times as fast; max: without waiting."),
        click.option("--report", type=click.Path(dir_okay=False, path_type=Path), required=True,
                     help="Where to write the figures."),
        click.option("--url", help="A running server on the data of our WORKSHOP_* settings; default: one of our own."),
        click.option("--traces", type=click.Path(exists=True, file_okay=False, path_type=Path),
                     help="A folder of recorded mobile lines; every third person comes by one of them."),
        click.option("--through", multiple=True,
                     help="With --url, a relay of your own to that server; every third person comes by one of them."))
    for option in reversed(asked):
        command = option(command)
    return command


@replay.command()
@options
@click.option("--people", type=click.IntRange(min=1), help="Only the first N people, on the ideas of all.")
@click.option("--twice", is_flag=True, help="Feed all votes once more in the end: it must change nothing.")
def polis(folder: Path, speed: float | None, report: Path, people: int | None, twice: bool, **ways: Any) -> None:
    """Play a Polis export (comments.csv, votes.csv) at its own pace; at full speed, look at the count on the way."""
    from workshop.replay.opinions import Opinions
    from workshop.replay.recording import Recording
    from workshop.replay.stage import found

    def prepare(config: Config) -> Ways:
        recording = Recording.read(folder)
        recording = recording.only(people) if people else recording
        stage = found(config, recording)
        return lambda address, through: Opinions(address, stage, recording, speed, through, twice)
    figures = _figures(prepare, speed, **ways)
    _close(figures, report, "{people} people, {ideas} ideas, {votes_sent} votes in {seconds} s; {refused} refused; totals "
           + ("as recorded" if figures["as_recorded"] else "NOT as recorded")
           + ("; {rows_a_second} rows a second between the checkpoints" if "rows_a_second" in figures else ""),
           figures["equal_screens"] and figures["as_recorded"])


@replay.command()
@options
def chat(folder: Path, speed: float | None, report: Path, **ways: Any) -> None:
    """Play small groups that talk at the same time (messages.csv), each in a room of its own."""
    from workshop.replay.chat import Chat, Talk
    from workshop.replay.stage import found_rooms

    def prepare(config: Config) -> Ways:
        recording = Chat.read(folder)
        code, rooms = found_rooms(config, recording.name, recording.rooms)
        return lambda address, through: Talk(address, code, rooms, recording, speed, through)
    figures = _figures(prepare, speed, **ways)
    own = "each room holds its own" if figures["each_its_own"] else "NOT each room holds its own"
    _close(figures, report, f"{{people}} people, {{messages}} messages in {len(figures['rooms'])} rooms in {{seconds}} s; "
                            f"{{refused}} refused; {own}", figures["equal_screens"] and figures["each_its_own"])


@replay.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--report", type=click.Path(dir_okay=False, path_type=Path), required=True, help="Where to write the result.")
@click.option("--url", help="A running server on the data of our WORKSHOP_* settings; default: one of our own.")
@click.option("--twice", is_flag=True, help="Cast all ballots once more in the end: it must change nothing.")
def pb(file: Path, report: Path, url: str | None, twice: bool) -> None:
    """Make the vote of a .pb file in a room, cast its ballots over HTTP, write what the server has counted."""
    from workshop.config import ConfigError, from_environment
    from workshop.replay.client.device import Refused
    from workshop.replay.pb import PbPlay, found, read
    from workshop.replay.process import OwnServer
    from workshop.replay.rows import Unreadable
    try:
        election, asked = read(file)
        if url:
            figures = asyncio.run(PbPlay(url, found(from_environment(), election, asked), election, asked, twice).run())
        else:
            with tempfile.TemporaryDirectory() as data:
                stage = found(Config(data=data), election, asked)
                with OwnServer(Path(data), **UNHINDERED) as server:
                    figures = asyncio.run(PbPlay(server.url, stage, election, asked, twice).run())
    except (Unreadable, ConfigError) as error:
        raise click.ClickException(str(error)) from None
    except (Refused, OSError, ExceptionGroup) as error:
        first = error.exceptions[0] if isinstance(error, ExceptionGroup) else error
        raise click.ClickException(f"the server does not take part: {first!r}") from None
    report.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    said = "{kind}: {projects} projects, {ballots} ballots of {sent} in {seconds} s; {refused} refused"
    click.echo(said.format_map(figures)
               + (f"; {figures['rows_a_second']} rows a second" if "rows_a_second" in figures else "") + f": {report}")
    if figures["refused"] or figures["ballots"] != figures["sent"]:
        raise SystemExit(1)


def _figures(prepare: Callable[[Config], Ways], speed: float | None, url: str | None, traces: Path | None,
             through: tuple[str, ...]) -> Json:
    """Prepares the store and plays on the server at `url`, or on one of our own."""
    from workshop.config import ConfigError, from_environment
    from workshop.replay.figures import cpu_seconds
    from workshop.replay.process import OwnServer
    from workshop.replay.rows import Unreadable
    if through and not url:
        raise click.UsageError("--through needs --url: what it leads to")
    if traces and url and not url.startswith("http://"):
        raise click.UsageError("--traces needs a server on plain http")
    try:
        if url:
            return asyncio.run(_play(url, prepare(from_environment()), speed, traces, through))
        with tempfile.TemporaryDirectory() as data:
            play = prepare(Config(data=data))
            with OwnServer(Path(data), **(UNHINDERED if speed is None else {})) as server:
                before = cpu_seconds(server.process.pid)
                figures = asyncio.run(_play(server.url, play, speed, traces, (), server.process.pid))
                return figures | {"server_cpu_seconds": round(cpu_seconds(server.process.pid) - before, 2)}
    except (Unreadable, ConfigError) as error:
        raise click.ClickException(str(error)) from None


async def _play(url: str, play: Ways, speed: float | None, traces: Path | None, through: tuple[str, ...],
                server: int | None = None) -> Json:
    """Returns the figures of the play, and what went over the recorded lines, which go as fast as it does, up to a bound.
    `server`: its process, where it is ours."""
    from workshop.replay.client.device import Refused
    from workshop.replay.traces import carried, lines
    try:
        if traces is None:
            played = play(url, through)
            played.server = server
            return await played.run()
        async with lines(url, traces, min(speed or LINES_AT_MOST, LINES_AT_MOST)) as proxies:
            figures = await play(url, (*through, *(proxy.url for proxy in proxies))).run()
            return figures | carried(proxies)
    except* (Refused, OSError) as errors:
        first = errors.exceptions[0]
        raise click.ClickException(f"the server at {url} does not take part: {first!r}") from None


def _close(figures: Json, report: Path, sentence: str, right: bool) -> None:
    """Writes the report, says it in a line; ends with 1 when it is not right."""
    report.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    equal = f"equal after {figures['level_after_seconds']} s" if figures["equal_screens"] else "NOT equal"
    click.echo(sentence.format_map(figures) + f"; screens {equal}: {report}")
    if not right:
        raise SystemExit(1)
