"""The prepared model, which speaks a run whole or, for a stream, window by window."""

import math
import threading
import time
from collections.abc import Callable, Iterator

from app.tts.audio.tempo import MODEL_LIMIT, length_at, model_speed
from app.tts.errors import AssetError
from app.tts.model.acoustic import MODEL_FRAME, AcousticModel, AcousticOutput
from app.tts.model.norm_statistics import StatisticsPredictor
from app.tts.model.prepared import PreparedGraph
from app.tts.model.session import Session, SessionOptions
from app.tts.model.speech_model import FIRST_WINDOW, ModelRun, StreamPacing
from app.tts.model.vocoder import CONTEXT, OnnxVocoder, Statistics, Vocoder
from app.tts.stop import StopSignal
from app.tts.types import SAMPLE_RATE, AudioSegment, Lock, Samples

MODEL_FRAME_SECONDS = MODEL_FRAME / SAMPLE_RATE

SHORTEST_WINDOW = 12
LONGEST_FIRST_WINDOW = 40
LONGEST_WINDOW = 80
"""Bounds of a window in model frames: at its ends, little is decoded twice."""

GROWTH_WHEN_LATE = 1.6
"""Growth of a window after one that came late: a second of audio costs more in short windows."""

ONSET = 7
"""A stream begins this many frames before the end of the first token, which is silence. Slow speech
begins to sound earlier, more than in proportion: 10 voices in 7 languages take up to 5.2 frames at
normal speed, 23 at half of it and 67 at a quarter."""

SAFETY = 1.3
"""Decoding may take this many times as long as expected before the listener hears a gap."""


class SplitModel:
    """Acoustic model and vocoder, with one copy of the weights; threads may share it."""

    tells_durations = True

    def __init__(
        self, acoustic: AcousticModel, vocoder: Vocoder, predictor: StatisticsPredictor
    ) -> None:
        """Combine the parts; a voice that the predictor does not know yet is spoken whole."""
        self.acoustic = acoustic
        self.vocoder = vocoder
        self.predictor = predictor
        self._frame_cost = MODEL_FRAME_SECONDS / 2

    @classmethod
    def load(
        cls,
        prepared: PreparedGraph,
        options: SessionOptions,
        vocoder: Vocoder | None = None,
        new_lock: Callable[[], Lock] = threading.Lock,
    ) -> "SplitModel":
        """Load both halves and the statistics; `vocoder` takes the place of ONNX Runtime's.

        Raises `AssetError` when they are damaged or do not belong together.
        """
        acoustic = AcousticModel(Session(prepared.acoustic, options))
        if vocoder is None:
            vocoder = OnnxVocoder(Session(prepared.vocoder, options))
        predictor = StatisticsPredictor.load(new_lock=new_lock)
        if predictor.norms != vocoder.norms:
            raise AssetError("The model's layers are not those that statistics are shipped for.")
        return cls(acoustic, vocoder, predictor)

    @property
    def provider(self) -> str:
        """Names of the hardware and kernels that the model runs on."""
        own, vocoder = self.acoustic.provider, self.vocoder.provider
        return own if vocoder == own else f"{own}, the vocoder on {vocoder}"

    def speak(self, run: ModelRun) -> Iterator[AudioSegment]:
        """Speak a run whole, or in windows where its listener cannot wait; see `SpeechModel`."""
        own_speed = model_speed(run.speed)
        output = self.acoustic.run(run.tokens, run.style, own_speed, run.stop)
        tempo = _tempo(output, run.speed) if own_speed != run.speed else 1.0
        statistics = None
        pacing = run.pacing
        if pacing and pacing.listener.patience() < self._time_to_decode(output.frames):
            statistics = self.predictor.predict(run.voice, output)
        if pacing is None or statistics is None:
            samples, measured = self._decode(output, run.stop)
            self.predictor.observe(run.voice, output, measured)
            yield AudioSegment(samples, is_last=True, durations=output.durations, tempo=tempo)
        else:
            yield from self.windows(output, statistics, pacing, own_speed, tempo, run.stop)

    def windows(
        self,
        output: AcousticOutput,
        statistics: Statistics,
        pacing: StreamPacing,
        speed: float = 1.0,
        tempo: float = 1.0,
        stop: StopSignal | None = None,
    ) -> Iterator[AudioSegment]:
        """Decode `output`, made at `speed`, window by window from where it begins to sound.

        Windows that will be played at a higher `tempo` are longer in proportion.
        """
        onset = math.ceil(ONSET / min(speed, 1.0) ** 2)
        end = max(0, int(output.durations[0]) - onset)
        while end < output.frames:
            start = end
            pacing.window = self._next_window(pacing, tempo)
            end = min(start + pacing.window, output.frames)
            if output.frames - end < SHORTEST_WINDOW:  # too short for a window of its own
                end = output.frames
            samples = self._decode_window(output, start, end, statistics, stop)
            yield AudioSegment(
                samples, end == output.frames, start * MODEL_FRAME, output.durations, tempo
            )

    def _next_window(self, pacing: StreamPacing, tempo: float) -> int:
        """Return how many frames can be decoded within the listener's patience."""
        patience, ran_dry = pacing.listener.patience(), pacing.listener.ran_dry
        if not patience and not ran_dry:
            # While others are served as well, the next window comes later.
            frames = min(FIRST_WINDOW * pacing.listener.sharers(), LONGEST_FIRST_WINDOW)
            return round(frames * tempo)
        frames = int(patience / self._time_to_decode(1)) - 2 * CONTEXT
        if ran_dry:
            frames = max(frames, round(pacing.window * GROWTH_WHEN_LATE))
        return min(max(frames, round(SHORTEST_WINDOW * tempo)), LONGEST_WINDOW)

    def _decode(
        self, output: AcousticOutput, stop: StopSignal | None
    ) -> tuple[Samples, Statistics]:
        started = time.monotonic()
        decoded = self.vocoder.decode(output, stop)
        self._learn_cost(output.frames, time.monotonic() - started)
        return decoded

    def _decode_window(
        self,
        output: AcousticOutput,
        start: int,
        end: int,
        statistics: Statistics,
        stop: StopSignal | None,
    ) -> Samples:
        started = time.monotonic()
        samples = self.vocoder.decode_window(output, start, end, statistics, stop)
        self._learn_cost(end - start + 2 * CONTEXT, time.monotonic() - started)
        return samples

    def _time_to_decode(self, frames: int) -> float:
        """Return the seconds that decoding `frames` may take, with a margin."""
        return frames * self._frame_cost * SAFETY

    def _learn_cost(self, frames: int, seconds: float) -> None:
        # A moving average over the last few decodings. It does no harm if one thread overwrites
        # another's measurement.
        self._frame_cost += (seconds / frames - self._frame_cost) / 4


def _tempo(output: AcousticOutput, speed: float) -> float:
    """Return how many times as fast `output`, made at speed 1, must be played for `speed`.

    How much silence will be trimmed is not known yet, so where the time scale begins, a sentence's
    length jumps by some 7 %, up or down.
    """
    at_one, at_limit = (output.speech_frames(own) for own in (1.0, MODEL_LIMIT))
    return at_one / length_at(speed, at_one, at_limit)
