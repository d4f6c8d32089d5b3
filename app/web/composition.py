"""Builds the parts of the application from the settings."""

from collections.abc import Callable
from functools import partial

from app.loading.parallel_runs import parallel_runs
from app.scheduling.native_threads import native_lock
from app.scheduling.scheduler import Scheduler
from app.scheduling.service import SpeechService
from app.settings import Settings
from app.telemetry.metrics import Metrics
from app.tts.counts import EngineCounts
from app.tts.errors import AssetError
from app.tts.types import SpeechEngine
from app.web.api_keys import Keys
from app.web.capabilities import Capabilities
from app.web.preview_cache import PreviewCache
from app.web.state import State
from app.web.unsent_replies import UnsentReplies


def build_state(settings: Settings, engine: SpeechEngine | None) -> State:
    """Build the state of the application; `engine` stands in for the model where it is given.

    Raises `SettingError` if the settings ask for what this installation lacks.
    """
    capabilities = Capabilities.of(settings)
    keys = Keys.load(settings)
    counts = EngineCounts(native_lock)
    metrics = Metrics(counts, keys.names)
    service = SpeechService(
        _loader(settings, capabilities, counts) if engine is None else lambda: engine,
        Scheduler(parallel_runs(settings), settings.max_queue, metrics.scheduler_changed),
        metrics,
        time_limit=settings.request_timeout,
    )
    unsent_replies = UnsentReplies(
        settings.max_unsent_mb << 20,
        on_change=metrics.unsent_changed,
        on_refusal=partial(metrics.request_rejected, "unsent replies"),
    )
    return State(settings, capabilities, keys, service, metrics, PreviewCache(), unsent_replies)


def _loader(
    settings: Settings, capabilities: Capabilities, counts: EngineCounts
) -> Callable[[], SpeechEngine]:
    """Return a function that loads the engine, or that raises the reason why it cannot."""
    try:
        # Imported here and now: the loader runs in a native thread, which cannot import phonemizer.
        from app.loading.engine import load_engine
    except AssetError as error:
        # Raised only when the engine is loaded. It is then reported like every other reason why
        # that fails: the log says what is missing, and `/health` that the model did not load.
        # Raised here, gunicorn's workers would fail to boot, with a traceback.
        return partial(_fail, error)
    return partial(load_engine, settings, catalogue=capabilities.voices, counts=counts)


def _fail(error: Exception) -> SpeechEngine:
    raise error
