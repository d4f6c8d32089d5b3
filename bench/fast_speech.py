"""The length and intelligibility of speech at each speed, compared with the model alone.

Each voice speaks the same sentences, with half a second between them, in one recording. Whisper
base transcribes it, and the wrong words are counted as in intelligibility.py. Whisper can hardly
follow speech at speeds above 3, however it is made. It therefore also hears all speech at half its
speed, which shows whether the words are there at all.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import numpy as np
from faster_whisper import WhisperModel

from app.loading.engine import load_engine
from app.settings import Settings
from app.tts.audio.time_scale import TimeScaler
from app.tts.audio.trimming import silence, trimmed
from app.tts.engine import FINAL_PAUSE, KokoroEngine
from app.tts.model.split_model import SplitModel
from app.tts.types import SAMPLE_RATE, AudioSegment, Samples, SynthesisOptions
from bench.ear import ear, transcript
from bench.engines import Waiting
from bench.error_rates import fewest_errors
from bench.report import publish
from bench.window_sentences import SENTENCES

VOICES = {"af_heart": "en", "am_onyx": "en", "ef_dora": "es", "ff_siwis": "fr"}
SPEEDS = (1.0, 1.5, 2.0, 2.5, 3.0, 4.0)
TOLD = 6
"""Number of sentences for each voice."""

PAUSE = silence(0.5)


def main() -> None:
    """Speak and listen, and publish a row for each voice and speed."""
    engine = load_engine(Settings(cache_mb=0))
    listener = ear()
    rows = []
    for voice, language in VOICES.items():
        texts = SENTENCES[language][:TOLD]
        normal: list[float] = []
        for speed in SPEEDS:
            whole = [_ours(engine, voice, text, speed) for text in texts]
            streamed = [_ours(engine, voice, text, speed, Waiting()) for text in texts]
            alone = [_model_alone(engine, voice, text, speed) for text in texts]
            seconds = [sum(map(len, said)) / SAMPLE_RATE for said in (whole, streamed, alone)]
            normal = normal or seconds
            row: list[object] = [voice, speed, f"{seconds[0]:.2f}"]
            row += [f"{now / then:.3f}" for now, then in zip(seconds, normal, strict=True)]
            for said in (whole, alone):
                row += [_misheard(listener, said, texts, language)]
                row += [_misheard(listener, list(map(_slowed, said)), texts, language)]
            print(row, file=sys.stderr)
            rows.append(row)
    header = ["voice", "speed", "seconds", "of those at 1", "streamed", "model alone"]
    header += ["misheard", "at half its speed", "model alone misheard", "at half its speed"]
    publish("fast_speech", "Speech at each speed", header, rows)


def _misheard(listener: WhisperModel, said: list[Samples], texts: list[str], language: str) -> str:
    """Return the share of words that are misheard."""
    recording = np.concatenate([samples for part in said for samples in (PAUSE, part)])
    heard = transcript(listener, recording, language)
    return f"{fewest_errors([' '.join(texts)], heard, language, str.split).rate:.0%}"


def _slowed(samples: Samples) -> Samples:
    scaler = TimeScaler(0.5)
    return np.concatenate([scaler.feed(samples), scaler.finish()])


def _ours(
    engine: KokoroEngine, voice: str, text: str, speed: float, listener: Waiting | None = None
) -> Samples:
    chunks = engine.synthesize(text, SynthesisOptions(voice, speed), listener)
    return np.concatenate([chunk.samples for chunk in chunks])


def _model_alone(engine: KokoroEngine, voice_id: str, text: str, speed: float) -> Samples:
    """Speak with the model's own speed, and the same final pause at every speed."""
    assert isinstance(engine.model, SplitModel)
    voice = engine.catalogue.find(voice_id)
    tokens = engine.vocabulary.encode(engine.phonemizer.phonemize(text, voice.language))
    style = engine.voices.style(voice, len(tokens))
    samples, _ = engine.model.vocoder.decode(engine.model.acoustic.run(tokens, style, speed))
    (segment,) = trimmed([AudioSegment(samples, is_last=True)])
    return np.concatenate([segment.samples, silence(FINAL_PAUSE)])


if __name__ == "__main__":
    main()
