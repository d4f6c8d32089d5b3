"""The vocoder: from an utterance to samples, all at once or in windows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.tts.acoustic import FRAME_SAMPLES, Utterance
from app.tts.session import Session, finite_samples
from app.tts.stop import StopSignal
from app.tts.types import Samples

CONTEXT = 3
"""Frames decoded on either side of a window and dropped: what its samples depend on of their
neighbourhood. With the utterance's own statistics windows then are 0.8 dB (log-spectral) from the
whole."""


@dataclass(frozen=True)
class Statistics:
    """Mean and variance of every normalized channel of the vocoder over one utterance."""

    mean: npt.NDArray[np.float32]
    variance: npt.NDArray[np.float32]


class Vocoder:
    """The second half of a prepared graph; threads may share it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.norms: list[str] = session.metadata["norms"].split()
        """Names of the normalizations whose channels the statistics list, in their order."""
        self.provider = session.provider
        nothing = np.zeros(int(session.metadata["channels"]), np.float32)
        self._unused = Statistics(nothing, nothing)

    def decode(
        self, utterance: Utterance, stop: StopSignal | None = None
    ) -> tuple[Samples, Statistics]:
        """Return a whole utterance's samples, float32 (600 t,), and the statistics of its layers.

        Raises `InferenceError` when the run fails or its output is not finite, and `Stopped` when
        `stop` ended it.
        """
        return self._run(utterance, 0, utterance.frames, None, stop)

    def decode_window(
        self,
        utterance: Utterance,
        start: int,
        end: int,
        statistics: Statistics,
        stop: StopSignal | None = None,
    ) -> Samples:
        """Return the samples of the frames from `start` to `end`, normalized by `statistics`.

        Windows that follow each other join without a seam. Raises as `decode` does.
        """
        return self._run(utterance, start, end, statistics, stop)[0]

    def _run(
        self,
        utterance: Utterance,
        start: int,
        end: int,
        statistics: Statistics | None,
        stop: StopSignal | None,
    ) -> tuple[Samples, Statistics]:
        low, high = max(0, start - CONTEXT), min(utterance.frames, end + CONTEXT)
        given = statistics or self._unused
        audio, mean, variance = self._session.run(
            ("audio", "measured_mean", "measured_variance"),
            {
                "features": utterance.features[:, :, 2 * low : 2 * high],
                "pitch": utterance.pitch[:, 2 * low : 2 * high],
                "phase": utterance.phase[:, :, 2 * low : 2 * high],
                "style": utterance.style,
                "predicted": np.array(statistics is not None),
                "mean": given.mean,
                "variance": given.variance,
            },
            stop,
        )
        samples = finite_samples(audio)[(start - low) * FRAME_SAMPLES :]
        return samples[: (end - start) * FRAME_SAMPLES], Statistics(mean, variance)
