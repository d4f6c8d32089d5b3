"""The parts of a stream's first sound: the acoustic half, and the vocoder's first window."""

import json
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
import onnxruntime

from app.tts.cores import usable_cores
from app.tts.model.speech_model import FIRST_WINDOW, ModelRun, StreamPacing
from app.tts.model.split_model import SplitModel
from app.tts.model.vocoder import CONTEXT, Statistics
from app.tts.voices.pack import CATALOGUE
from bench.engines import Waiting
from bench.report import Table
from bench.speed.client import VOICE
from bench.speed.model import Files, Run, read, seconds
from bench.speed.multiplications import of_profile, of_vocoder
from bench.speed.peak import Peak
from bench.speed.plan import Measured, Plan, interleaved, note
from bench.speed.texts import LONG_FIRST_SENTENCE, PHRASE, SENTENCE

ACOUSTIC, WINDOW, FIRST = "acoustic half", "first window", "first sound"


def measure(plan: Plan) -> Measured:
    """Time in turn both parts, and both together with everything between them."""
    texts = {"phrase": PHRASE, "sentence": SENTENCE, "long sentence": LONG_FIRST_SENTENCE}
    files = Files.find()
    peak = Peak(files.vocoder.instruction_set)
    runs = {name: read(text) for name, text in texts.items()}
    counts = {name: _multiplications(files.prepared.acoustic, run) for name, run in runs.items()}
    measured = []
    for threads in sorted({1, usable_cores()}):
        model = files.load(threads)
        for name, run in runs.items():
            tasks = _tasks(model, run)
            for task in tasks.values():
                task()  # warms up
            figures: dict[str, list[float]] = {each: [] for each in (*tasks, "peak")}
            for each in interleaved(tasks, plan.rounds * (1 if plan.is_quick else 4)):
                figures[each].append(seconds(tasks[each]))
                if each == FIRST:
                    figures["peak"].append(peak.measure(threads))
            measured.append(
                {
                    "text": name,
                    "characters": len(texts[name]),
                    "threads": threads,
                    "multiplications": counts[name],
                    **figures,
                }
            )
            note(f"{name}, {threads} threads: {_row(measured[-1])}")
    return measured


def _tasks(model: SplitModel, run: Run) -> dict[str, Callable[[], object]]:
    voice = CATALOGUE[VOICE]
    output = model.acoustic.run(run.tokens, run.style, 1.0)
    _, statistics = model.vocoder.decode(output)

    def first_window(given: Statistics) -> None:
        start = CONTEXT
        model.vocoder.decode_window(output, start, start + FIRST_WINDOW, given)

    def first_sound() -> None:
        pacing = StreamPacing(Waiting())
        segments = model.speak(ModelRun(run.tokens, run.style, 1.0, voice, pacing))
        segment = next(segments)
        assert not segment.is_last, "it was not decoded in windows"

    return {
        ACOUSTIC: partial(model.acoustic.run, run.tokens, run.style, 1.0),
        WINDOW: partial(first_window, statistics),
        FIRST: first_sound,
    }


def _multiplications(acoustic: Path, run: Run) -> int:
    """Count the acoustic half's multiplications, from the shapes in ONNX Runtime's profile."""
    with tempfile.TemporaryDirectory() as folder:
        options = onnxruntime.SessionOptions()
        options.enable_profiling = True
        options.profile_file_prefix = str(Path(folder) / "profile")
        session = onnxruntime.InferenceSession(
            acoustic, options, providers=["CPUExecutionProvider"]
        )
        feeds = {
            "tokens": np.array([[0, *run.tokens, 0]], np.int64),
            "style": run.style,
            "speed": np.ones(1, np.float32),
        }
        session.run(None, feeds)
        return of_profile(json.loads(Path(session.end_profiling()).read_text()))


def tables(measured: Measured) -> list[Table]:
    """Return medians, each with the limit that its multiplications set."""
    title = (
        "First sound in this process, in milliseconds. Limit: the multiplications of the acoustic "
        "half's matrix products and convolutions, and the window's in the transformed domain, at "
        "the processor's peak"
    )
    header = ["", "threads"]
    for part in (ACOUSTIC, WINDOW, FIRST):
        header += [part, "limit"]
    rows = [
        [f"{each['text']}, {each['characters']} characters", each["threads"], *_row(each)]
        for each in measured
    ]
    return [Table(title, header, rows)]


def _row(each: dict[str, object]) -> list[str]:
    peak = median(each["peak"])
    acoustic = each["multiplications"] / peak
    window = of_vocoder(FIRST_WINDOW + 2 * CONTEXT).ours / peak
    limits = {ACOUSTIC: acoustic, WINDOW: window, FIRST: acoustic + window}
    return [
        f"{1000 * figure:.0f}"
        for name, limit in limits.items()
        for figure in (median(each[name]), limit)
    ]
