"""Builds the vocoder's code and weights for a processor, and checks their output."""

import logging
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock
import numpy as np

from app.tts.errors import CannotPrepare
from app.tts.model.acoustic import MODEL_FRAME, AcousticModel, AcousticOutput
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
from app.tts.vocoder.native_vocoder import NativeVocoder
from app.tts.vocoder.probe import Spawn, require_working
from app.tts.vocoder.vocoder_files import VocoderFiles
from app.tts.vocoder.weights import pack

log = logging.getLogger(__name__)

LEAST_AGREEMENT = 50.0
"""Least ratio, in decibels, of the speech to its difference from ONNX Runtime's. With the published
model, float16 weights measure 61 dB and float32 weights 100 dB."""

_WINDOW = 30
"""Frames of the window that is compared in addition to the whole sentence."""

_ON_CPU = SessionOptions("cpu")

PROGRESS_STEPS = 3
"""Steps of the build that are reported as progress."""


def build_vocoder_files(
    prepared: PreparedGraph,
    files: VocoderFiles,
    progress: Progress | None = None,
    spawn: Spawn | None = None,
) -> None:
    """Build the `files` for a prepared model, all or nothing.

    If several processes call this at once, one of them does the work. `spawn` starts the process in
    which the code is tried. Raises `CannotPrepare` if the graph has an unexpected structure, the
    code cannot be made, kept or run, or its output differs from ONNX Runtime's.
    """
    report = progress or (lambda done, total: None)
    report(0, PROGRESS_STEPS)
    try:
        # One lock for all versions, because each removes the files of the others.
        with filelock.FileLock(files.folder.with_name(f"{_kind(files)}.lock")):
            if files.is_intact():  # built by another process in the meantime
                return
            _remove_others(files)
            with tempfile.TemporaryDirectory(
                prefix=f"{files.folder.name}.", dir=prepared.folder
            ) as scratch:
                made = VocoderFiles(Path(scratch) / "made", files.instruction_set)
                with _remembered(files):
                    _write(prepared, made, report)
                require_working(made, spawn)
                with _remembered(files):
                    _compare(prepared, made)
                made.folder.rename(files.folder)
    except OSError as error:
        raise CannotPrepare(f"The vocoder's own kernels cannot be kept: {error}.") from error
    report(PROGRESS_STEPS, PROGRESS_STEPS)


@contextmanager
def _remembered(files: VocoderFiles) -> Iterator[None]:
    """Keep the reason if the files can never be made from this model."""
    try:
        yield
    except CannotPrepare as error:
        files.remember_unsuitable(str(error))
        raise


def _remove_others(files: VocoderFiles) -> None:
    """Remove damaged files, those left by a killed process, and those of other versions."""
    for path in files.folder.parent.glob(f"{_kind(files)}-*"):
        if path.is_dir():
            shutil.rmtree(path)


def _kind(files: VocoderFiles) -> str:
    """Return the folder's name without the digest of the version."""
    return files.folder.name.rpartition("-")[0]


def _write(prepared: PreparedGraph, made: VocoderFiles, report: Progress) -> None:
    made.folder.mkdir()
    text = kernels_text(made.registers, made.instruction_set.triple)
    write_code(made.code, link(compile_module(text, made.instruction_set)))
    report(1, PROGRESS_STEPS)
    try:
        packed = pack(prepared.vocoder, made.registers)
    except NoMatch as mismatch:
        raise CannotPrepare(
            f"The vocoder's graph does not have the expected structure: {mismatch}."
        ) from mismatch
    facts = {
        "first_channels": packed.first_channels,
        "channels": packed.channels,
        "norms": packed.norms,
    }
    made.write_weights(packed.arrays, facts)
    report(2, PROGRESS_STEPS)


def _compare(prepared: PreparedGraph, made: VocoderFiles) -> None:
    ours = NativeVocoder(made.load(), cores=1)
    for name, agreement in _agreements(prepared, ours):
        log.info("Our own kernels agree with ONNX Runtime to %.0f dB in a %s.", agreement, name)
        if not agreement >= LEAST_AGREEMENT:
            raise CannotPrepare(
                f"The vocoder's own kernels are {agreement:.0f} dB from ONNX Runtime's in a {name}."
            )


def _agreements(prepared: PreparedGraph, ours: NativeVocoder) -> Iterator[tuple[str, float]]:
    """Compare a whole sentence, and a window with its statistics, given the same harmonic source.

    Yield a name for each, and the agreement with ONNX Runtime in dB.
    """
    reference = OnnxVocoder(Session(prepared.vocoder, _ON_CPU))
    tokens, style = reference_sentence()
    output = AcousticModel(Session(prepared.acoustic, _ON_CPU)).run(tokens, style, 1.0)
    statistics: Statistics | None = None
    # Only the audible part of the window: its very first samples are divided by next to nothing.
    edge = CONTEXT * MODEL_FRAME
    for name, part, cut in (("sentence", output, 0), ("window", _window(output), edge)):
        wanted, measured, spectra = reference.decode_with_spectra(part, statistics)
        made, _ = ours.decode_spectra(part.features[0], part.style[0], spectra.T, statistics)
        yield name, _agreement(*(samples[cut : len(samples) - cut] for samples in (made, wanted)))
        statistics = measured


def _window(output: AcousticOutput) -> AcousticOutput:
    steps = slice(output.frames, output.frames + 2 * _WINDOW)  # from the middle onward
    return AcousticOutput(
        output.features[:, :, steps],
        output.pitch[:, steps],
        output.phase[:, :, steps],
        output.durations,
        output.unrounded_durations,
        output.style,
    )


def _agreement(ours: Samples, wanted: Samples) -> float:
    """Return the ratio of the wanted signal to the difference, in dB."""
    error = np.square(ours.astype(np.float64) - wanted).sum()
    return float(10 * np.log10(np.square(wanted, dtype=np.float64).sum() / error))
