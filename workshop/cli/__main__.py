"""Runs `python -m workshop.cli`, where the command is not installed."""
from workshop.cli import main

main()
