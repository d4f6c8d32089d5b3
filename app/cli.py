"""The command `kokoro-openai-server`: its settings as options, and its subcommands."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from app.commands.check import check, print_result
from app.commands.download import download
from app.commands.health import health
from app.commands.prepare import prepare
from app.commands.say import say
from app.commands.serve import serve
from app.commands.setting_flags import set_environment, setting_flags
from app.commands.voices import voices
from app.settings import SettingError, Settings
from app.version import __version__


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@setting_flags
@click.version_option(__version__)
@click.pass_context
def main(context: click.Context, /, **flags: str | bool | None) -> None:
    """Serve text-to-speech through OpenAI's API, with the model Kokoro-82M.

    Every option is also an environment variable, named in brackets; the option wins.
    """
    command = context.invoked_subcommand
    with _status_of_probes(command):
        set_environment(flags)
        if command is None:
            context.invoke(serve)
        elif command != serve.name:  # `serve` may have options of its own, still to be read
            context.obj = Settings.load()
    # `check` reports missing files itself; `health` asks a server that may run without them.
    if command not in (None, serve.name, check.name, health.name):
        context.obj.require_files()


for _command in (serve, say, voices, download, prepare, check, health):
    main.add_command(_command)


@contextmanager
def _status_of_probes(subcommand: str | None) -> Iterator[None]:
    """End `check` and `health` with status 1 for a bad setting, as for everything else wrong.

    Docker's HEALTHCHECK knows no other status than 0 and 1.
    """
    try:
        yield
    except SettingError as error:
        if subcommand == check.name:
            print_result("failed", "settings", error.message)
            sys.exit(1)
        if subcommand == health.name:
            raise click.ClickException(error.message) from error
        raise
