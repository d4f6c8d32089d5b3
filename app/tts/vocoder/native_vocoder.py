"""The vocoder on our own kernels, with the same methods as the one on ONNX Runtime."""

import ctypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from cachetools import LRUCache

from app.tts.errors import InferenceError
from app.tts.model.acoustic import MODEL_FRAME, AcousticOutput
from app.tts.model.vocoder import CONTEXT, Statistics
from app.tts.stop import StopSignal
from app.tts.types import Lock, Samples
from app.tts.vocoder import workspace
from app.tts.vocoder.architecture import FEATURES, FEATURES_SLOPE, SPECTRUM_ROW, STYLE
from app.tts.vocoder.generator import write_generator
from app.tts.vocoder.inverse_stft import InverseStft
from app.tts.vocoder.layout import SPECTRA_FRONT, RunLayout, lay_out, spectra_rows
from app.tts.vocoder.memory import Floats, address, allocate_floats
from app.tts.vocoder.records import row
from app.tts.vocoder.source import HarmonicSource
from app.tts.vocoder.step_writer import CodeAddresses, RunAddresses, StepWriter
from app.tts.vocoder.thread_pool import StartThread, ThreadPool, start_thread
from app.tts.vocoder.vocoder_files import LoadedVocoder

_STYLES_KEPT = 64
"""Styles whose gains and offsets are kept, 144 kB each."""

_KEPT_FLOATS = 12_000_000
"""Size of the largest memory that is kept for the next run: 3.5 s of speech. Larger ones are
freed."""

_MOST_KEPT = 2
"""Memories that are kept."""

_LONG_FLOATS = 60_000_000
"""Memory of a long run: 18 s of speech. Long runs go one at a time, because several at once would
take gigabytes."""

_CHECK_SECONDS = 0.05
"""Interval at which a waiting long run checks whether it was stopped."""


class NativeVocoder:
    """The second half of a prepared model; threads may share it."""

    def __init__(
        self,
        loaded: LoadedVocoder,
        cores: int,
        new_lock: Callable[[], Lock] = threading.Lock,
        start: StartThread = start_thread,
    ) -> None:
        """Decode with the loaded code and weights, in at most `cores` native threads."""
        arrays = loaded.arrays
        self.norms = loaded.norms
        """Names of the normalizations whose channels the statistics list, in their order."""

        self.provider = f"own kernels ({loaded.instruction_set})"
        self._loaded = loaded
        self._code = CodeAddresses(
            loaded.functions,
            {name: address(array) for name, array in arrays.items()},
            loaded.first_channels,
            loaded.registers,
        )
        self._threads = ThreadPool(cores, loaded.loop, workspace.SIZE, new_lock, start)
        self._pause = _sched_yield()
        mix, bias = arrays["source.mix"].reshape(-1), float(arrays["source.bias"][0])
        self._source = HarmonicSource(mix, bias, arrays["source.window"])
        self._inverse = InverseStft(arrays["inverse.basis"], arrays["inverse.window_sum"])
        self._lock = new_lock()
        self._styles: LRUCache[bytes, Floats] = LRUCache(_STYLES_KEPT)
        self._memories: list[Floats] = []
        self._long_run: Any = new_lock()

    def decode(
        self, output: AcousticOutput, stop: StopSignal | None = None
    ) -> tuple[Samples, Statistics]:
        """Return the samples of a whole utterance, float32 (600 t,), and its layers' statistics.

        Raises `InferenceError` if the output is not finite, and `Stopped` if `stop` ended the run.
        """
        return self._decode(output, 0, output.frames, None, stop)

    def decode_window(
        self,
        output: AcousticOutput,
        start: int,
        end: int,
        statistics: Statistics,
        stop: StopSignal | None = None,
    ) -> Samples:
        """Return the samples of the frames from `start` to `end`, normalized by `statistics`.

        Consecutive windows join without a seam. Raises the same errors as `decode`.
        """
        return self._decode(output, start, end, statistics, stop)[0]

    def decode_spectra(
        self,
        features: Floats,
        style: Floats,
        spectra: Floats,
        statistics: Statistics | None = None,
        stop: StopSignal | None = None,
    ) -> tuple[Samples, Statistics]:
        """Return samples, (300 n,), and statistics for features and spectra of the source.

        `features` is (512, n), `style` (256,) and `spectra` (60 n + 1, 22 or 24). Without
        `statistics`, they are measured. Raises the same errors as `decode`.
        """
        stop = stop or StopSignal()
        stop.check()
        measured = statistics or Statistics(*np.zeros((2, self._loaded.channels), np.float32))
        mean, variance = (
            np.ascontiguousarray(part, np.float32) for part in (measured.mean, measured.variance)
        )
        layout = lay_out(features.shape[1], self._loaded.registers)
        gains = self._gains(style)
        with self._alone_if_long(layout.size, stop), self._memory(layout.size) as memory:
            _write_inputs(memory, layout, features, spectra)
            run = RunAddresses(
                address(memory), address(gains), address(mean), address(variance),
                measures=statistics is None,
            )  # fmt: skip
            steps = StepWriter(self._code, run, layout)
            write_generator(steps)
            self._threads.work(steps.record(address(stop.flag), self._pause), steps.most_threads)
            stop.check()
            output = memory[layout.output :][: layout.stages[-1].length * layout.output_row]
            samples = self._inverse.samples(output.reshape(-1, layout.output_row))
        if not np.isfinite(samples).all():
            raise InferenceError("The vocoder made sound that is not finite.")
        return samples, Statistics(mean, variance)

    def _decode(
        self,
        output: AcousticOutput,
        start: int,
        end: int,
        statistics: Statistics | None,
        stop: StopSignal | None,
    ) -> tuple[Samples, Statistics]:
        low, high = max(0, start - CONTEXT), min(output.frames, end + CONTEXT)
        steps = slice(2 * low, 2 * high)
        spectra = self._source.spectrum(output.pitch[0, steps], output.phase[0, :, steps])
        samples, measured = self.decode_spectra(
            output.features[0, :, steps], output.style[0], spectra, statistics, stop
        )
        samples = samples[(start - low) * MODEL_FRAME :]
        return samples[: (end - start) * MODEL_FRAME], measured

    def _gains(self, style: Floats) -> Floats:
        """Return the gains and offsets of all layers for a style."""
        key = style[:STYLE].tobytes()
        with self._lock:
            gains = self._styles.get(key)
        if gains is None:
            arrays = self._loaded.arrays
            gains = np.einsum("i,ij->j", style[:STYLE], arrays["style.weights"])
            gains += arrays["style.bias"]
            with self._lock:
                self._styles[key] = gains
        return gains

    @contextmanager
    def _memory(self, size: int) -> Iterator[Floats]:
        """Lend memory for the signals of a run; small memories are kept for the next one.

        Raises `InferenceError` if there is not enough.
        """
        with self._lock:
            memory = self._memories.pop() if self._memories else None
        if memory is None or len(memory) < size:
            memory = None  # freed before more is allocated
            try:
                memory = allocate_floats(size)
            except (OSError, MemoryError) as error:
                raise InferenceError("There is not enough memory to decode speech.") from error
        try:
            yield memory
        finally:
            with self._lock:
                if len(memory) <= _KEPT_FLOATS and len(self._memories) < _MOST_KEPT:
                    self._memories.append(memory)

    @contextmanager
    def _alone_if_long(self, size: int, stop: StopSignal) -> Iterator[None]:
        """Make a long run wait until no other one is in progress; raises `Stopped`."""
        if size < _LONG_FLOATS:
            yield
            return
        while not self._long_run.acquire(timeout=_CHECK_SECONDS):
            stop.check()
        try:
            yield
        finally:
            self._long_run.release()


def _write_inputs(memory: Floats, layout: RunLayout, features: Floats, spectra: Floats) -> None:
    """Write the rectified features and the source's spectra, and the zeros around them."""
    rows = memory[layout.features :][: (layout.length + 2) * row(FEATURES)]
    rows = rows.reshape(-1, row(FEATURES))
    rows[0] = rows[-1] = 0
    values = features.T
    np.maximum(values, np.float32(FEATURES_SLOPE) * values, out=rows[1:-1, :FEATURES])
    harmonics = memory[layout.spectra :][: spectra_rows(layout.length) * SPECTRUM_ROW]
    harmonics = harmonics.reshape(-1, SPECTRUM_ROW)
    end = SPECTRA_FRONT + len(spectra)
    harmonics[:SPECTRA_FRONT] = harmonics[end:] = 0
    harmonics[SPECTRA_FRONT:end, : spectra.shape[1]] = spectra
    harmonics[SPECTRA_FRONT:end, spectra.shape[1] :] = 0


def _sched_yield() -> int:
    """Return the address of the C library's `sched_yield`."""
    function = ctypes.CDLL(None).sched_yield
    return int(ctypes.cast(function, ctypes.c_void_p).value or 0)
