"""`kokoro-openai-server voices`: list the voices."""

import click

from app.commands.speech_errors import errors_in_one_line
from app.commands.subcommand import Subcommand
from app.settings import Settings


@click.command(cls=Subcommand)
@click.pass_obj
def voices(settings: Settings, /) -> None:
    """List the voices: id, language, gender, other names."""
    from app.tts.voices import VoiceCatalogue

    with errors_in_one_line():
        catalogue = VoiceCatalogue.load(settings.voices_dir)
        catalogue.require_sound()
    for voice in catalogue:
        aliases = ", ".join(voice.aliases)
        gender = voice.gender or ""
        click.echo(f"{voice.id:15} {voice.language.name:22}{gender:8}{aliases}".rstrip())
