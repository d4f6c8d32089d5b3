"""The vocoder: features to samples, a whole run at once or in windows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.tts.acoustic import Features
from app.tts.session import Session, finite_samples
from app.tts.types import Samples

TRUNK_CONTEXT = 6
GENERATOR_CONTEXT = 3
"""Frames decoded on either side of a window and dropped: what the layers at the frame rate, and
those above it, see of their neighbourhood. With the run's own statistics, windows are 0.8 dB
(log-spectral) from the whole run then; 12 and 5 frames make it 0.7 dB, 4 and 3 0.9 dB."""


@dataclass(frozen=True)
class Statistics:
    """Mean and variance of every normalized channel of the vocoder over one run's frames."""

    mean: npt.NDArray[np.float32]
    variance: npt.NDArray[np.float32]


class Vocoder:
    """The second half of a prepared graph; threads may share it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.norms: list[str] = session.metadata["norms"].split()
        """Names of the normalizations whose channels the statistics list, in their order."""
        self.channels = int(session.metadata["channels"])
        self.provider = session.provider
        self._unused = np.zeros(self.channels, np.float32)

    def decode(self, features: Features) -> tuple[Samples, Statistics]:
        """Return a whole run's samples, float32 (600 t,), and the statistics of its layers.

        Raises `InferenceError` when the run fails or its output is not finite.
        """
        return self._run(features, 0, features.frames, None)

    def decode_window(
        self, features: Features, start: int, end: int, statistics: Statistics
    ) -> Samples:
        """Return the samples of the frames from `start` to `end`, normalized by `statistics`.

        Windows that follow each other join without a seam. Raises as `decode` does.
        """
        return self._run(features, start, end, statistics)[0]

    def _run(
        self, features: Features, start: int, end: int, statistics: Statistics | None
    ) -> tuple[Samples, Statistics]:
        low = max(0, start - TRUNK_CONTEXT)
        high = min(features.frames, end + TRUNK_CONTEXT)
        inner_low = max(0, start - GENERATOR_CONTEXT)
        inner_high = min(features.frames, end + GENERATOR_CONTEXT)
        given = statistics or Statistics(self._unused, self._unused)
        audio, mean, variance = self._session.run(
            ("audio", "measured_mean", "measured_variance"),
            {
                "text_features": features.text[:, :, low:high],
                "pitch": features.pitch[:, 2 * low : 2 * high],
                "energy": features.energy[:, 2 * low : 2 * high],
                "phase": features.phase[:, :, 2 * low : 2 * high],
                "style": features.style,
                "crop_start": np.array([2 * (inner_low - low)], np.int64),
                "crop_end": np.array([2 * (inner_high - low)], np.int64),
                "predicted": np.array(statistics is not None),
                "mean": given.mean,
                "variance": given.variance,
            },
        )
        samples = finite_samples(audio)
        scale = len(samples) // (inner_high - inner_low)
        first = (start - inner_low) * scale
        return samples[first : first + (end - start) * scale], Statistics(mean, variance)
