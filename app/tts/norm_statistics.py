"""Predicts the vocoder's normalization statistics for an utterance before it is decoded.

What the layers see of an utterance follows from what goes into the first of them, and the moments
of that are known before. See tools/fit_statistics.py, which makes the data.
"""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.tts.acoustic import Utterance
from app.tts.errors import AssetError
from app.tts.vocoder import Statistics

STATISTICS_FILE = Path(__file__).parent / "data" / "statistics.npz"
STATISTICS_SHA256 = "19694915347ca8daf164591905f05dc3892e379d401a32d6022e61f5ae70b6dc"

LEAST_VARIANCE = 0.4
"""A predicted variance is at least this share of the voice's own: it could fall below zero."""

VOICED_ABOVE_HZ = 10.0
"""Pitch above which Kokoro's source is periodic (StyleTTS 2's Generator, `voiced_threshod`)."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class VoiceStatistics:
    """A voice's own statistics, over some utterances that it spoke."""

    traits: Floats
    """Mean of their traits, reduced as the predictor does it, (34,)."""

    mean: Floats
    """Mean of every channel, (c,)."""

    deviation: Floats
    """Standard deviation of every channel, (c,)."""


class StatisticsPredictor:
    """Predicts the statistics of an utterance from its traits and its voice's own statistics."""

    def __init__(
        self,
        norms: Sequence[str],
        projection: Floats,
        slopes: Floats,
        voices: Mapping[str, VoiceStatistics],
    ) -> None:
        """Take what was fitted.

        `projection`, (1026, 34), reduces traits; `slopes`, (2, 34, c), say how the mean and the
        mean square of the channels change with them, whoever speaks.
        """
        self.norms = list(norms)
        """Names of the normalizations whose channels these are, in their order."""
        self._projection = projection
        self._mean_slopes, self._power_slopes = slopes
        self._voices = dict(voices)

    @classmethod
    def load(cls, path: Path = STATISTICS_FILE) -> "StatisticsPredictor":
        """Read what the package ships; raises `AssetError` when it is missing or damaged."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise AssetError(f"The file {path} cannot be read: {error.strerror}.") from error
        if hashlib.sha256(content).hexdigest() != STATISTICS_SHA256:
            raise AssetError(f"The file {path} is damaged: install the package again.")
        with np.load(io.BytesIO(content)) as arrays:
            norms, names = arrays["norms"].tolist(), arrays["voices"].tolist()
            data = {
                name: arrays[name].astype(np.float32)
                for name in ("projection", "slopes", "traits", "mean", "deviation")
            }
        own = zip(data["traits"], data["mean"], data["deviation"], strict=True)
        voices = {name: VoiceStatistics(*arrays) for name, arrays in zip(names, own, strict=True)}
        return cls(norms, data["projection"], data["slopes"], voices)

    def predict(self, voice: str, utterance: Utterance) -> Statistics | None:
        """Return the statistics to expect, or None for a voice never heard of."""
        own = self._voices.get(voice)
        if own is None:
            return None
        change = self._reduced(utterance) - own.traits
        own_variance = np.square(own.deviation)
        mean = own.mean + change @ self._mean_slopes
        power = own_variance + np.square(own.mean) + change @ self._power_slopes
        variance = np.maximum(power - np.square(mean), LEAST_VARIANCE * own_variance)
        return Statistics(mean, variance)

    def observe(self, voice: str, utterance: Utterance, statistics: Statistics) -> None:
        """Remember the statistics of a whole utterance of a voice that came without any."""
        if voice not in self._voices:
            deviation = np.sqrt(np.maximum(statistics.variance, 0))
            own = VoiceStatistics(self._reduced(utterance), statistics.mean, deviation)
            self._voices[voice] = own

    def mix(self, voice: str, weights: Mapping[str, float]) -> None:
        """Add a voice whose style is the sum of others' times `weights`, which sum to one."""
        parts = [(self._voices[name], weight) for name, weight in weights.items()]

        def mixed(name: str) -> Floats:
            total: Floats = sum(getattr(own, name) * np.float32(weight) for own, weight in parts)
            return total

        self._voices[voice] = VoiceStatistics(mixed("traits"), mixed("mean"), mixed("deviation"))

    def _reduced(self, utterance: Utterance) -> Floats:
        reduced: Floats = traits(utterance) @ self._projection
        return reduced


def traits(utterance: Utterance) -> Floats:
    """Return what an utterance is known by before it is decoded, float32 (1026,).

    Mean and mean square over time of the 512 features, mean pitch in Hz, share of voiced time.
    """
    features, pitch = utterance.features[0], utterance.pitch[0]
    moments = [features.mean(axis=1), np.square(features).mean(axis=1)]
    source = [pitch.mean(), (pitch > VOICED_ABOVE_HZ).mean()]
    return np.concatenate([*moments, source]).astype(np.float32)
