"""The acoustic model: tokens to what the vocoder speaks from, and how long each token lasts."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from app.tts.session import Session

FRAME_SAMPLES = 600
"""Samples that one frame of features becomes: 25 ms."""

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Features:
    """What the acoustic model says of one run of tokens; t frames long."""

    text: Floats
    """Aligned text features, (1, 512, t)."""

    pitch: Floats
    """Fundamental frequency in Hz, (1, 2 t)."""

    energy: Floats
    """(1, 2 t); StyleTTS 2's `N`."""

    phase: Floats
    """Phase of the nine harmonics in radians, (1, 9, 2 t)."""

    durations: Floats
    """Frames that each token lasts, (n,), with those of the padding at both ends."""

    style: Floats
    """The style vector that the run was spoken in, (1, 256)."""

    @property
    def frames(self) -> int:
        """Length in frames."""
        return int(self.text.shape[2])


class AcousticModel:
    """The first half of a prepared graph; threads may share it."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def run(self, tokens: list[int], style: Floats, speed: float) -> Features:
        """Return the features of `tokens`, at most 510 ids, in a style of float32 (1, 256).

        Raises `InferenceError` when the run fails.
        """
        feeds: dict[str, npt.NDArray[Any]] = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": style,
            "speed": np.array([speed], np.float32),
        }
        names = ("text_features", "pitch", "energy", "phase", "durations")
        text, pitch, energy, phase, durations = self._session.run(names, feeds)
        return Features(text, pitch, energy, phase, durations.reshape(-1), style)
