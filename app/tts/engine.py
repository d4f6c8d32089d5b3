"""Text to speech: the parts of `app.tts`, composed."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from app.tts.assets import ModelFile
from app.tts.errors import InputError
from app.tts.joins import silence, trim
from app.tts.languages import LANGUAGES
from app.tts.phonemes import Lock, Phonemizer
from app.tts.session import KokoroSession
from app.tts.text.clean import clean, is_speakable
from app.tts.text.split import SENTENCE_PAUSE, Piece, split
from app.tts.tokens import Vocabulary
from app.tts.types import AudioChunk, Samples, SynthesisOptions
from app.tts.voices import Voice, VoicePack, find_voice

FINAL_PAUSE = 0.2
"""Silence at the end of the utterance in seconds: players cut off the last few milliseconds."""


@dataclass(frozen=True)
class KokoroEngine:
    """Speaks text with Kokoro-82M; threads may share it."""

    phonemizer: Phonemizer
    vocabulary: Vocabulary
    voices: VoicePack
    session: KokoroSession
    origin: str
    """Where the model came from, for people."""

    def __str__(self) -> str:
        return f"the model ({self.origin}) on {self.session.provider}"

    @classmethod
    def load(
        cls,
        model: ModelFile,
        *,
        acceleration: str = "auto",
        parallel_runs: int = 1,
        new_lock: Callable[[], Lock] = threading.Lock,
    ) -> "KokoroEngine":
        """Load the model, the voices and the vocabulary; languages load when first spoken.

        Raises `AssetError` when one of them is damaged or not what it should be.
        """
        session = KokoroSession(model.onnx, acceleration=acceleration, parallel_runs=parallel_runs)
        return cls(Phonemizer(new_lock), Vocabulary.load(), VoicePack.load(), session, model.origin)

    def synthesize(self, text: str, options: SynthesisOptions) -> Iterator[AudioChunk]:
        """Speak `text` piece by piece; each chunk is computed when it is asked for.

        Raises `InputError` when the voice, its language or the text cannot be spoken, and
        `InferenceError` when the model fails; no piece is ever left out.
        """
        voice = find_voice(options.voice)
        pieces = split(clean(text)) or [Piece("", SENTENCE_PAUSE)]
        for number, piece in enumerate(pieces, 1):
            is_last = number == len(pieces)
            pause = FINAL_PAUSE if is_last else piece.pause / options.speed
            speech = self._speak(piece.text, voice, options.speed)
            yield AudioChunk(np.concatenate([*speech, silence(pause)]), is_last=is_last)

    def warm_up(self) -> None:
        """Speak a word to nobody, and set up every language of the base install.

        Setting one up blocks the whole process for a moment, which nobody notices at the start.
        """
        for language in LANGUAGES.values():
            if language.extra is None:
                self.phonemizer.phonemize("1", language)
        for _ in self.synthesize("Hello.", SynthesisOptions(voice="af_heart")):
            pass

    def _speak(self, text: str, voice: Voice, speed: float) -> Iterator[Samples]:
        if not is_speakable(text):
            return
        phonemes = self.phonemizer.phonemize(text, voice.language)
        tokens = self.vocabulary.encode(phonemes)
        if not tokens:
            raise InputError(
                f"{voice.language.name} has no sounds for a part of the input.", field="input"
            )
        for run in self.vocabulary.runs(tokens):
            yield trim(self.session.run(run, self.voices.style(voice, len(run)), speed))
