"""The time to the first byte of each streamed format, compared with PCM and the engine alone."""

import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

import requests

from app.loading.engine import load_engine
from app.scheduling.playback import PlaybackClock
from app.settings import EXTRA_FORMATS, Settings
from app.tts.engine import KokoroEngine
from app.tts.types import SynthesisOptions
from bench.report import publish
from tests.servers import Server, gunicorn_server

ROUNDS = 20
VOICE = "af_heart"
TEXT = (
    "The evening train to the north leaves from platform nine at a quarter past seven, and it "
    "stops at every village on the way."
)
SSE = {"stream_format": "sse", "response_format": "pcm"}
FORMS: dict[str, dict[str, object]] = {
    "PCM": {"response_format": "pcm"},
    "WAV": {"response_format": "wav", "stream": True},
    "SSE of PCM": SSE,
    "SSE of PCM with times of words": {**SSE, "timestamps": True},
    "SSE of MP3": {"stream_format": "sse", "response_format": "mp3"},
    **{name.upper(): {"response_format": name} for name in EXTRA_FORMATS},
}


def seconds_to_first_byte(server: Server, form: dict[str, object]) -> float:
    """Request speech, and return the seconds until the first byte of the body."""
    body = {"model": "kokoro", "voice": VOICE, "input": TEXT, **form}
    started = time.perf_counter()
    with requests.post(f"{server.url}/v1/audio/speech", json=body, stream=True) as reply:
        reply.raise_for_status()
        reply.raw.read(1)
        first = time.perf_counter() - started
        reply.raw.read()
    return first


def seconds_to_first_chunk(engine: KokoroEngine) -> float:
    """Return the seconds until the engine's first chunk of a stream, without a server."""
    started = time.perf_counter()
    next(engine.synthesize(TEXT, SynthesisOptions(VOICE), PlaybackClock(is_streamed=True)))
    return time.perf_counter() - started


def main() -> None:
    engine = load_engine(Settings(cache_mb=0))
    environ = {"KOKORO_EXTRA_FORMATS": ",".join(EXTRA_FORMATS), "KOKORO_CACHE_MB": "0"}
    with gunicorn_server(environ) as server:
        server.wait_until_healthy()
        measured: dict[str, Callable[[], float]] = {
            name: partial(seconds_to_first_byte, server, form) for name, form in FORMS.items()
        }
        measured["the engine in a script"] = partial(seconds_to_first_chunk, engine)
        times: dict[str, list[float]] = {name: [] for name in measured}
        for number in range(ROUNDS + 1):
            for name, measure in measured.items():
                seconds = measure()
                if number:  # the first round warms up
                    times[name].append(seconds)
            print(f"round {number} of {ROUNDS}", file=sys.stderr)
    rows = []
    for name, own in times.items():
        later = [mine - pcm for mine, pcm in zip(own, times["PCM"], strict=True)]
        rows.append([name, *(f"{1000 * statistics.median(values):.0f}" for values in (own, later))])
    header = ["streamed", "first byte ms, median", "after PCM's of the same round ms, median"]
    publish("first_byte", "How soon the first byte of a stream comes", header, rows)


if __name__ == "__main__":
    main()
