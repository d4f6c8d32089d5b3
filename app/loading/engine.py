"""From settings to a loaded engine, for the server and for the command line."""

import logging

from app.loading.allocator import give_back_large_blocks
from app.loading.model_files import ProgressBar, get_model, get_native, get_prepared
from app.scheduling.native_threads import native_lock, start_native_thread
from app.settings import Settings
from app.tts.counts import EngineCounts

# Here and not where it is used: that is a native thread, and phonemizer starts a process when it
# is imported, which gevent allows in the main thread only.
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
    """Find the model, or download it, prepare it unless that was done, and load it.

    It is prepared in this process, or else in `preparing`. Without a `catalogue`, the voices are
    those that the settings name. What the engine does is counted in `counts`. Raises `AssetError`
    when there is no model or it cannot be loaded.
    """
    give_back_large_blocks()
    model = get_model(settings, progress_bar)
    prepared = get_prepared(model, settings, progress_bar, preparing)
    return KokoroEngine.load(
        model,
        prepared,
        get_native(prepared, settings, progress_bar),
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
    """Load the operator's lexicon; its bad lines are logged and left out."""
    if settings.lexicon is None:
        return Lexicon()
    lexicon = Lexicon.load(settings.lexicon, Vocabulary.load().symbols)
    for problem in lexicon.problems:
        log.error("%s", problem)
    log.info("Words in the lexicon %s: %d.", settings.lexicon, len(lexicon.phonemes))
    return lexicon
