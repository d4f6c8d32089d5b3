"""Predicts the vocoder's normalization statistics for a run before it is decoded.

The input of every layer follows from that of the first, whose moments are known beforehand. See
tools/fit_statistics.py, which makes the data.
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
"""Lower bound of a predicted variance, as a share of the voice's own: it could fall below zero."""

MAX_HEARD = 64
"""Most voices without shipped statistics that are remembered, 70 kB each."""

LEAST_FRAMES = 80
"""Frames needed of a voice: after 2 s, its windows are 3 dB from the whole; before, up to 6 dB."""

ENOUGH_FRAMES = 1000
"""Frames after which a voice's own statistics change little: 25 s."""

MIX_FRAMES = 100
"""Frames after which a mix is known by its own speech as well as by that of its voices."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class VoiceStatistics:
    """A voice's own statistics, over some of its runs."""

    traits: Floats
    """Mean of the runs' traits, reduced as by the predictor, (34,)."""

    mean: Floats
    """Mean of every channel, (c,)."""

    deviation: Floats
    """Standard deviation of every channel, (c,)."""

    frames: int = ENOUGH_FRAMES
    """Total length of the runs."""


class StatisticsPredictor:
    """Predicts the statistics of a run from its traits and its voice's own statistics.

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
        """Take the fitted data.

        `projection`, (1026, 34), reduces traits; `slopes`, (2, 34, c), say how the mean and the
        mean square of the channels change with reduced traits in every voice.
        """
        self.norms = list(norms)
        """Names of the normalizations, in the order of their channels."""
        self._projection = projection
        self._mean_slopes, self._power_slopes = slopes
        self._shipped = voices
        self._heard: LRUCache[str, VoiceStatistics] = LRUCache(MAX_HEARD)
        self._lock = new_lock()

    @classmethod
    def load(
        cls, path: Path = STATISTICS_FILE, new_lock: Callable[[], Lock] = threading.Lock
    ) -> "StatisticsPredictor":
        """Read the statistics shipped with the package.

        Raises `AssetError` when they are missing or damaged.
        """
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
        """Return the expected statistics, or None if too little is known of the voice."""
        with self._lock:
            own = self._own(voice)
        if own is None or own.frames < LEAST_FRAMES:
            return None
        change = self._reduced(output) - own.traits
        shift = change @ self._mean_slopes
        variance = np.square(own.deviation)
        # Power minus the square of the mean, but computed without the squares of means, whose
        # rounding would drown a small variance.
        expected = variance + change @ self._power_slopes - shift * (2 * own.mean + shift)
        return Statistics(own.mean + shift, np.maximum(expected, LEAST_VARIANCE * variance))

    def observe(self, voice: Voice, output: AcousticOutput, statistics: Statistics) -> None:
        """Learn from the statistics of a whole run, unless enough is known of its voice."""
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
        """Return a voice's own statistics; a mix's come from its voices, if all are known."""
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
    """Return the mean of voices' statistics, weighted by shares that sum to one."""

    def mean(name: str) -> Floats:
        total: Floats = sum(getattr(own, name) * np.float32(share) for own, share in parts)
        return total

    frames = min(MIX_FRAMES, *(own.frames for own, _ in parts))
    return VoiceStatistics(mean("traits"), mean("mean"), mean("deviation"), frames)


def _pooled(first: VoiceStatistics, second: VoiceStatistics) -> VoiceStatistics:
    """Return one voice's statistics over both."""
    frames = first.frames + second.frames
    share = np.float32(second.frames / frames)

    def pooled(ours: Floats, theirs: Floats) -> Floats:
        return ours + share * (theirs - ours)

    # The update of Chan, Golub and LeVeque: squares of the means would drown a small variance.
    within = pooled(np.square(first.deviation), np.square(second.deviation))
    deviation = np.sqrt(within + share * (1 - share) * np.square(second.mean - first.mean))
    return VoiceStatistics(
        pooled(first.traits, second.traits), pooled(first.mean, second.mean), deviation, frames
    )


def traits(output: AcousticOutput) -> Floats:
    """Return the traits of a run, known before it is decoded, float32 (1026,).

    They are the mean and mean square over time of the 512 features, the mean pitch in Hz, and the
    share of voiced time.
    """
    features, pitch = output.features[0], output.pitch[0]
    moments = [features.mean(axis=1), np.square(features).mean(axis=1)]
    source = [pitch.mean(), (pitch > VOICED_ABOVE_HZ).mean()]
    return np.concatenate([*moments, source]).astype(np.float32)
