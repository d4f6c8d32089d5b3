"""Prepares the model once: float weights, faster operators, separate acoustic model and vocoder."""

import contextlib
import errno
import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from app.tts.errors import CannotPrepare, SpeechError
from app.tts.model.assets import ModelFile, Progress, make_cache_folder
from app.tts.model.prepared import (
    PreparedGraph,
    find_prepared,
    find_unsuitable,
    prepared_folder,
    remember_unsuitable,
)
from app.tts.model.session import KokoroSession, SessionOptions
from app.tts.model.split_model import SplitModel
from app.tts.prepare.reference_sentence import REFERENCE_VOICE, reference_sentence
from app.tts.prepare.spectral_distance import log_spectral_distance
from app.tts.types import Samples

log = logging.getLogger(__name__)

_TOLERATED_DISTANCE = {"int8": 6.0, "fp32": 3.0}
"""Greatest log-spectral distance in dB of the prepared model from its source on the reference
sentence. The published int8 export measures 3.6 dB, mostly noise of its quantized activations,
which the prepared model does not have; the same weights as floats measure 0.4 dB, on other
sentences 1.1, because rounding in the pitch adds up in the phase. The sentence backwards measures
14 dB."""

_TOLERATED_IN_WINDOWS = 5.0
"""Greatest distance of windows with predicted statistics from the whole; the published export
measures 2.2 dB."""

_ROOM_BYTES = 700_000_000
"""Disk space needed while preparing."""

_ON_CPU = SessionOptions("cpu")

STEPS = 5
"""Steps of preparing that are reported as progress."""

Writer = Callable[[Path | bytes, PreparedGraph, Progress], None]
"""Writes the model prepared from a file, or from its content, and reports progress."""


class Mismatch(Exception):
    """The prepared model does not speak like its source; the message says how."""


def write_prepared(source: Path | bytes, prepared: PreparedGraph, report: Progress) -> None:
    """Write both halves of the model `source` and their checksums into the folder of `prepared`.

    Raises `NoMatch` or `Mismatch` when the model is built differently from the published one,
    `AssetError` when it is not Kokoro, and `OSError` when files cannot be written.
    """
    import onnx

    from app.tts.prepare.dequantize import is_quantized
    from app.tts.prepare.halves import acoustic_half, canonical, require_published, vocoder_half

    session = KokoroSession(source, _ON_CPU)
    model = onnx.load_from_string(source) if isinstance(source, bytes) else onnx.load(source)
    require_published(model)
    tokens, style = reference_sentence()
    reference = session.speak(tokens, style, 1.0)
    del session
    report(1, STEPS)
    precision = "int8" if is_quantized(model) else "fp32"
    model = canonical(model, prepared.folder)
    report(2, STEPS)
    onnx.save(acoustic_half(model), prepared.acoustic)
    report(3, STEPS)
    onnx.save(vocoder_half(model), prepared.vocoder)
    report(4, STEPS)
    try:
        whole, windows = _speak_reference(prepared)
    except SpeechError as error:
        raise Mismatch(f"in two halves it does not run: {error}") from error
    _compare(whole, reference, _TOLERATED_DISTANCE[precision])
    _compare(windows, whole, _TOLERATED_IN_WINDOWS)
    prepared.seal()
    report(STEPS, STEPS)


def prepare(
    model: ModelFile,
    cache: Path,
    progress: Progress | None = None,
    write: Writer = write_prepared,
) -> PreparedGraph:
    """Prepare `model` in `cache`, all or nothing; if several processes try at once, one does.

    `write` does the work of `write_prepared`, perhaps in another process. It takes 700 MB in the
    cache meanwhile and leaves 325. Raises `CannotPrepare` when there is no room or when the model
    is built differently from the published one, which is remembered, and `AssetError` when it is
    not Kokoro.
    """
    if reason := find_unsuitable(model, cache):
        raise CannotPrepare(reason)
    import filelock

    from app.tts.prepare.onnx_editor import NoMatch

    folder = prepared_folder(model, cache)
    try:
        make_cache_folder(cache)
        with filelock.FileLock(f"{folder}.lock"):
            if prepared := find_prepared(model, cache):
                return prepared
            _make_room(folder)
            with tempfile.TemporaryDirectory(prefix=f"{folder.name}.", dir=cache) as scratch:
                prepared = PreparedGraph(Path(scratch) / "prepared")
                prepared.folder.mkdir()
                report = progress or (lambda done, total: None)
                report(0, STEPS)  # before anything is imported or started
                write(model.onnx, prepared, report)
                prepared.folder.rename(folder)
    except OSError as error:
        raise CannotPrepare(f"The prepared model cannot be kept in {cache}: {error}.") from error
    except (NoMatch, Mismatch) as mismatch:
        reason = f"This export of Kokoro cannot be prepared ({mismatch})."
        with contextlib.suppress(OSError):
            remember_unsuitable(model, cache, reason)
        raise CannotPrepare(reason) from mismatch
    return PreparedGraph(folder)


def _make_room(folder: Path) -> None:
    """Remove damaged files, leftovers of a killed process, and models of other versions.

    Models that another version is preparing at this moment stay.
    """
    of_others = folder.parent.glob(f"prepared-*-{folder.name.rpartition('-')[2]}")
    for path in {*folder.parent.glob(f"{folder.name}*"), *of_others}:
        if path.is_symlink():
            path.unlink()
        elif path.is_dir():
            shutil.rmtree(path)
    if shutil.disk_usage(folder.parent).free < _ROOM_BYTES:
        raise OSError(errno.ENOSPC, f"preparing needs {_ROOM_BYTES / 1e6:.0f} MB of disk")


def _speak_reference(prepared: PreparedGraph) -> tuple[Samples, Samples]:
    """Return the reference sentence, spoken whole and with predicted statistics."""
    model = SplitModel.load(prepared, _ON_CPU)
    tokens, style = reference_sentence()
    output = model.acoustic.run(tokens, style, 1.0)
    whole, statistics = model.vocoder.decode(output)
    predicted = model.predictor.predict(REFERENCE_VOICE, output) or statistics
    return whole, model.vocoder.decode_window(output, 0, output.frames, predicted)


def _compare(ours: Samples, reference: Samples, tolerated: float) -> None:
    if len(ours) != len(reference):
        raise Mismatch(f"it speaks for {len(ours)} samples, not for {len(reference)}")
    distance = log_spectral_distance(ours, reference)
    log.info("The prepared model sounds %.2f dB from its reference.", distance)
    if not distance <= tolerated:
        raise Mismatch(f"it sounds {distance:.1f} dB from its reference")
