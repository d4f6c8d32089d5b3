"""Predicts the vocoder's normalization statistics for a run before the vocoder has heard it.

A mean over time is a sum over frames, so it is linear in how much of the run is pause, vowel and
so on, which the durations tell. See tools/fit_statistics.py, which makes the data.
"""

import hashlib
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from app.tts.acoustic import Features
from app.tts.errors import AssetError
from app.tts.tokens import Vocabulary
from app.tts.vocoder import Statistics

STATISTICS_FILE = Path(__file__).parent / "data" / "statistics.npz"
STATISTICS_SHA256 = "15589ca0705d2c2b2600b206ea076946c39d4d9cf32769ac2ceacc7d0721b26f"

LEAST_VARIANCE = 0.4
"""A predicted variance is at least this share of the voice's own: it could fall below zero."""

Floats = npt.NDArray[np.float32]

_VOWELS = "AIOQWYaeiouyæɐɑɒɔɘəɚɛɜɞɤɨɪɯɵøœɶʉʊʌᵊᵻɝ"
_SONORANTS = "bdgjlmnvwzðŋɖɟɡɣɥɦɫɬɭɰɱɲɳɴɹɺɻɽɾʀʁʎʐʑʒʝʤʥʣʋʙβɓɗɠɮ"
_PAUSES = ';:,.!?¡¿—…"()“”«»'
_LENGTHENING = "ˈˌːˑʰʲʷ˞ˠˤ̃↓↑→↗↘ꜛꜜ"
CLASSES = ("pause", "vowel", "sonorant", "obstruent", "space")


class SoundClasses:
    """Tells pauses, vowels, sonorants, obstruents and spaces apart by their token ids."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        kinds = dict.fromkeys(vocabulary.encode(_VOWELS), CLASSES.index("vowel"))
        kinds |= dict.fromkeys(vocabulary.encode(_SONORANTS), CLASSES.index("sonorant"))
        kinds |= dict.fromkeys(vocabulary.encode(_PAUSES), CLASSES.index("pause"))
        kinds |= dict.fromkeys(vocabulary.encode(" "), CLASSES.index("space"))
        self._kinds = kinds
        self._lengthening = set(vocabulary.encode(_LENGTHENING))

    def shares(self, tokens: Sequence[int], durations: Floats) -> Floats:
        """Return the share of each class in the frames of a run, float32 (5,).

        `durations` are frames, (n + 2,), with those of the padding. Marks of stress and length
        count as the sound before them.
        """
        frames = np.zeros(len(CLASSES), np.float32)
        kind = CLASSES.index("pause")
        frames[kind] += durations[0] + durations[-1]
        for token, duration in zip(tokens, durations[1:-1], strict=True):
            if token not in self._lengthening:
                kind = self._kinds.get(token, CLASSES.index("obstruent"))
            frames[kind] += duration
        shares: Floats = frames / frames.sum()
        return shares


def traits(classes: SoundClasses, tokens: Sequence[int], features: Features) -> Floats:
    """Return what the statistics of a run depend on, float32 (7,).

    The shares of the five classes of sounds, the mean pitch in Hz and the mean energy.
    """
    shares = classes.shares(tokens, features.durations)
    return np.append(shares, [features.pitch.mean(), features.energy.mean()]).astype(np.float32)


@dataclass(frozen=True)
class VoiceStatistics:
    """A voice's own statistics, over some runs that it spoke."""

    traits: Floats
    """Mean of the `traits` of those runs, (7,)."""

    mean: Floats
    """Mean of every channel, (c,)."""

    deviation: Floats
    """Standard deviation of every channel, (c,)."""


class StatisticsPredictor:
    """Predicts the statistics of a run from its traits and its voice's own statistics."""

    def __init__(
        self,
        norms: Sequence[str],
        slopes: Floats,
        voices: Mapping[str, VoiceStatistics],
        classes: SoundClasses,
    ) -> None:
        """Take what was fitted: `slopes` of float32 (2, 7, c), for the mean and the power."""
        self.norms = list(norms)
        """Names of the normalizations whose channels these are, in their order."""
        self._mean_slopes, self._power_slopes = slopes
        self._voices = dict(voices)
        self._classes = classes

    @classmethod
    def load(cls, classes: SoundClasses, path: Path = STATISTICS_FILE) -> "StatisticsPredictor":
        """Read what the package ships; raises `AssetError` when it is missing or damaged."""
        try:
            content = path.read_bytes()
        except OSError as error:
            raise AssetError(f"The file {path} cannot be read: {error.strerror}.") from error
        if hashlib.sha256(content).hexdigest() != STATISTICS_SHA256:
            raise AssetError(f"The file {path} is damaged: install the package again.")
        with np.load(io.BytesIO(content)) as arrays:
            data = {name: arrays[name] for name in arrays}
        voices = {
            str(name): VoiceStatistics(*(values.astype(np.float32) for values in statistics))
            for name, *statistics in zip(
                data["voices"], data["traits"], data["mean"], data["deviation"], strict=True
            )
        }
        return cls(data["norms"].tolist(), data["slopes"].astype(np.float32), voices, classes)

    def predict(self, voice: str, tokens: Sequence[int], features: Features) -> Statistics | None:
        """Return the statistics to expect of a run, or None for a voice never heard of."""
        own = self._voices.get(voice)
        if own is None:
            return None
        change = traits(self._classes, tokens, features) - own.traits
        own_variance = np.square(own.deviation)
        mean = own.mean + change @ self._mean_slopes
        power = own_variance + np.square(own.mean) + change @ self._power_slopes
        variance = np.maximum(power - np.square(mean), LEAST_VARIANCE * own_variance)
        return Statistics(mean, variance)

    def observe(
        self, voice: str, tokens: Sequence[int], features: Features, statistics: Statistics
    ) -> None:
        """Remember the statistics of a whole run of a voice that comes without any."""
        self._voices.setdefault(
            voice,
            VoiceStatistics(
                traits(self._classes, tokens, features),
                statistics.mean,
                np.sqrt(np.maximum(statistics.variance, 0)),
            ),
        )

    def mix(self, voice: str, weights: Mapping[str, float]) -> None:
        """Add a voice whose style is the sum of others' times `weights`, which sum to one."""
        parts = [(self._voices[name], weight) for name, weight in weights.items()]
        self._voices[voice] = VoiceStatistics(
            *(
                np.sum([getattr(own, name) * weight for own, weight in parts], axis=0)
                for name in ("traits", "mean", "deviation")
            )
        )
