"""The prepared model in this process, without a server: its halves and their inputs."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.loading.model_files import get_model, get_prepared
from app.loading.vocoder_files import get_vocoder_files
from app.settings import Settings
from app.tts.model.prepared import PreparedGraph
from app.tts.model.session import Session, SessionOptions
from app.tts.model.split_model import SplitModel
from app.tts.model.vocabulary import Vocabulary
from app.tts.model.vocoder import OnnxVocoder
from app.tts.phonemes import Phonemizer
from app.tts.phonemes.spans import phonemize_spans
from app.tts.text.front_end import FrontEnd
from app.tts.text.lexicon import Lexicon
from app.tts.vocoder.native_vocoder import NativeVocoder
from app.tts.vocoder.vocoder_files import VocoderFiles
from app.tts.voices.pack import CATALOGUE, VoicePack
from bench.speed.client import VOICE


@dataclass(frozen=True)
class Run:
    """A text as input of the acoustic model."""

    tokens: list[int]
    style: npt.NDArray[np.float32]


@dataclass(frozen=True)
class Files:
    """The prepared model, and the files of our own vocoder."""

    prepared: PreparedGraph
    vocoder: VocoderFiles

    @classmethod
    def find(cls) -> "Files":
        """Find or build the files; raises `AssetError` if our own vocoder cannot run."""
        settings = Settings(precision="fp32", vocoder="native", acceleration="cpu")
        prepared = get_prepared(get_model(settings), settings)
        vocoder = get_vocoder_files(prepared, settings)
        assert prepared is not None
        assert vocoder is not None
        return cls(prepared, vocoder)

    def load(self, threads: int) -> SplitModel:
        """Load the model like the server, with a number of threads."""
        options = _options(threads)
        vocoder = NativeVocoder(self.vocoder.load(), options.cores)
        return SplitModel.load(self.prepared, options, vocoder)

    def load_onnx_vocoder(self, threads: int) -> OnnxVocoder:
        """Load the vocoder on ONNX Runtime."""
        return OnnxVocoder(Session(self.prepared.vocoder, _options(threads)))


def _options(threads: int) -> SessionOptions:
    return SessionOptions("cpu", threads=threads)


def read(text: str) -> Run:
    """Return the model's input for a text of one sentence."""
    phonemizer, vocabulary, voice = Phonemizer(), Vocabulary.load(), CATALOGUE[VOICE]
    front_end = FrontEnd(vocabulary.symbols, Lexicon(), True, phonemizer.is_installed)
    (piece,) = front_end.read(text, voice.language)
    phonemes = phonemize_spans(piece.spans, phonemizer, vocabulary.symbols)
    (tokens,) = vocabulary.runs(vocabulary.encode(phonemes))
    return Run(tokens, VoicePack.load().style(voice, len(tokens)))


def seconds(task: Callable[[], object]) -> float:
    """Return the seconds that a task takes."""
    started = time.perf_counter()
    task()
    return time.perf_counter() - started
