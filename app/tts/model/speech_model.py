"""What the engine asks of a model, and the model that speaks only whole runs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from app.tts.audio.tempo import TYPICAL_AT_LIMIT, length_at, model_speed
from app.tts.model.session import KokoroSession
from app.tts.stop import StopSignal
from app.tts.types import AudioSegment, Listener
from app.tts.voices.voice import Voice

FIRST_WINDOW = 16
"""Frames of a stream's first window: 0.4 s of audio."""


@dataclass
class StreamPacing:
    """How a stream keeps up with its listener."""

    listener: Listener

    window: int = FIRST_WINDOW
    """Frames of the last window."""


class SpeechModel(Protocol):
    """Tokens to samples; threads may share it."""

    @property
    def provider(self) -> str:
        """ONNX Runtime's name of what the model runs on."""

    @property
    def tells_durations(self) -> bool:
        """Whether its stretches say how long each token lasts."""

    def speak(
        self,
        tokens: list[int],
        style: npt.NDArray[np.float32],
        speed: float,
        voice: Voice,
        pace: StreamPacing | None,
        stop: StopSignal | None = None,
    ) -> Iterator[AudioSegment]:
        """Speak a run of at most 510 tokens: at once, or for a `pace` as its listener needs it.

        `style` is float32 (1, 256) and that of `voice`. Stretches come at the model's own speed,
        and their tempo makes up for the rest of `speed`. Raises `InferenceError`, and `Stopped`
        when `stop` ended it.
        """


class WholeModel:
    """A model file as it is, in one session."""

    tells_durations = False

    def __init__(self, session: KokoroSession) -> None:
        """Speak with `session`."""
        self._session = session

    @property
    def provider(self) -> str:
        """ONNX Runtime's name of what the model runs on."""
        return self._session.provider

    def speak(
        self,
        tokens: list[int],
        style: npt.NDArray[np.float32],
        speed: float,
        voice: Voice,
        pace: StreamPacing | None,
        stop: StopSignal | None = None,
    ) -> Iterator[AudioSegment]:
        """Speak a run at once, whatever the pace."""
        own_speed = model_speed(speed)
        samples = self._session.speak(tokens, style, own_speed, stop)
        tempo = 1.0 if own_speed == speed else 1 / length_at(speed, 1.0, TYPICAL_AT_LIMIT)
        yield AudioSegment(samples, is_last=True, tempo=tempo)
