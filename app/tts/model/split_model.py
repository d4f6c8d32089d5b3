"""The prepared model: speaks whole runs, or window by window while somebody waits."""

import math
import threading
import time
from collections.abc import Callable, Iterator

from app.tts.audio.tempo import MODEL_LIMIT, length_at, model_speed
from app.tts.errors import AssetError
from app.tts.model.acoustic import FRAME_SAMPLES, AcousticModel, AcousticOutput
from app.tts.model.norm_statistics import Floats, StatisticsPredictor
from app.tts.model.prepared import PreparedGraph
from app.tts.model.session import Session, SessionOptions
from app.tts.model.speech_model import FIRST_WINDOW, StreamPacing
from app.tts.model.vocoder import CONTEXT, OnnxVocoder, Statistics, Vocoder
from app.tts.stop import StopSignal
from app.tts.types import SAMPLE_RATE, AudioSegment, Lock, Samples
from app.tts.voices.voice import Voice

FRAME_SECONDS = FRAME_SAMPLES / SAMPLE_RATE

SHORTEST_WINDOW = 12
LONGEST_FIRST_WINDOW = 40
LONGEST_WINDOW = 80
"""Frames; what is decoded twice at the ends of such a window is little."""

GROWTH_WHEN_LATE = 1.6
"""How much longer the window after a late one is: short ones cost more for each second."""

ONSET = 7
"""Frames before the end of the first token, which is silence, at which a stream begins. Slow speech
begins to sound earlier, more than in proportion: 10 voices in 7 languages take up to 5.2 frames at
normal speed, 23 at half of it and 67 at a quarter."""

SAFETY = 1.3
"""How much longer than expected decoding may take before the listener hears a gap."""


class SplitModel:
    """Acoustic model and vocoder, with one copy of the weights; threads may share it."""

    tells_durations = True

    def __init__(
        self, acoustic: AcousticModel, vocoder: Vocoder, predictor: StatisticsPredictor
    ) -> None:
        """Compose them; while the predictor does not know a voice, its runs are spoken whole."""
        self.acoustic = acoustic
        self.vocoder = vocoder
        self.predictor = predictor
        self._frame_cost = FRAME_SECONDS / 2

    @classmethod
    def load(
        cls,
        prepared: PreparedGraph,
        options: SessionOptions,
        vocoder: Vocoder | None = None,
        new_lock: Callable[[], Lock] = threading.Lock,
    ) -> "SplitModel":
        """Load both halves and the statistics; a `vocoder` replaces the one that ONNX Runtime runs.

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
        """Names of the hardware or kernels that the model runs on."""
        own, vocoder = self.acoustic.provider, self.vocoder.provider
        return own if vocoder == own else f"{own}, the vocoder on {vocoder}"

    def speak(
        self,
        tokens: list[int],
        style: Floats,
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
        own_speed = model_speed(speed)
        utterance = self.acoustic.run(tokens, style, own_speed, stop)
        tempo = _tempo(utterance, speed) if own_speed != speed else 1.0
        statistics = None
        if pace and pace.listener.patience() < self._time_to_decode(utterance.frames):
            statistics = self.predictor.predict(voice, utterance)
        if pace is None or statistics is None:
            samples, measured = self._decode(utterance, stop)
            self.predictor.observe(voice, utterance, measured)
            yield AudioSegment(samples, is_last=True, durations=utterance.durations, tempo=tempo)
        else:
            yield from self.windows(utterance, statistics, pace, own_speed, tempo, stop)

    def windows(
        self,
        utterance: AcousticOutput,
        statistics: Statistics,
        pace: StreamPacing,
        speed: float = 1.0,
        tempo: float = 1.0,
        stop: StopSignal | None = None,
    ) -> Iterator[AudioSegment]:
        """Decode an utterance of a speed from where it begins to sound, window by window.

        Windows are longer by the tempo that they are to be played at.
        """
        onset = math.ceil(ONSET / min(speed, 1.0) ** 2)
        end = max(0, int(utterance.durations[0]) - onset)
        while end < utterance.frames:
            start = end
            pace.window = self._next_window(pace, tempo)
            end = min(start + pace.window, utterance.frames)
            if utterance.frames - end < SHORTEST_WINDOW:  # too little for a window of its own
                end = utterance.frames
            samples = self._decode_window(utterance, start, end, statistics, stop)
            yield AudioSegment(
                samples, end == utterance.frames, start * FRAME_SAMPLES, utterance.durations, tempo
            )

    def _next_window(self, pace: StreamPacing, tempo: float) -> int:
        """Return as many frames as the listener has the patience for."""
        patience, ran_dry = pace.listener.patience(), pace.listener.ran_dry
        if not patience and not ran_dry:
            # Where others are served as well, the next one comes later.
            frames = min(FIRST_WINDOW * pace.listener.sharers(), LONGEST_FIRST_WINDOW)
            return round(frames * tempo)
        frames = int(patience / self._time_to_decode(1)) - 2 * CONTEXT
        if ran_dry:
            frames = max(frames, round(pace.window * GROWTH_WHEN_LATE))
        return min(max(frames, round(SHORTEST_WINDOW * tempo)), LONGEST_WINDOW)

    def _decode(
        self, utterance: AcousticOutput, stop: StopSignal | None
    ) -> tuple[Samples, Statistics]:
        started = time.monotonic()
        decoded = self.vocoder.decode(utterance, stop)
        self._learn_cost(utterance.frames, time.monotonic() - started)
        return decoded

    def _decode_window(
        self,
        utterance: AcousticOutput,
        start: int,
        end: int,
        statistics: Statistics,
        stop: StopSignal | None,
    ) -> Samples:
        started = time.monotonic()
        samples = self.vocoder.decode_window(utterance, start, end, statistics, stop)
        self._learn_cost(end - start + 2 * CONTEXT, time.monotonic() - started)
        return samples

    def _time_to_decode(self, frames: int) -> float:
        """Seconds that decoding `frames` may take, with a margin."""
        return frames * self._frame_cost * SAFETY

    def _learn_cost(self, frames: int, seconds: float) -> None:
        # A moving average over the last few decodings; threads that overwrite each other's
        # measurement do no harm.
        self._frame_cost += (seconds / frames - self._frame_cost) / 4


def _tempo(utterance: AcousticOutput, speed: float) -> float:
    """Return how many times as fast an utterance of speed 1 is to be played for `speed`.

    How much silence is trimmed is not known yet, so that a sentence jumps by some 7 % in length
    where the time scale begins, one up and another down.
    """
    at_one, at_limit = (utterance.speech_frames(own) for own in (1.0, MODEL_LIMIT))
    return at_one / length_at(speed, at_one, at_limit)
