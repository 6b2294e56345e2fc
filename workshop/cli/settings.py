"""Reads the settings of the commands: what is said on the command line wins over the WORKSHOP_* environment, and that over a
command's own default. Every command takes its options from here, so none can forget the environment."""
import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from workshop import ports
from workshop.cli import Ended
from workshop.config import ENV, Config, from_environment
from workshop.words import LANGUAGES, _

EVERYWHERE = "0.0.0.0"  # noqa: S104  (where other devices are to come in)
F = TypeVar("F", bound=Callable[..., None])  # a command
LOCAL = ("127.", "localhost", "::1")


def data_option(default: str = "data") -> Callable[[F], F]:
    """`--data`: the data folder."""
    return click.option("--data", type=click.Path(file_okay=False), envvar=ENV["data"], default=default, show_default=True,
                        show_envvar=True, help="The data folder.", callback=_keep("data"))


def port_option() -> Callable[[F], F]:
    """`--port`: where to listen."""
    return click.option("--port", type=click.IntRange(1, 65_535), envvar=ENV["port"], default=Config.port, show_default=True,
                        show_envvar=True, help="The port to listen at.")


def language_option() -> Callable[[F], F]:
    """`--language`: of what the command writes and says."""
    return click.option("--language", type=click.Choice(sorted(LANGUAGES)), envvar=ENV["language"], default=Config.language,
                        show_default=True, show_envvar=True)


def password_option(help_: str) -> Callable[[F], F]:
    """`--password`: alone it is asked for, since what stands on a command line is seen by everybody on the machine."""
    return click.option("--password", prompt=True, prompt_required=False, hide_input=True, default=None,
                        help=help_ + " Without a word behind it, it is asked for.")


def _keep(name: str) -> Callable[[click.Context, click.Parameter, str], str]:
    def keep(_context: click.Context, _option: click.Parameter, value: str) -> str:
        os.environ[ENV[name]] = str(value)  # read by everything that follows, and by the server
        return value
    return keep


def use(**settings: object) -> Config:
    """Returns the settings, with these in place of what the environment says. Raises ConfigError."""
    os.environ |= {ENV[name]: str(value) for name, value in settings.items()}
    return from_environment()


def given(name: str) -> str | None:
    """Returns what the environment says about a setting; None where it says nothing."""
    return os.environ.get(ENV[name]) or None


def free_port(host: str, port: int) -> int:
    """Returns the port, if it can be had; else the next free one, if the person at the keyboard says so. Nothing else is
    done before. Raises ConfigError."""
    try:
        ports.claim(host, port).close()
    except ports.Taken as taken:
        said = _("Port {port} is taken by another program.", port=port)
        if taken.free is None:
            raise Ended(said) from None
        if not (sys.stdin.isatty() and sys.stdout.isatty()):
            again = again_with(sys.argv, taken.free)
            raise Ended(said + " " + _("Port {port} is free: {command}", port=taken.free, command=again)) \
                from None
        if not click.confirm(said + " " + _("Use port {port} instead?", port=taken.free), default=True):
            raise click.Abort from None
        return taken.free
    return port


def again_with(argv: list[str], port: int) -> str:
    """Builds the command line with another port, as one would type it."""
    kept, skip = [], False
    for word in argv[1:]:
        if not skip and word != "--port" and not word.startswith("--port="):
            kept.append(word)
        skip = not skip and word == "--port"
    program = ["python", "-m", "workshop.cli"] if Path(argv[0]).name == "__main__.py" else [Path(argv[0]).name]
    return shlex.join([*program, *kept, "--port", str(port)])


def become_server() -> None:
    """Replaces this program by the server, with the settings of the environment: the async mode has to be settled before
    anything else is imported."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "workshop.server"])  # noqa: S606
