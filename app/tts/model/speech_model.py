"""The seam between the engine and a model, and the model that speaks only whole runs."""

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
"""Model frames in the first window of a stream: 0.4 s of audio."""


@dataclass
class StreamPacing:
    """The pacing of a stream, which keeps up with its listener."""

    listener: Listener

    window: int = FIRST_WINDOW
    """Model frames in the last window."""


@dataclass(frozen=True)
class ModelRun:
    """The input of one run of the model."""

    tokens: list[int]
    """Token ids, from 1 to 510 of them."""

    style: npt.NDArray[np.float32]
    """The style of `voice` for so many tokens, float32 (1, 256)."""

    speed: float
    """Rate of speech that the listener hears in the end."""

    voice: Voice

    pacing: StreamPacing | None = None
    """Set for a stream, which is spoken in windows as its listener needs them."""

    stop: StopSignal | None = None
    """Ends the run early."""


class SpeechModel(Protocol):
    """Tokens to samples; threads may share it."""

    @property
    def provider(self) -> str:
        """ONNX Runtime's name of the hardware that the model runs on."""

    @property
    def tells_durations(self) -> bool:
        """Whether its segments say how long each token lasts."""

    def speak(self, run: ModelRun) -> Iterator[AudioSegment]:
        """Speak a run, whole or in windows.

        Segments come at the model's own speed; their tempo makes up for the rest of the run's.
        Raises `InferenceError`, and `Stopped` when the run was stopped.
        """


class WholeModel:
    """A model file as it is, in one session."""

    tells_durations = False

    def __init__(self, session: KokoroSession) -> None:
        """Speak with `session`."""
        self._session = session

    @property
    def provider(self) -> str:
        """ONNX Runtime's name of the hardware that the model runs on."""
        return self._session.provider

    def speak(self, run: ModelRun) -> Iterator[AudioSegment]:
        """Speak a run whole, whatever its pacing; see `SpeechModel`."""
        own_speed = model_speed(run.speed)
        samples = self._session.speak(run.tokens, run.style, own_speed, run.stop)
        tempo = 1.0 if own_speed == run.speed else 1 / length_at(run.speed, 1.0, TYPICAL_AT_LIMIT)
        yield AudioSegment(samples, is_last=True, tempo=tempo)
