"""The vocoder: from the acoustic model's output to samples, all at once or in windows."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from app.tts.model.acoustic import MODEL_FRAME, AcousticOutput
from app.tts.model.session import Session, finite_samples
from app.tts.stop import StopSignal
from app.tts.types import Samples

CONTEXT = 3
"""Frames decoded on either side of a window and then dropped, because its samples depend on them.
With the statistics of the whole, windows are then 0.8 dB (log-spectral) from it."""


@dataclass(frozen=True)
class Statistics:
    """Mean and variance of every normalized channel of the vocoder over one run."""

    mean: npt.NDArray[np.float32]
    variance: npt.NDArray[np.float32]


class Vocoder(Protocol):
    """The second half of a prepared model; threads may share it."""

    @property
    def norms(self) -> list[str]:
        """Names of the normalizations, in the order of their channels in the statistics."""

    @property
    def provider(self) -> str:
        """Name of the hardware or kernels that it uses."""

    def decode(
        self, output: AcousticOutput, stop: StopSignal | None = None
    ) -> tuple[Samples, Statistics]:
        """Return the samples of a whole run, float32 (600 t,), and the statistics of its layers.

        Raises `InferenceError` when decoding fails or the samples are not finite, and `Stopped`
        when `stop` ended it.
        """

    def decode_window(
        self,
        output: AcousticOutput,
        start: int,
        end: int,
        statistics: Statistics,
        stop: StopSignal | None = None,
    ) -> Samples:
        """Return the samples of the frames from `start` to `end`, normalized by `statistics`.

        Windows that follow each other join without a seam. Raises as `decode` does.
        """


class OnnxVocoder:
    """The vocoder in ONNX Runtime, for every processor."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.norms: list[str] = session.metadata["norms"].split()
        """Names of the normalizations, in the order of their channels in the statistics."""
        self.provider = session.provider
        nothing = np.zeros(int(session.metadata["channels"]), np.float32)
        self._unused = Statistics(nothing, nothing)

    def decode(
        self, output: AcousticOutput, stop: StopSignal | None = None
    ) -> tuple[Samples, Statistics]:
        """Decode a whole run; see `Vocoder`."""
        samples, statistics, _ = self._run(output, 0, output.frames, None, stop)
        return samples, statistics

    def decode_window(
        self,
        output: AcousticOutput,
        start: int,
        end: int,
        statistics: Statistics,
        stop: StopSignal | None = None,
    ) -> Samples:
        """Decode the frames from `start` to `end`; see `Vocoder`."""
        low, high = max(0, start - CONTEXT), min(output.frames, end + CONTEXT)
        samples = self._run(output, low, high, statistics, stop)[0]
        return samples[(start - low) * MODEL_FRAME :][: (end - start) * MODEL_FRAME]

    def decode_with_spectra(
        self, output: AcousticOutput, statistics: Statistics | None = None
    ) -> tuple[Samples, Statistics, npt.NDArray[np.float32]]:
        """Also return the spectra of the harmonic source, float32 (22, 120 t + 1)."""
        return self._run(output, 0, output.frames, statistics, None)

    def _run(
        self,
        output: AcousticOutput,
        low: int,
        high: int,
        statistics: Statistics | None,
        stop: StopSignal | None,
    ) -> tuple[Samples, Statistics, npt.NDArray[np.float32]]:
        given = statistics or self._unused
        audio, mean, variance, spectra = self._session.run(
            ("audio", "measured_mean", "measured_variance", "spectra"),
            {
                "features": output.features[:, :, 2 * low : 2 * high],
                "pitch": output.pitch[:, 2 * low : 2 * high],
                "phase": output.phase[:, :, 2 * low : 2 * high],
                "style": output.style,
                "predicted": np.array(statistics is not None),
                "mean": given.mean,
                "variance": given.variance,
            },
            stop,
        )
        return finite_samples(audio), Statistics(mean, variance), spectra[0]
