"""Other ways to run the same model file in this process: kokoro-onnx, and ONNX Runtime alone."""

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import onnxruntime
from kokoro_onnx import Kokoro

from app.loading.engine import load_engine
from app.settings import Settings
from app.tts.engine import KokoroEngine
from app.tts.model.assets import cache_folder, find_model
from app.tts.model.vocabulary import Vocabulary
from app.tts.phonemes import Phonemizer
from app.tts.phonemes.spans import phonemize_spans
from app.tts.text.front_end import FrontEnd
from app.tts.text.lexicon import Lexicon
from app.tts.types import SynthesisOptions
from app.tts.voices.pack import CATALOGUE, VOICES_FILE, VoicePack
from bench.speed.client import SAMPLE_RATE, VOICE, Heard

LIBRARY = "kokoro-onnx, a library"


@contextmanager
def model_file() -> Iterator[Path]:
    """Yield the path of the shipped model as one file."""
    model = find_model(None, cache_folder())
    if model is None:
        raise RuntimeError("the benchmark needs the extra 'bundled'")
    if isinstance(model.onnx, Path):
        yield model.onnx
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "kokoro.onnx"
        path.write_bytes(model.onnx)
        yield path


class Library:
    """kokoro-onnx, called from a script."""

    def __init__(self, model: Path) -> None:
        """Load the model file and this project's voices, which equal kokoro-onnx's."""
        self._kokoro = Kokoro(str(model), str(VOICES_FILE))

    def create(self, text: str) -> Heard:
        """Speak `text`, and deliver the sound when all of it is made."""
        asked = time.perf_counter()
        samples, rate = self._kokoro.create(text, VOICE)
        return Heard.of(asked, [(time.perf_counter(), len(samples) / rate)])

    def create_stream(self, text: str) -> Heard:
        """Speak `text`, and deliver each batch of phonemes as soon as it is spoken."""
        return asyncio.run(self._create_stream(text))

    async def _create_stream(self, text: str) -> Heard:
        asked = time.perf_counter()
        arrivals = [
            (time.perf_counter(), len(samples) / rate)
            async for samples, rate in self._kokoro.create_stream(text, VOICE)
        ]
        return Heard.of(asked, arrivals)


class BareModel:
    """The model file in ONNX Runtime with its default options, and nothing else."""

    def __init__(self, model: Path) -> None:
        """Load the model file, and the front end that makes its inputs."""
        self._session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
        self._phonemizer = Phonemizer()
        self._vocabulary = Vocabulary.load()
        self._voices = VoicePack.load()
        self._front_end = FrontEnd(
            self._vocabulary.symbols, Lexicon(), True, self._phonemizer.is_installed
        )

    def run(self, text: str) -> Heard:
        """Run the model on the same tokens as this project's engine; only that is timed."""
        feeds = list(self._feeds(text))
        asked = time.perf_counter()
        arrivals = []
        for inputs in feeds:
            (samples,) = self._session.run(None, inputs)
            arrivals.append((time.perf_counter(), np.size(samples) / SAMPLE_RATE))
        return Heard.of(asked, arrivals)

    def _feeds(self, text: str) -> Iterator[dict[str, object]]:
        voice = CATALOGUE[VOICE]
        symbols = self._vocabulary.symbols
        for piece in self._front_end.read(text, voice.language):
            phonemes = phonemize_spans(piece.spans, self._phonemizer, symbols)
            for run in self._vocabulary.runs(self._vocabulary.encode(phonemes)):
                yield {
                    "tokens": np.array([[0, *run, 0]], np.int64),
                    "style": self._voices.style(voice, len(run)),
                    "speed": np.ones(1, np.float32),
                }


class Engine:
    """This project's engine, called from a script."""

    def __init__(self) -> None:
        """Load it with the default settings, but without the cache."""
        self._engine: KokoroEngine = load_engine(Settings(cache_mb=0))

    def speak(self, text: str) -> Heard:
        """Speak `text` whole."""
        asked = time.perf_counter()
        arrivals = [
            (time.perf_counter(), chunk.seconds)
            for chunk in self._engine.synthesize(text, SynthesisOptions(VOICE))
        ]
        return Heard.of(asked, arrivals)
