"""`kokoro-openai-server serve`: run the server; also the default command."""

import os
import sys
from pathlib import Path

import click

from app.commands.setting_flags import set_environment, setting_flags
from app.commands.subcommand import Subcommand
from app.settings import Settings


@click.command(cls=Subcommand)
@setting_flags
def serve(**flags: str | bool | None) -> None:
    """Serve, as without a command; the options may stand before or after it."""
    set_environment(flags)
    settings = Settings.load()
    settings.require_files()
    run_server(settings)


def run_server(settings: Settings) -> None:
    """Replace this process by gunicorn, which reads the settings from the environment."""
    os.environ.update(settings.absolute_paths())
    # Python looks for modules where it is started: a stranger's app.py must not come before ours.
    os.chdir(Path(__file__).parents[2])
    command = ["-m", "gunicorn", "-c", "python:app.server.config", "app:create_app()"]
    # A new program in this process: gevent must patch before anything is imported.
    os.execv(sys.executable, [sys.executable, *command])
