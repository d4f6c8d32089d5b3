"""From settings to a loaded engine, for the server and for the command line."""

import logging

from app.loading.allocator import give_back_large_blocks
from app.loading.model_files import ProgressBar, get_model, get_prepared
from app.loading.vocoder_files import get_vocoder_files
from app.scheduling.native_threads import native_lock, start_native_thread
from app.settings import Settings

# Imported here and not where it is used, in a native thread: phonemizer starts a process on import,
# which gevent allows only in the main thread.
from app.tts.build_engine import build_engine
from app.tts.counts import EngineCounts
from app.tts.engine import KokoroEngine
from app.tts.model.vocabulary import Vocabulary
from app.tts.prepare.process import PreparingProcess
from app.tts.text.lexicon import Lexicon
from app.tts.voices import VoiceCatalogue

log = logging.getLogger(__name__)

MEGABYTE = 1 << 20


def load_engine(
    settings: Settings,
    progress_bar: ProgressBar | None = None,
    *,
    catalogue: VoiceCatalogue | None = None,
    counts: EngineCounts | None = None,
    preparing: PreparingProcess | None = None,
) -> KokoroEngine:
    """Find or download the model, prepare it if that has not been done, and load it.

    It is prepared in the process `preparing`, or by default in this one. The default `catalogue`
    has the voices that the settings name. `counts` receives the engine's counts. Raises
    `AssetError` if there is no model or it cannot be loaded.
    """
    give_back_large_blocks()
    model = get_model(settings, progress_bar)
    prepared = get_prepared(model, settings, progress_bar, preparing)
    return build_engine(
        model,
        prepared,
        get_vocoder_files(prepared, settings, progress_bar),
        catalogue=catalogue or VoiceCatalogue.load(settings.voices_dir),
        acceleration=settings.acceleration,
        threads=settings.threads,
        cache_bytes=settings.cache_mb * MEGABYTE,
        lexicon=get_lexicon(settings),
        reads_markdown=settings.markdown,
        new_lock=native_lock,
        start_thread=start_native_thread,
        counts=counts,
    )


def get_lexicon(settings: Settings) -> Lexicon:
    """Load the operator's lexicon; log its invalid lines and leave them out."""
    if settings.lexicon is None:
        return Lexicon()
    lexicon = Lexicon.load(settings.lexicon, Vocabulary.load().symbols)
    for problem in lexicon.problems:
        log.error("%s", problem)
    log.info("Words in the lexicon %s: %d.", settings.lexicon, len(lexicon.phonemes))
    return lexicon
