"""An OpenAI-compatible text-to-speech server for Kokoro-82M."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.settings import Settings
    from app.tts.types import SpeechEngine


def create_app(settings: "Settings | None" = None, engine: "SpeechEngine | None" = None) -> "Flask":
    """Build the web application; `settings` come from the environment unless given.

    The model is loaded in the background once `service.start()` is called: by gunicorn when a
    worker boots, otherwise by the first request. Tests pass an `engine` to use in its place.
    """
    # Imported here: gunicorn reads its settings from this package before gevent has patched the
    # standard library.
    import click
    from flask import Flask

    from app import blueprints
    from app.settings import Settings
    from app.telemetry import logs
    from app.web.composition import build_state
    from app.web.delivery import stream
    from app.web.endpoints import require_setting
    from app.web.hooks import (
        access_log,
        auth,
        cors,
        error_handlers,
        proxies,
        rate_limit,
        request_ids,
        request_metrics,
        security_headers,
    )
    from app.web.json_body import MAX_BODY_BYTES
    from app.web.json_provider import JsonProvider
    from app.web.state import set_state

    if settings is None:
        settings = Settings.load()
        if click.get_current_context(silent=True):
            # This is the start of `flask run`. Under gunicorn the master has checked the files, and
            # a worker that it starts later must not fail because one has vanished since.
            settings.require_files()
    logs.configure(settings.log_level, settings.log_format)

    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES + 1  # to tell a body that just fits from more
    app.url_map.merge_slashes = False  # a redirect would be HTML
    app.json = JsonProvider(app)
    state = build_state(settings, engine)
    set_state(app, state)

    request_ids.init_app(app)  # first, so that the log lines and replies of all others have the id
    access_log.init_app(app)
    request_metrics.init_app(app)
    app.before_request(state.service.start)
    error_handlers.init_app(app)
    auth.init_app(app)
    rate_limit.init_app(app)  # after the key: requests refused for theirs use up no limit
    for hook in (cors, security_headers, stream, proxies):
        hook.init_app(app)

    for bp in blueprints.ALL:
        require_setting(bp)
        app.register_blueprint(bp)
    return app
