"""Builds an engine from the files of a model."""

import threading
from collections.abc import Callable

from app.tts.cache import SentenceCache
from app.tts.counts import EngineCounts
from app.tts.engine import KokoroEngine
from app.tts.model.assets import ModelFile
from app.tts.model.prepared import PreparedGraph
from app.tts.model.session import KokoroSession, SessionOptions
from app.tts.model.speech_model import SpeechModel, WholeModel
from app.tts.model.split_model import SplitModel
from app.tts.model.vocabulary import Vocabulary
from app.tts.phonemes import Phonemizer
from app.tts.text.front_end import FrontEnd
from app.tts.text.lexicon import Lexicon
from app.tts.types import Lock
from app.tts.vocoder.native_vocoder import NativeVocoder
from app.tts.vocoder.thread_pool import StartThread, start_thread
from app.tts.vocoder.vocoder_files import VocoderFiles
from app.tts.voices import VoiceCatalogue
from app.tts.voices.pack import VoicePack


def build_engine(
    model: ModelFile,
    prepared: PreparedGraph | None = None,
    vocoder_files: VocoderFiles | None = None,
    *,
    catalogue: VoiceCatalogue | None = None,
    acceleration: str = "auto",
    threads: int | None = None,
    cache_bytes: int = 0,
    lexicon: Lexicon | None = None,
    reads_markdown: bool = True,
    new_lock: Callable[[], Lock] = threading.Lock,
    start_thread: StartThread = start_thread,
    counts: EngineCounts | None = None,
) -> KokoroEngine:
    """Load the voices and `model`, or the files made from it: `prepared` and `vocoder_files`.

    Without a `catalogue`, the voices are those of the pack. Inference takes as many `threads`, by
    default one for each core. Languages load when they are first spoken. Events are counted in
    `counts`. `new_lock` and `start_thread` make native locks and threads. Raises `AssetError` when
    a file is damaged or not of the kind it should be.
    """
    options = SessionOptions(acceleration, threads)
    vocabulary = Vocabulary.load()
    phonemizer = Phonemizer(new_lock)
    catalogue = catalogue or VoiceCatalogue()
    return KokoroEngine(
        FrontEnd(vocabulary.symbols, lexicon or Lexicon(), reads_markdown, phonemizer.is_installed),
        phonemizer,
        vocabulary,
        catalogue,
        VoicePack.load(others=catalogue.custom_styles),
        load_speech_model(model, prepared, vocoder_files, options, new_lock, start_thread),
        SentenceCache(cache_bytes, new_lock),
        f"the {'model' if prepared is None else 'prepared model'} ({model.origin})",
        counts or EngineCounts(new_lock),
    )


def load_speech_model(
    model: ModelFile,
    prepared: PreparedGraph | None,
    vocoder_files: VocoderFiles | None,
    options: SessionOptions,
    new_lock: Callable[[], Lock] = threading.Lock,
    start_thread: StartThread = start_thread,
) -> SpeechModel:
    """Load `model` as it is, or the files made from it: `prepared` and `vocoder_files`.

    Raises `AssetError` when a file is damaged or not of the kind it should be.
    """
    if prepared is None:
        return WholeModel(KokoroSession(model.onnx, options))
    vocoder = None
    if vocoder_files is not None:
        vocoder = NativeVocoder(vocoder_files.load(), options.cores, new_lock, start_thread)
    return SplitModel.load(prepared, options, vocoder, new_lock)
