"""Errors of the engine as one line on the terminal."""

from collections.abc import Iterator
from contextlib import contextmanager

import click


@contextmanager
def errors_in_one_line() -> Iterator[None]:
    """Turn errors of the engine into `ClickException`."""
    from app.tts.errors import SpeechError, UnknownVoice

    try:
        yield
    except UnknownVoice as error:
        command = click.get_current_context().find_root().info_name
        raise click.ClickException(f"{error} See them all with: {command} voices") from error
    except SpeechError as error:
        raise click.ClickException(str(error)) from error
