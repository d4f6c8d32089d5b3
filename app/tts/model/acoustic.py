"""The acoustic model: from tokens to the vocoder's input and the duration of each token."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from app.tts.model.session import Session
from app.tts.stop import StopSignal

MODEL_FRAME = 600
"""Samples made from one frame of features: 25 ms."""

VOICED_ABOVE_HZ = 10.0
"""Pitch above which Kokoro's source is periodic (StyleTTS 2's Generator, `voiced_threshod`)."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class AcousticOutput:
    """The result of one run of the acoustic model, t frames long."""

    features: Floats
    """Input of the vocoder's generator, (1, 512, 2 t)."""

    pitch: Floats
    """Fundamental frequency in Hz, (1, 2 t)."""

    phase: Floats
    """Phase of the nine harmonics in radians, (1, 9, 2 t)."""

    durations: Floats
    """Frames that each token lasts, (n,), with the padding at both ends."""

    unrounded_durations: Floats
    """Frames that each token would last at speed 1 before rounding, (n,)."""

    style: Floats
    """The style vector of the run, (1, 256)."""

    @property
    def frames(self) -> int:
        """Length in frames."""
        return len(self.pitch[0]) // 2

    def speech_frames(self, speed: float) -> float:
        """Return the frames that all tokens but the padding would last at a speed of the model."""
        # The model rounds half to even, too.
        frames = np.maximum(np.round(self.unrounded_durations[1:-1] / speed), 1)
        return float(frames.sum())


class AcousticModel:
    """The first half of a prepared graph; threads may share it."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.provider = session.provider

    def run(
        self, tokens: list[int], style: Floats, speed: float, stop: StopSignal | None = None
    ) -> AcousticOutput:
        """Run the model on `tokens`, at most 510 ids, in a style of float32 (1, 256).

        Raises `InferenceError` when the run fails, and `Stopped` when `stop` ended it.
        """
        feeds: dict[str, npt.NDArray[Any]] = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": style,
            "speed": np.array([speed], np.float32),
        }
        names = ("features", "pitch", "phase", "durations", "unrounded_durations")
        features, pitch, phase, *durations = self._session.run(names, feeds, stop)
        rounded, unrounded = (values.reshape(-1) for values in durations)
        return AcousticOutput(features, pitch, phase, rounded, unrounded, style)
