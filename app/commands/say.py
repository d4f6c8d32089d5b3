"""`kokoro-openai-server say`: speak a text into a file, without a server."""

import math
import sys
from typing import TYPE_CHECKING

import click

from app.commands.progress import progress_line, run_with_progress
from app.commands.speech_file import SUFFIXES, format_name, require_writable, write_whole
from app.commands.subcommand import Subcommand
from app.settings import EXTRA_FORMATS, Settings
from app.tts.types import MAX_SPEED, MIN_SPEED, SynthesisOptions

if TYPE_CHECKING:
    from app.loading.model_files import ProgressBar
    from app.tts.audio.formats import EncodedChunk
    from app.tts.prepare.process import PreparingProcess


@click.command(cls=Subcommand)
@click.argument("text")
@click.option(
    "-o",
    "--output",
    default="speech.wav",
    show_default=True,
    help=f"File to write, in the format that its name ends in: {', '.join(SUFFIXES)}, or WAV "
    "without any of these; - for WAV on standard output.",
)
@click.option(
    "--voice",
    default="af_heart",
    show_default=True,
    help="Voice id, OpenAI's name, or a mix such as 'af_bella(2)+af_sky'.",
)
@click.option("--language", help="Language of TEXT, such as en-GB.  [default: the voice's]")
@click.option(
    "--speed", type=click.FloatRange(MIN_SPEED, MAX_SPEED), default=1.0, show_default=True
)
@click.pass_obj
def say(
    settings: Settings,
    /,
    text: str,
    output: str,
    voice: str,
    language: str | None,
    speed: float,
) -> None:
    """Speak TEXT into a file; - reads it from standard input."""
    if text == "-":
        text = sys.stdin.read()
    if not math.isfinite(speed):
        raise click.UsageError(f"The speed must be a number from {MIN_SPEED} to {MAX_SPEED}.")
    if not text.strip():
        raise click.UsageError("There is nothing to say: TEXT is empty.")
    # Everything that can be refused is refused before the model is loaded.
    name = format_name(output)
    require_writable(output)
    options = SynthesisOptions(voice, speed, language)

    def speak(progress_bar: "ProgressBar", preparing: "PreparingProcess") -> "list[EncodedChunk]":
        return _speak(settings, text, options, name, progress_bar, preparing)

    chunks = run_with_progress(speak)
    from app.tts.audio.formats import join_chunks

    write_whole(output, join_chunks(chunks))
    click.echo(f"Spoke {sum(chunk.seconds for chunk in chunks):.1f} s into {output}.", err=True)


def _speak(
    settings: Settings,
    text: str,
    options: SynthesisOptions,
    output_format: str,
    progress_bar: "ProgressBar",
    preparing: "PreparingProcess",
) -> "list[EncodedChunk]":
    """Return the speech, encoded; raises `SpeechError` before loading the model where it can."""
    # Imported here, so that serving, help and errors in settings do not wait for the engine.
    from app.tts.audio.codecs import load_formats
    from app.tts.audio.formats import encoded
    from app.tts.languages import find_language
    from app.tts.voices import VoiceCatalogue

    audio_format = load_formats({output_format} & set(EXTRA_FORMATS))[output_format]
    catalogue = VoiceCatalogue.load(settings.voices_dir)
    catalogue.require_sound()
    catalogue.find(options.voice)
    if options.language:
        find_language(options.language)
    from app.loading.engine import load_engine

    engine = load_engine(settings, progress_bar, catalogue=catalogue, preparing=preparing)
    engine.front_end.lexicon.require_sound()
    chunks: list[EncodedChunk] = []
    seconds = 0.0
    with progress_line() as show:
        for chunk in encoded(engine.synthesize(text, options), audio_format.new_encoder()):
            chunks.append(chunk)
            seconds += chunk.seconds
            show(f"Spoke {seconds:.1f} s")
    return chunks
