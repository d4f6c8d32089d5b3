"""An OpenAI-compatible text-to-speech server for Kokoro-82M."""

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from app.settings import Settings
    from app.tts.counts import EngineCounts
    from app.tts.types import SpeechEngine
    from app.web.capabilities import Capabilities


def create_app(settings: "Settings | None" = None, engine: "SpeechEngine | None" = None) -> "Flask":
    """Build the web application; `settings` come from the environment unless given.

    The model is loaded in the background once `service.start()` is called, which gunicorn does when
    a worker boots and the first request does elsewhere; `engine` takes its place in tests.
    """
    # Imported here because gunicorn reads its settings from this package before gevent has
    # patched the standard library.
    import click
    from flask import Flask

    from app.blueprints import (
        captions,
        docs,
        health,
        metrics,
        models,
        playground,
        previews,
        root,
        speech,
        voices,
    )
    from app.loading.parallel_runs import parallel_runs
    from app.scheduling.native_threads import native_lock
    from app.scheduling.scheduler import Scheduler
    from app.scheduling.service import SpeechService
    from app.settings import Settings
    from app.telemetry import logs
    from app.telemetry.metrics import Metrics
    from app.tts.counts import EngineCounts
    from app.web import errors
    from app.web.capabilities import Capabilities
    from app.web.delivery import stream
    from app.web.delivery.unsent import UnsentReplies
    from app.web.hooks import (
        access_log,
        auth,
        cors,
        proxies,
        rate_limit,
        request_ids,
        security_headers,
    )
    from app.web.hooks.api_keys import Keys
    from app.web.json_body import MAX_BODY_BYTES
    from app.web.preview_cache import PreviewCache

    if settings is None:
        settings = Settings.load()
        if click.get_current_context(silent=True):
            # The start is `flask run`. Under gunicorn it was the master's, and no worker that it
            # starts later must end for what has vanished.
            settings.require_files()
    logs.configure(settings.log_level, settings.log_format)

    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES + 1  # one more tells too long from just fits
    app.url_map.merge_slashes = False  # a redirect would be HTML
    app.json.sort_keys = False  # type: ignore[attr-defined]
    capabilities = Capabilities.of(settings)
    keys = Keys.load(settings)
    counts = EngineCounts(native_lock)
    counted = Metrics(counts, keys.names)
    service = SpeechService(
        _loader(settings, capabilities, engine, counts),
        Scheduler(parallel_runs(settings), settings.max_queue, counted.scheduler_changed),
        counted,
        time_limit=settings.request_timeout,
    )
    app.extensions.update(
        settings=settings,
        capabilities=capabilities,
        keys=keys,
        service=service,
        previews=PreviewCache(),
        metrics=counted,
        unsent_replies=UnsentReplies(
            settings.max_unsent_mb << 20,
            on_change=counted.unsent_changed,
            on_refusal=partial(counted.request_rejected, "unsent replies"),
        ),
    )

    request_ids.init_app(app)  # before all others, so that their lines and replies have the id
    access_log.init_app(app)
    app.before_request(service.start)
    app.register_blueprint(metrics.bp)  # before the key: requests without it are counted too
    errors.init_app(app)
    auth.init_app(app, settings, keys)
    rate_limit.init_app(app, settings)  # after the key: who was refused is not counted
    cors.init_app(app, settings)
    security_headers.init_app(app)
    stream.init_app(app)
    proxies.init_app(app, settings)
    for api in (root, health, models, voices, previews, speech, captions):
        app.register_blueprint(api.bp)
    for page in (docs, playground):
        app.register_blueprint(page.bp)
    return app


def _loader(
    settings: "Settings",
    capabilities: "Capabilities",
    engine: "SpeechEngine | None",
    counts: "EngineCounts",
) -> "Callable[[], SpeechEngine]":
    if engine is not None:
        return lambda: engine
    from app.tts.errors import AssetError

    # Now, because it is called in a native thread, where phonemizer cannot be imported.
    try:
        from app.loading.engine import load_engine
    except AssetError as error:
        return partial(_fail, error)
    return partial(load_engine, settings, catalogue=capabilities.voices, counts=counts)


def _fail(error: Exception) -> "SpeechEngine":
    raise error
