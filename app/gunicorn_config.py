"""How gunicorn serves: read by gunicorn.conf.py and by the command line, from `Settings`."""

import os
import subprocess
import sys
from typing import Any

from gunicorn.arbiter import Arbiter

from app.settings import SettingError, Settings

try:
    _settings = Settings.load()
except SettingError as error:
    sys.exit(f"Error: {error.message}")

_host = _settings.host.strip("[]")
bind = f"[{_host}]:{_settings.port}" if ":" in _host else f"{_host}:{_settings.port}"
worker_class = "gevent"
loglevel = _settings.log_level
# Each worker loads its own model, after the fork: inherited sessions hang.
preload_app = False
# Speech in progress at a stop may run this long, in seconds, before its worker is killed; the
# longest input takes some minutes on two slow cores.
graceful_timeout = 600
keepalive = 5
# It would need a writable home directory.
control_socket_disable = True


def on_starting(server: Any) -> None:
    """Check what the settings name, and download and prepare the model if that is not done."""
    from app.tts.assets import cache_folder, find_model
    from app.tts.codecs import load_formats
    from app.tts.errors import AssetError
    from app.tts.prepared import find_prepared
    from app.tts.text.lexicon import Lexicon
    from app.tts.tokens import Vocabulary
    from app.tts.voices import VoiceCatalogue

    try:
        # Only now: a server that is told to reload goes on without what has become bad.
        if _settings.lexicon:
            Lexicon.load(_settings.lexicon, Vocabulary.load().symbols).require_sound()
        VoiceCatalogue.load(_settings.voices_dir).require_sound()
        load_formats(_settings.extra_formats)
        int8 = _settings.precision == "int8"
        model = find_model(_settings.model_path, cache_folder(), int8=int8)
    except AssetError as error:
        sys.exit(f"Error: {error}")
    if model and (int8 or find_prepared(model, cache_folder())):
        return
    # In a process of its own: what an HTTP client imports would be inherited by the workers before
    # gevent has patched it, and so would the memory that preparing takes.
    done = subprocess.run([sys.executable, "-m", "app", "prepare"], check=False)
    if done.returncode < 0:
        sys.exit(
            f"Error: preparing the model was ended by signal {-done.returncode}. If that was for "
            "lack of memory (it takes 1.5 GB), set KOKORO_PRECISION to int8."
        )
    if done.returncode:
        sys.exit(done.returncode)


def post_worker_init(worker: Any) -> None:
    """Load and warm the model in the background; a worker without one ends the server."""
    worker.wsgi.extensions["stage"].start(
        on_failure=lambda: os._exit(Arbiter.WORKER_BOOT_ERROR),
    )
