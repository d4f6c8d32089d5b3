"""Two front ends for the same model: ours, and kokoro-onnx's own."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from kokoro_onnx.chunker import pause_after, split_phonemes
from kokoro_onnx.config import MAX_PHONEME_LENGTH
from kokoro_onnx.tokenizer import Tokenizer

from app.tts.audio.trimming import silence, trimmed
from app.tts.engine import FINAL_PAUSE, KokoroEngine
from app.tts.model.speech_model import ModelRun
from app.tts.types import Samples, SynthesisOptions
from app.tts.voices.pack import CATALOGUE

Speak = Callable[[str, str], Samples]
"""Speaks a text with the voice of an id."""

SENTENCE_PAUSE, CLAUSE_PAUSE = 0.25, 0.1
"""The pauses of kokoro-onnx's `create` between the parts of a long text, in seconds."""


@dataclass(frozen=True)
class Reader:
    """The voices of a language, and its name in espeak-ng."""

    espeak: str
    """espeak-ng's name of the language, for kokoro-onnx."""

    voices: tuple[str, ...]


READERS = {
    "en-US": Reader("en-us", ("af_heart", "am_michael")),
    "en-GB": Reader("en-gb", ("bf_emma", "bm_george")),
    "es": Reader("es", ("ef_dora", "em_alex")),
    "fr": Reader("fr-fr", ("ff_siwis",)),
    "hi": Reader("hi", ("hf_alpha", "hm_omega")),
    "it": Reader("it", ("if_sara", "im_nicola")),
    "ja": Reader("ja", ("jf_alpha", "jm_kumo")),
    "pt-BR": Reader("pt-br", ("pf_dora", "pm_alex")),
    "zh": Reader("cmn", ("zf_xiaobei", "zm_yunxi")),
}


def ours(engine: KokoroEngine) -> Speak:
    """Return a function that speaks like the server, unstreamed."""

    def speak(text: str, voice: str) -> Samples:
        chunks = engine.synthesize(text, SynthesisOptions(voice))
        return np.concatenate([chunk.samples for chunk in chunks])

    return speak


def kokoro_onnx(engine: KokoroEngine, language: str) -> Speak:
    """Return a function that treats text like kokoro-onnx's `create`, but uses `engine`'s model.

    `language` is espeak-ng's name. A text without phonemes is silent.
    """
    tokenizer = Tokenizer()

    def speak(text: str, voice: str) -> Samples:
        phonemes = " ".join(tokenizer.phonemize(text, language).split())
        parts = []
        for part in split_phonemes(phonemes, MAX_PHONEME_LENGTH):
            pause = silence(pause_after(part, SENTENCE_PAUSE, CLAUSE_PAUSE))
            parts += [_speak_phonemes(engine, part, voice), pause]
        return np.concatenate([*parts[:-1], silence(FINAL_PAUSE)])

    return speak


def _speak_phonemes(engine: KokoroEngine, phonemes: str, voice_id: str) -> Samples:
    voice = CATALOGUE[voice_id]
    tokens = engine.vocabulary.encode(phonemes)
    if not tokens:
        return silence(0)
    style = engine.voices.style(voice, len(tokens))
    segments = trimmed(engine.model.speak(ModelRun(tokens, style, 1.0, voice)))
    return np.concatenate([silence(0), *(segment.samples for segment in segments)])
