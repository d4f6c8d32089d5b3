"""Text to speech: the parts of `app.tts`, composed."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from app.tts.assets import ModelFile
from app.tts.cache import SentenceCache
from app.tts.errors import InputError
from app.tts.joins import silence, trimmed
from app.tts.languages import LANGUAGES
from app.tts.phonemes import Phonemizer
from app.tts.prepared import PreparedGraph
from app.tts.session import KokoroSession, SessionOptions
from app.tts.speech_model import Pace, SpeechModel, WholeModel
from app.tts.split_model import SplitModel
from app.tts.text.clean import clean, is_speakable
from app.tts.text.split import SENTENCE_PAUSE, Piece, split
from app.tts.tokens import Vocabulary
from app.tts.types import AudioChunk, Listener, Lock, Samples, Stretch, SynthesisOptions
from app.tts.voices import Voice, VoicePack, find_voice

FINAL_PAUSE = 0.2
"""Silence at the end of the utterance in seconds: players cut off the last few milliseconds."""


@dataclass(frozen=True)
class KokoroEngine:
    """Speaks text with Kokoro-82M; threads may share it."""

    phonemizer: Phonemizer
    vocabulary: Vocabulary
    voices: VoicePack
    model: SpeechModel
    cache: SentenceCache
    description: str
    """What the model is and where it came from, for people."""

    def __str__(self) -> str:
        return f"{self.description}, on {self.model.provider}"

    @classmethod
    def load(
        cls,
        model: ModelFile,
        prepared: PreparedGraph | None = None,
        *,
        acceleration: str = "auto",
        parallel_runs: int = 1,
        cache_bytes: int = 0,
        new_lock: Callable[[], Lock] = threading.Lock,
    ) -> "KokoroEngine":
        """Load `model`, or what was prepared from it, the voices and the vocabulary.

        Languages load when first spoken. Raises `AssetError` when something is damaged or not
        what it should be.
        """
        vocabulary = Vocabulary.load()
        options = SessionOptions(acceleration, parallel_runs)
        speech_model: SpeechModel
        if prepared is None:
            speech_model = WholeModel(KokoroSession(model.onnx, options))
        else:
            speech_model = SplitModel.load(prepared, options)
        return cls(
            Phonemizer(new_lock),
            vocabulary,
            VoicePack.load(),
            speech_model,
            SentenceCache(cache_bytes, new_lock),
            f"the {'model' if prepared is None else 'prepared model'} ({model.origin})",
        )

    def synthesize(
        self, text: str, options: SynthesisOptions, listener: Listener | None = None
    ) -> Iterator[AudioChunk]:
        """Speak `text`; each chunk is computed when it is asked for.

        A chunk is a sentence; with a `listener`, a shorter stretch where a sentence would come too
        late. Raises `InputError` when the voice, its language or the text cannot be spoken, and
        `InferenceError` when the model fails; nothing is ever left out.
        """
        voice = find_voice(options.voice)
        pace = None if listener is None else Pace(listener)
        pieces = split(clean(text)) or [Piece("", SENTENCE_PAUSE)]
        for number, piece in enumerate(pieces, 1):
            is_last = number == len(pieces)
            pause = silence(FINAL_PAUSE if is_last else piece.pause / options.speed)
            for stretch in self._speak(piece.text, voice, options.speed, pace):
                ends = stretch.is_last
                samples = np.concatenate([stretch.samples, pause]) if ends else stretch.samples
                yield AudioChunk(samples, is_last=is_last and ends)

    def warm_up(self) -> None:
        """Speak a word to nobody, not from the cache, and set up the base install's languages.

        Setting one up blocks the whole process for a moment, which nobody notices at the start.
        """
        for language in LANGUAGES.values():
            if language.extra is None:
                self.phonemizer.phonemize("1", language)
        for _ in self._compute("Hello.", find_voice("af_heart"), 1.0, None):
            pass

    def _speak(self, text: str, voice: Voice, speed: float, pace: Pace | None) -> Iterator[Stretch]:
        """Speak a piece, trimmed, from the cache where that has it."""
        if not is_speakable(text):
            yield Stretch(silence(0), is_last=True)
            return
        kept = self._kept(text, voice, speed, pace)
        if kept is not None:
            yield Stretch(kept, is_last=True)
            return
        made = []
        for stretch in self._compute(text, voice, speed, pace):
            made.append(stretch.samples)
            if stretch.is_last:  # before it is handed out: nobody asks for more after that
                self.cache.put((text, voice.id, speed, pace is not None), np.concatenate(made))
            yield stretch

    def _kept(self, text: str, voice: Voice, speed: float, pace: Pace | None) -> Samples | None:
        """Return a piece from the cache; one made for a stream is good enough for another."""
        kept = self.cache.get((text, voice.id, speed, False))
        if kept is None and pace is not None:
            kept = self.cache.get((text, voice.id, speed, True))
        return kept

    def _compute(
        self, text: str, voice: Voice, speed: float, pace: Pace | None
    ) -> Iterator[Stretch]:
        tokens = self.vocabulary.encode(self.phonemizer.phonemize(text, voice.language))
        if not tokens:
            raise InputError(
                f"{voice.language.name} has no sounds for a part of the input.", field="input"
            )
        runs = list(self.vocabulary.runs(tokens))
        for number, run in enumerate(runs, 1):
            style = self.voices.style(voice, len(run))
            stretches = self.model.speak(run, style, speed, voice.id, pace)
            for stretch in trimmed(stretches):
                yield Stretch(stretch.samples, stretch.is_last and number == len(runs))
