"""What one sentence costs: ONNX Runtime alone, the engine, the server, and a peer's library."""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent.parent))

import requests

from app.loading import load_engine
from app.settings import Settings
from app.tts.assets import cache_folder, find_model
from app.tts.engine import KokoroEngine
from app.tts.types import SynthesisOptions
from app.tts.voices import VOICES_FILE, find_voice
from bench.report import publish
from tests.servers import gunicorn_server

TEXT = "Hello, this is a test of the Kokoro text-to-speech system."
VOICE = "af_heart"
ROUNDS = 12


def bare_run(engine: KokoroEngine) -> Callable[[], object]:
    """Return a run of the model alone on the sentence's tokens."""
    voice = find_voice(VOICE)
    tokens = engine.vocabulary.encode(engine.phonemizer.phonemize(TEXT, voice.language))
    style = engine.voices.style(voice, len(tokens))
    return lambda: engine.session.run(tokens, style, 1.0)


def peer_run(folder: Path) -> Callable[[], object]:
    """Return kokoro-onnx speaking the sentence with the same model file."""
    from kokoro_onnx import Kokoro

    model = find_model(None, cache_folder())
    assert model is not None
    path = model.onnx
    if isinstance(path, bytes):
        path = folder / "model.onnx"
        path.write_bytes(model.onnx)  # type: ignore[arg-type]
    peer = Kokoro(str(path), str(VOICES_FILE))
    return lambda: peer.create(TEXT, voice=VOICE, lang="en-us")


def main() -> None:
    engine = load_engine(Settings())
    engine.warm_up()
    with tempfile.TemporaryDirectory() as folder, gunicorn_server({}) as server:
        server.wait_until_healthy()
        session = requests.Session()
        body = {"model": "tts-1", "input": TEXT, "voice": VOICE}
        url = f"{server.url}/v1/audio/speech"
        runs: dict[str, Callable[[], object]] = {
            "ONNX Runtime alone": bare_run(engine),
            "engine in a script": lambda: list(engine.synthesize(TEXT, SynthesisOptions(VOICE))),
            "server over HTTP": lambda: session.post(url, json=body).raise_for_status(),
            "kokoro-onnx (library)": peer_run(Path(folder)),
        }
        times: dict[str, list[float]] = {name: [] for name in runs}
        for number in range(ROUNDS + 1):
            # Each begins a round in turn, since the one that begins may find a rested processor.
            names = list(runs)
            first = number % len(names)
            for name in names[first:] + names[:first]:
                started = time.perf_counter()
                runs[name]()
                if number:  # the first round warms up
                    times[name].append(time.perf_counter() - started)
            print(f"\rround {number} of {ROUNDS}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    engine_times = times["engine in a script"]
    rows = [
        [
            name,
            f"{median(values):.3f}",
            f"{median(a / b for a, b in zip(values, engine_times, strict=True)):.3f}",
        ]
        for name, values in times.items()
    ]
    title = f"One sentence of {len(TEXT)} characters, {ROUNDS} interleaved rounds"
    publish("overhead", title, ["", "median s", "median of ratios to the engine"], rows)


if __name__ == "__main__":
    main()
