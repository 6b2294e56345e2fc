"""The command `workshop`; each file of this folder brings some of its commands."""
import click


@click.group()
def main():
    """Tinkuy: rooms, boards, votes and the written report of a workshop."""


from workshop.cli import replaying, serving  # noqa: E402, F401  (they add their commands to `main`)
