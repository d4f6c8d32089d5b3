"""From settings to the files of our own vocoder: found or built, and tried."""

import logging
import os
from contextlib import suppress
from importlib.metadata import distributions
from pathlib import Path

from app.loading.model_files import ProgressBar
from app.scheduling.native_threads import native_spawn
from app.settings import Settings
from app.tts.errors import AssetError, CannotPrepare, SpeechError
from app.tts.installation import pip_install
from app.tts.model.prepared import PreparedGraph
from app.tts.vocoder.probe import require_working
from app.tts.vocoder.vocoder_files import (
    VocoderFiles,
    files_for_older_processors,
    files_for_this_processor,
)

log = logging.getLogger(__name__)

_DEVICE_PACKAGES = {"onnxruntime-gpu", "onnxruntime-directml"}


def needs_vocoder_files(prepared: PreparedGraph, settings: Settings) -> bool:
    """Return whether our own vocoder has to be built before the model can be loaded."""
    if settings.vocoder == "onnxruntime" or settings.acceleration not in ("auto", "cpu"):
        return False
    if settings.acceleration == "auto" and _has_device():
        return False
    try:
        files = files_for_this_processor(prepared.folder)
    except CannotPrepare:
        return False
    # An image is read-only, so it stays without them.
    can_be_made = _can_keep_code(prepared.folder) and files.find_unsuitable() is None
    return can_be_made and not files.is_intact()


def get_vocoder_files(
    prepared: PreparedGraph | None, settings: Settings, progress_bar: ProgressBar | None = None
) -> VocoderFiles | None:
    """Find or build the files of our own vocoder; None if ONNX Runtime should run the vocoder.

    Existing code is first tried in a child process. Raises `AssetError` if the settings ask for our
    own vocoder and it cannot run.
    """
    if settings.vocoder == "onnxruntime":
        return None
    # Imported here, because gunicorn's master must not import it.
    from app.tts.model.session import SessionOptions

    try:
        if prepared is None:
            raise CannotPrepare("The model runs as it is, in one piece.")
        if not SessionOptions(settings.acceleration).runs_on_processor:
            raise CannotPrepare("Inference is accelerated by a device.")
        files = files_for_this_processor(prepared.folder)
        try:
            _try_or_build(prepared, files, progress_bar)
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


def build_portable_vocoder_files(
    prepared: PreparedGraph, progress_bar: ProgressBar | None = None
) -> None:
    """Also build the files for processors older than this one, which other machines may have.

    If some cannot be built, the reason is logged.
    """
    for files in files_for_older_processors(prepared.folder):
        try:
            _try_or_build(prepared, files, progress_bar)
        except CannotPrepare as error:
            log.warning("There is no code for %s. %s", files.instruction_set.name, error)


def _find_older(prepared: PreparedGraph) -> VocoderFiles | None:
    """Find files for an older processor, as an image or a shared folder may have them."""
    for files in files_for_older_processors(prepared.folder):
        if files.is_intact():
            # If none of them works, the caller reports what is wrong with the newest.
            with suppress(CannotPrepare):
                require_working(files, native_spawn)
                return files
    return None


def _try_or_build(
    prepared: PreparedGraph, files: VocoderFiles, progress_bar: ProgressBar | None
) -> None:
    """Try the files in a child process if they exist, or build them; raises `CannotPrepare`."""
    if reason := files.find_unsuitable():
        raise CannotPrepare(reason)
    try:
        if files.is_intact():
            require_working(files, native_spawn)
        else:
            _build(prepared, files, progress_bar)
    except CannotPrepare:
        raise
    except (SpeechError, OSError, MemoryError) as error:
        raise CannotPrepare(f"The vocoder's own kernels cannot be made: {error}") from error


def _build(prepared: PreparedGraph, files: VocoderFiles, progress_bar: ProgressBar | None) -> None:
    if not _can_keep_code(prepared.folder):
        raise CannotPrepare(
            f"The vocoder's own kernels cannot be kept: {prepared.folder} cannot be written to, or "
            "nothing in it may be executed (noexec)."
        )
    try:
        from app.tts.vocoder.build import build_vocoder_files
    except ModuleNotFoundError as error:
        if error.name != "llvmlite":
            raise
        raise CannotPrepare(
            f"llvmlite is not installed, which compiles our own kernels: {pip_install('llvmlite')}."
        ) from error

    progress = progress_bar and progress_bar("Preparing the vocoder")
    build_vocoder_files(prepared, files, progress, native_spawn)


def _can_keep_code(folder: Path) -> bool:
    try:
        return os.access(folder, os.W_OK) and not os.statvfs(folder).f_flag & os.ST_NOEXEC
    except OSError:
        return False


def _has_device() -> bool:
    """Return whether ONNX Runtime is installed with support for devices, without importing it."""
    installed = {distribution.name for distribution in distributions()}
    return not installed.isdisjoint(_DEVICE_PACKAGES)
