"""`kokoro-openai-server download`: fetch the full-precision model and prepare it."""

from typing import TYPE_CHECKING

import click

from app.commands.progress import run_with_progress
from app.commands.subcommand import Subcommand
from app.settings import Settings

if TYPE_CHECKING:
    from app.loading.model_files import ProgressBar
    from app.tts.model.assets import ModelFile
    from app.tts.prepare.process import PreparingProcess


@click.command(cls=Subcommand)
@click.pass_obj
def download(settings: Settings, /) -> None:
    """Download the full-precision model (325 MB) into the cache and prepare it (as much again)."""

    def download_and_prepare(
        progress_bar: "ProgressBar", preparing: "PreparingProcess"
    ) -> "ModelFile":
        from app.loading.model_files import get_prepared
        from app.loading.vocoder_files import get_vocoder_files
        from app.tts.model.assets import cache_folder, download_model

        model = download_model(cache_folder(), progress_bar("Downloading the model"))
        prepared = get_prepared(model, settings, progress_bar, preparing)
        get_vocoder_files(prepared, settings, progress_bar)
        return model

    click.echo(f"Downloaded: {run_with_progress(download_and_prepare).origin}.")
