"""An OpenAI-compatible text-to-speech server for Kokoro-82M."""

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from app.offer import Offer
    from app.settings import Settings
    from app.tts.types import SpeechEngine

__version__ = "0.1.0"


def create_app(settings: "Settings | None" = None, engine: "SpeechEngine | None" = None) -> "Flask":
    """Build the web application; `settings` come from the environment unless given.

    The model is loaded in the background once `stage.start()` is called, which gunicorn does when
    a worker boots and the first request does elsewhere; `engine` takes its place in tests.
    """
    # Imported here because gunicorn reads its settings from this package before gevent has
    # patched the standard library.
    from flask import Flask

    from app import auth, cors, errors, logs
    from app.blueprints import captions, docs, health, models, playground, root, speech, voices
    from app.offer import Offer
    from app.request_body import MAX_BODY_BYTES
    from app.settings import Settings
    from app.stage import Stage
    from app.turns import Turns

    settings = settings or Settings.load()
    logs.configure(settings.log_level)

    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_BODY_BYTES + 1  # one more tells too long from just fits
    app.url_map.merge_slashes = False  # a redirect would be HTML
    app.json.sort_keys = False  # type: ignore[attr-defined]
    offer = Offer.of(settings)
    load = (lambda: engine) if engine else partial(_load_engine, settings, offer)
    stage = Stage(load, Turns(settings.workers, settings.max_queue))
    app.extensions.update(settings=settings, offer=offer, stage=stage)

    app.before_request(stage.start)
    errors.init_app(app)
    auth.init_app(app, settings)
    cors.init_app(app, settings)
    for blueprint in (root, health, models, voices, speech, captions, docs, playground):
        app.register_blueprint(blueprint.bp)
    return app


def _load_engine(settings: "Settings", offer: "Offer") -> "SpeechEngine":
    from app.loading import load_engine

    return load_engine(settings, catalogue=offer.voices)
