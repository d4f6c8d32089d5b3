"""Predicts the vocoder's normalization statistics for an utterance before it is decoded.

What the layers see of an utterance follows from what goes into the first of them, and the moments
of that are known before. See tools/fit_statistics.py, which makes the data.
"""

import hashlib
import io
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from cachetools import LRUCache

from app.tts.errors import AssetError
from app.tts.model.acoustic import VOICED_ABOVE_HZ, AcousticOutput
from app.tts.model.vocoder import Statistics
from app.tts.types import Lock
from app.tts.voices.voice import Voice

STATISTICS_FILE = Path(__file__).parent.parent / "data" / "statistics.npz"
STATISTICS_SHA256 = "19694915347ca8daf164591905f05dc3892e379d401a32d6022e61f5ae70b6dc"

LEAST_VARIANCE = 0.4
"""A predicted variance is at least this share of the voice's own: it could fall below zero."""

MAX_HEARD = 64
"""Voices without shipped statistics that are remembered, 70 kB each."""

LEAST_FRAMES = 80
"""2 s of a voice: known by less, its windows are up to 6 dB from the whole; by this, 3 dB."""

ENOUGH_FRAMES = 1000
"""25 s of a voice; what it says after that changes its own statistics little."""

MIX_FRAMES = 100
"""How long a mix must speak to be known as well by that as by the voices it is made of."""

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

    frames: int = ENOUGH_FRAMES
    """Length of the utterances."""


class StatisticsPredictor:
    """Predicts the statistics of an utterance from its traits and its voice's own statistics.

    Threads may share it.
    """

    def __init__(
        self,
        norms: Sequence[str],
        projection: Floats,
        slopes: Floats,
        voices: Mapping[str, VoiceStatistics],
        new_lock: Callable[[], Lock] = threading.Lock,
    ) -> None:
        """Take what was fitted.

        `projection`, (1026, 34), reduces traits; `slopes`, (2, 34, c), say how the mean and the
        mean square of the channels change with them, whoever speaks.
        """
        self.norms = list(norms)
        """Names of the normalizations whose channels these are, in their order."""
        self._projection = projection
        self._mean_slopes, self._power_slopes = slopes
        self._shipped = voices
        self._heard: LRUCache[str, VoiceStatistics] = LRUCache(MAX_HEARD)
        self._lock = new_lock()

    @classmethod
    def load(
        cls, path: Path = STATISTICS_FILE, new_lock: Callable[[], Lock] = threading.Lock
    ) -> "StatisticsPredictor":
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
        return cls(norms, data["projection"], data["slopes"], voices, new_lock)

    def predict(self, voice: Voice, output: AcousticOutput) -> Statistics | None:
        """Return the statistics to expect, or None for a voice that too little is known of."""
        with self._lock:
            own = self._own(voice)
        if own is None or own.frames < LEAST_FRAMES:
            return None
        change = self._reduced(output) - own.traits
        shift = change @ self._mean_slopes
        variance = np.square(own.deviation)
        # Power less the square of the mean, without the squares of means, in whose rounding a small
        # variance would be lost.
        expected = variance + change @ self._power_slopes - shift * (2 * own.mean + shift)
        return Statistics(own.mean + shift, np.maximum(expected, LEAST_VARIANCE * variance))

    def observe(self, voice: Voice, output: AcousticOutput, statistics: Statistics) -> None:
        """Learn from the statistics of a whole utterance, unless enough is known of its voice."""
        if voice.id in self._shipped:
            return
        deviation = np.sqrt(np.maximum(statistics.variance, 0))
        said = VoiceStatistics(self._reduced(output), statistics.mean, deviation, output.frames)
        with self._lock:
            own = self._own(voice)
            if own is not None and own.frames >= ENOUGH_FRAMES:
                return
            self._heard[voice.id] = said if own is None else _pooled(own, said)

    def _own(self, voice: Voice) -> VoiceStatistics | None:
        """Return a voice's own statistics: a mix's from those it is made of, if all are known."""
        heard = self._heard.get(voice.id)
        if heard is not None:
            return heard
        parts = []
        for name, share in voice.shares:
            own = self._shipped.get(name) or self._heard.get(name)
            if own is None:
                return None
            parts.append((own, share))
        return _mixed(parts) if voice.mixed_from else parts[0][0]

    def _reduced(self, output: AcousticOutput) -> Floats:
        reduced: Floats = traits(output) @ self._projection
        return reduced


def _mixed(parts: Sequence[tuple[VoiceStatistics, float]]) -> VoiceStatistics:
    """Return the mean of voices, weighted by shares that sum to one."""

    def mean(name: str) -> Floats:
        total: Floats = sum(getattr(own, name) * np.float32(share) for own, share in parts)
        return total

    frames = min(MIX_FRAMES, *(own.frames for own, _ in parts))
    return VoiceStatistics(mean("traits"), mean("mean"), mean("deviation"), frames)


def _pooled(first: VoiceStatistics, second: VoiceStatistics) -> VoiceStatistics:
    """Return the statistics of all that one voice said."""
    frames = first.frames + second.frames
    share = np.float32(second.frames / frames)

    def pooled(ours: Floats, theirs: Floats) -> Floats:
        return ours + share * (theirs - ours)

    # Chan, Golub and LeVeque's update: squares of the means would drown a small variance.
    within = pooled(np.square(first.deviation), np.square(second.deviation))
    deviation = np.sqrt(within + share * (1 - share) * np.square(second.mean - first.mean))
    return VoiceStatistics(
        pooled(first.traits, second.traits), pooled(first.mean, second.mean), deviation, frames
    )


def traits(output: AcousticOutput) -> Floats:
    """Return what an utterance is known by before it is decoded, float32 (1026,).

    Mean and mean square over time of the 512 features, mean pitch in Hz, share of voiced time.
    """
    features, pitch = output.features[0], output.pitch[0]
    moments = [features.mean(axis=1), np.square(features).mean(axis=1)]
    source = [pitch.mean(), (pitch > VOICED_ABOVE_HZ).mean()]
    return np.concatenate([*moments, source]).astype(np.float32)
