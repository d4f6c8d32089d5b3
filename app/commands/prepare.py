"""`kokoro-openai-server prepare`: do the work of the first start ahead of time."""

from typing import TYPE_CHECKING

import click

from app.commands.progress import run_with_progress
from app.commands.subcommand import Subcommand
from app.server import stop_signals
from app.settings import Settings

if TYPE_CHECKING:
    from app.loading.model_files import ProgressBar
    from app.tts.model.assets import ModelFile
    from app.tts.prepare.process import PreparingProcess


@click.command(cls=Subcommand)
@click.option("--end-with", type=int, hidden=True, help="A pipe whose end ends this command too.")
@click.option(
    "--portable",
    is_flag=True,
    help="For an image or a folder that other machines use: also for older processors of the same "
    "kind, 170 MB each.",
)
@click.pass_obj
def prepare(settings: Settings, /, end_with: int | None, portable: bool) -> None:
    """Do ahead of time what the first start does: find or download the model and prepare it."""

    def find_and_prepare(progress_bar: "ProgressBar", preparing: "PreparingProcess") -> "ModelFile":
        from app.loading.model_files import get_model, get_prepared
        from app.loading.vocoder_files import build_portable_vocoder_files, get_vocoder_files

        model = get_model(settings, progress_bar)
        prepared = get_prepared(model, settings, progress_bar, preparing)
        if get_vocoder_files(prepared, settings, progress_bar) and prepared and portable:
            build_portable_vocoder_files(prepared, progress_bar)
        return model

    if end_with is not None:
        stop_signals.stop_when_closed(end_with)
    click.echo(f"The model is in place: {run_with_progress(find_and_prepare).origin}.", err=True)
