"""A replacement of the library sounddevice: a loudspeaker that writes the file played.pcm."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

FRAMES = 1024


class CallbackStop(Exception):
    """The end of the sound."""


class OutputStream:
    """Asks for sound as fast as it comes, until its end."""

    def __init__(
        self, samplerate: int, callback: Callable[..., None], dtype: Any, channels: int
    ) -> None:
        assert (samplerate, channels) == (24_000, 1)
        self._callback = callback
        self._block = np.zeros((FRAMES, channels), dtype)
        self._thread = threading.Thread(target=self._play)

    def _play(self) -> None:
        with Path("played.pcm").open("wb") as played:
            while True:
                try:
                    self._callback(self._block, FRAMES, None, None)
                except CallbackStop:
                    return
                played.write(np.rint(self._block * 32767).astype("<i2").tobytes())

    def __enter__(self) -> "OutputStream":
        self._thread.start()
        return self

    def __exit__(self, *failure: object) -> None:
        self._thread.join()
