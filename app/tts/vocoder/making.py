"""Makes the vocoder's code and weights for a processor, and checks what they decode."""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock
import numpy as np

from app.tts.errors import CannotPrepare
from app.tts.model.acoustic import FRAME_SAMPLES, AcousticModel, AcousticOutput
from app.tts.model.assets import Progress
from app.tts.model.prepared import PreparedGraph
from app.tts.model.session import Session, SessionOptions
from app.tts.model.vocoder import CONTEXT, OnnxVocoder, Statistics
from app.tts.prepare.onnx_editor import NoMatch
from app.tts.prepare.reference_sentence import reference_sentence
from app.tts.types import Samples
from app.tts.vocoder.kernels.module import kernels_text
from app.tts.vocoder.machine_code.code_file import write_code
from app.tts.vocoder.machine_code.linker import link
from app.tts.vocoder.machine_code.object_code import compile_module
from app.tts.vocoder.native import NativeVocoder
from app.tts.vocoder.native_files import NativeFiles
from app.tts.vocoder.probe import Spawn, require_working
from app.tts.vocoder.weights import pack

log = logging.getLogger(__name__)

LEAST_AGREEMENT = 50.0
"""Decibels by which the speech must lie above its difference from ONNX Runtime's. Weights rounded
to float16 measure 61 dB with the published model, weights in float32 100 dB."""

_WINDOW = 30
"""Frames of the window that is compared, beside the whole sentence."""

_ON_CPU = SessionOptions("cpu")


STEPS = 3
"""Parts of making that are told as progress."""


def make_native(
    prepared: PreparedGraph,
    files: NativeFiles,
    progress: Progress | None = None,
    spawn: Spawn | None = None,
) -> None:
    """Write the `files` for a prepared model, all or nothing, in one of several processes.

    `spawn` starts the process in which the code is tried. Raises `CannotPrepare` when the graph is
    not built as expected, the code cannot be made, kept or run, or what it decodes is not what ONNX
    Runtime does.
    """
    report = progress or (lambda done, total: None)
    report(0, STEPS)
    try:
        # One lock for all versions: each removes what the others have made.
        with filelock.FileLock(files.folder.with_name(f"{_kind(files)}.lock")):
            if files.is_intact():  # by another process
                return
            _remove_others(files)
            with tempfile.TemporaryDirectory(
                prefix=f"{files.folder.name}.", dir=prepared.folder
            ) as scratch:
                made = NativeFiles(Path(scratch) / "made", files.instruction_set)
                with _remembered(files):
                    _write(prepared, made, report)
                require_working(made, spawn)
                with _remembered(files):
                    _compare(prepared, made)
                made.folder.rename(files.folder)
    except OSError as error:
        raise CannotPrepare(f"The vocoder's own kernels cannot be kept: {error}.") from error
    report(STEPS, STEPS)


@contextmanager
def _remembered(files: NativeFiles) -> Iterator[None]:
    """Keep the reason if the files cannot be made of this model, whatever the circumstances."""
    try:
        yield
    except CannotPrepare as error:
        files.remember_unsuitable(str(error))
        raise


def _remove_others(files: NativeFiles) -> None:
    """Remove what is damaged, what a killed process left, and what older versions made."""
    for path in files.folder.parent.glob(f"{_kind(files)}-*"):
        if path.is_dir():
            shutil.rmtree(path)


def _kind(files: NativeFiles) -> str:
    """Return the folder's name without the version."""
    return files.folder.name.rpartition("-")[0]


def _write(prepared: PreparedGraph, made: NativeFiles, report: Progress) -> None:
    made.folder.mkdir()
    text = kernels_text(made.shape, made.instruction_set.triple)
    write_code(made.code, link(compile_module(text, made.instruction_set)))
    report(1, STEPS)
    try:
        packed = pack(prepared.vocoder, made.shape)
    except NoMatch as mismatch:
        raise CannotPrepare(f"The vocoder is built otherwise than ours: {mismatch}.") from mismatch
    facts = {"places": packed.places, "channels": packed.channels, "norms": packed.norms}
    made.write_weights(packed.arrays, facts)
    report(2, STEPS)


def _compare(prepared: PreparedGraph, made: NativeFiles) -> None:
    ours = NativeVocoder(made.load(), cores=1)
    for name, agreement in _agreements(prepared, ours):
        log.info("Our own kernels agree with ONNX Runtime to %.0f dB in a %s.", agreement, name)
        if not agreement >= LEAST_AGREEMENT:
            raise CannotPrepare(
                f"The vocoder's own kernels are {agreement:.0f} dB from ONNX Runtime's in a {name}."
            )


def _agreements(prepared: PreparedGraph, ours: NativeVocoder) -> Iterator[tuple[str, float]]:
    """Compare a whole sentence, and a window with its statistics, of the same harmonic source."""
    reference = OnnxVocoder(Session(prepared.vocoder, _ON_CPU))
    tokens, style = reference_sentence()
    utterance = AcousticModel(Session(prepared.acoustic, _ON_CPU)).run(tokens, style, 1.0)
    statistics: Statistics | None = None
    # Of the window what is heard: the first samples of all are divided by next to nothing.
    edge = CONTEXT * FRAME_SAMPLES
    for name, part, cut in (("sentence", utterance, 0), ("window", _window(utterance), edge)):
        wanted, measured, spectra = reference.decode_with_spectra(part, statistics)
        made, _ = ours.decode_spectra(part.features[0], part.style[0], spectra.T, statistics)
        yield name, _agreement(*(samples[cut : len(samples) - cut] for samples in (made, wanted)))
        statistics = measured


def _window(utterance: AcousticOutput) -> AcousticOutput:
    steps = slice(utterance.frames, utterance.frames + 2 * _WINDOW)  # from the middle on
    return AcousticOutput(
        utterance.features[:, :, steps],
        utterance.pitch[:, steps],
        utterance.phase[:, :, steps],
        utterance.durations,
        utterance.unrounded_durations,
        utterance.style,
    )


def _agreement(ours: Samples, wanted: Samples) -> float:
    """Return the level of what is wanted over that of the difference, in dB."""
    error = np.square(ours.astype(np.float64) - wanted).sum()
    return float(10 * np.log10(np.square(wanted, dtype=np.float64).sum() / error))
