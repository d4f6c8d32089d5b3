"""The application with an engine that is loaded once the file named by `LOADED_WHEN` exists."""

import os
from pathlib import Path

from gevent import monkey

from app import create_app
from tests.tone_app import ToneEngine

# The engine is warmed up in a native thread, which must not sleep as greenlets do.
native_sleep = monkey.get_original("time", "sleep")


class HeldEngine(ToneEngine):
    """Speaks each word as a tone, once it is loaded."""

    def warm_up(self) -> None:
        while not Path(os.environ["LOADED_WHEN"]).exists():
            native_sleep(0.05)


app = create_app(engine=HeldEngine())
