"""The command `kokoro-openai-server`: serves by default; speaks, lists voices and downloads."""

import math
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from app.commands.check import check, print_result
from app.commands.health import health
from app.commands.speech_file import SUFFIXES, format_name, require_writable, write_whole
from app.commands.subcommand import Subcommand
from app.server import stop_signals
from app.settings import EXTRA_FORMATS, SettingError, Settings, env_name, flag_name, help_text
from app.tts.types import MAX_SPEED, MIN_SPEED
from app.version import __version__

if TYPE_CHECKING:
    from app.loading.model_files import ProgressBar
    from app.tts.model.assets import ModelFile
    from app.tts.prepare.process import PreparingProcess

T = TypeVar("T")


def _setting_flags(command: Callable[..., Any]) -> Callable[..., Any]:
    for setting in reversed(fields(Settings)):
        flag = flag_name(setting)
        if setting.default is False:  # to name a switch that is off turns it on
            flag = f"{flag}/--no-{flag.removeprefix('--')}"
        option = click.option(flag, setting.name, default=None, help=help_text(setting))
        command = option(command)
    return command


class _Group(click.Group):
    command_class = Subcommand


@click.group(
    cls=_Group,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@_setting_flags
@click.version_option(__version__)
@click.pass_context
def main(context: click.Context, /, **flags: str | bool | None) -> None:
    """Serve text-to-speech through OpenAI's API, with the model Kokoro-82M.

    Every option is also an environment variable, named in brackets; the option wins.
    """
    with _status_of_probes(context.invoked_subcommand):
        _set_environment(flags)
        if context.invoked_subcommand == serve.name:
            return  # it may have options of its own that are still to be read
        context.obj = Settings.load()
    # `check` tells what is missing itself, and a running server goes on without what has vanished.
    if context.invoked_subcommand not in (check.name, health.name):
        context.obj.require_files()
    if context.invoked_subcommand is None:
        _serve(context.obj)


@contextmanager
def _status_of_probes(subcommand: str | None) -> Iterator[None]:
    """End `check` and `health` with status 1 for a bad setting, as for all else that is wrong.

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


@main.command()
@_setting_flags
def serve(**flags: str | bool | None) -> None:
    """Serve, as without a command; the options may stand before or after it."""
    _set_environment(flags)
    settings = Settings.load()
    settings.require_files()
    _serve(settings)


def _set_environment(flags: dict[str, str | bool | None]) -> None:
    for setting in fields(Settings):
        value = flags[setting.name]
        if value == "":  # as an unset shell variable leaves it; an empty --api-key opens no server
            raise SettingError(f"{flag_name(setting)} is empty.")
        if isinstance(value, bool):
            value = "on" if value else "off"
        if value is not None:
            os.environ[env_name(setting)] = value


main.add_command(check)
main.add_command(health)


def _serve(settings: Settings) -> None:
    os.environ.update(settings.absolute_paths())
    # Python looks for modules where it is started: a stranger's app.py must not come before ours.
    os.chdir(Path(__file__).parent.parent)
    command = ["-m", "gunicorn", "-c", "python:app.server.config", "app:create_app()"]
    # A process of its own in place of this one: gevent must patch before anything is imported.
    os.execv(sys.executable, [sys.executable, *command])


@main.command()
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
@click.pass_context
def say(
    context: click.Context,
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
    # All that can be refused is, before the model is loaded.
    name = format_name(output)
    require_writable(output)
    # Here, so that serving, help and errors in settings do not wait for the engine's imports.
    from app.tts.audio.codecs import load_formats
    from app.tts.audio.formats import encoded, joined
    from app.tts.languages import find_language
    from app.tts.types import SynthesisOptions
    from app.tts.voices import VoiceCatalogue

    chunks, seconds = [], 0.0

    def speak(progress_bar: "ProgressBar", preparing: "PreparingProcess") -> None:
        nonlocal seconds
        audio_format = load_formats({name} & set(EXTRA_FORMATS))[name]
        catalogue = VoiceCatalogue.load(context.obj.voices_dir)
        catalogue.require_sound()
        catalogue.find(voice)
        if language:
            find_language(language)
        from app.loading.engine import load_engine

        engine = load_engine(context.obj, progress_bar, catalogue=catalogue, preparing=preparing)
        engine.front_end.lexicon.require_sound()
        speech = engine.synthesize(text, SynthesisOptions(voice, speed, language))
        with _progress_line() as tell:
            for chunk in encoded(speech, audio_format.new_encoder()):
                chunks.append(chunk)
                seconds += chunk.seconds
                tell(f"Spoke {seconds:.1f} s")

    _run(speak)
    write_whole(output, joined(chunks))
    click.echo(f"Spoke {seconds:.1f} s into {output}.", err=True)


@main.command()
@click.pass_context
def voices(context: click.Context, /) -> None:
    """List the voices: id, language, gender, other names."""
    from app.tts.voices import VoiceCatalogue

    with _errors_in_one_line():
        catalogue = VoiceCatalogue.load(context.obj.voices_dir)
        catalogue.require_sound()
    for voice in catalogue:
        aliases = ", ".join(voice.aliases)
        gender = voice.gender or ""
        click.echo(f"{voice.id:15} {voice.language.name:22}{gender:8}{aliases}".rstrip())


@main.command()
@click.pass_context
def download(context: click.Context, /) -> None:
    """Download the full-precision model (325 MB) into the cache and prepare it (as much again)."""

    def download_and_prepare(
        progress_bar: "ProgressBar", preparing: "PreparingProcess"
    ) -> "ModelFile":
        from app.loading.model_files import get_native, get_prepared
        from app.tts.model.assets import cache_folder, download_model

        model = download_model(cache_folder(), progress_bar("Downloading the model"))
        prepared = get_prepared(model, context.obj, progress_bar, preparing)
        get_native(prepared, context.obj, progress_bar)
        return model

    click.echo(f"Downloaded: {_run(download_and_prepare).origin}.")


@main.command()
@click.option("--end-with", type=int, hidden=True, help="A pipe, with whose end this ends as well.")
@click.option(
    "--portable",
    is_flag=True,
    help="For an image or a folder that other machines use: also for older processors of the same "
    "kind, 170 MB each.",
)
@click.pass_context
def prepare(context: click.Context, /, end_with: int | None, portable: bool) -> None:
    """Do ahead of time what the first start does: find or download the model and prepare it."""

    def find_and_prepare(progress_bar: "ProgressBar", preparing: "PreparingProcess") -> "ModelFile":
        from app.loading.model_files import get_model, get_native, get_prepared, make_portable

        model = get_model(context.obj, progress_bar)
        prepared = get_prepared(model, context.obj, progress_bar, preparing)
        if get_native(prepared, context.obj, progress_bar) and prepared and portable:
            make_portable(prepared, progress_bar)
        return model

    if end_with is not None:
        stop_signals.end_with(end_with)
    click.echo(f"The model is in place: {_run(find_and_prepare).origin}.", err=True)


def _run(work: "Callable[[ProgressBar, PreparingProcess], T]") -> T:
    """Return what `work` does with progress bars; a signal ends it, and errors have one line."""
    from app.tts.prepare.process import PreparingProcess

    preparing = PreparingProcess()

    def run() -> T:
        with _progress_bars() as progress_bar:
            return work(progress_bar, preparing)

    with _errors_in_one_line():
        return stop_signals.run_until_stopped(run, preparing.stop)


@contextmanager
def _errors_in_one_line() -> Iterator[None]:
    from app.tts.errors import SpeechError, UnknownVoice

    try:
        yield
    except UnknownVoice as error:
        command = click.get_current_context().find_root().info_name
        raise click.ClickException(f"{error} See them all with: {command} voices") from error
    except SpeechError as error:
        raise click.ClickException(str(error)) from error


@contextmanager
def _progress_bars() -> Iterator[Callable[[str], Callable[[int, int], None]]]:
    """Give what draws a progress bar of a name, from the first progress on."""
    with ExitStack() as stack:

        def progress_bar(label: str) -> Callable[[int, int], None]:
            bars: list[Any] = []

            def progress(done: int, total: int) -> None:
                if not bars:
                    bar = click.progressbar(length=total, label=label, file=sys.stderr)
                    bars.append(stack.enter_context(bar))
                bars[0].update(done - bars[0].pos)

            return progress

        yield progress_bar


@contextmanager
def _progress_line() -> Iterator[Callable[[str], None]]:
    """Give what shows a line in place of the one before, if there is a terminal to show it on."""
    if not sys.stderr.isatty():
        yield lambda line: None
        return
    try:
        yield lambda line: click.echo(f"\r{line}", nl=False, err=True)
    finally:
        click.echo("\r\x1b[K", nl=False, err=True)
