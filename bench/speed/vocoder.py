"""The vocoder alone, on our own kernels and ONNX Runtime, compared with the processor's peak."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from statistics import median

import numpy as np

from app.tts.cores import usable_cores
from app.tts.model.acoustic import AcousticOutput
from app.tts.model.split_model import MODEL_FRAME_SECONDS
from app.tts.model.vocoder import CONTEXT, OnnxVocoder, Statistics
from app.tts.types import Samples
from app.tts.vocoder.native_vocoder import NativeVocoder
from bench.report import Table
from bench.speed.model import Files, read, seconds
from bench.speed.multiplications import of_vocoder
from bench.speed.peak import Peak
from bench.speed.plan import Measured, Plan, interleaved, note
from bench.speed.texts import EIGHT_SECONDS

WINDOWS = (32, 22)
"""Frames of a window, including the dropped ones on both sides; the shorter is a stream's first."""

OURS, ONNX = "ours", "onnxruntime"


@dataclass(frozen=True)
class _Case:
    """A part of the utterance that is decoded in one run."""

    name: str
    frames: int
    start: int = 0
    statistics: Statistics | None = None
    """Given for a window; measured for the whole."""

    def decode(self, vocoder: NativeVocoder | OnnxVocoder, output: AcousticOutput) -> Samples:
        if self.statistics is None:
            return vocoder.decode(output)[0]
        start, end = self.start + CONTEXT, self.start + self.frames - CONTEXT
        return vocoder.decode_window(output, start, end, self.statistics)


def measure(plan: Plan) -> Measured:
    """Decode one utterance whole and in windows, on one thread and on all cores."""
    files, run = Files.find(), read(EIGHT_SECONDS)
    peak = Peak(files.vocoder.instruction_set)
    measured = []
    for threads in sorted({1, usable_cores()}):
        model = files.load(threads)
        vocoders = {OURS: model.vocoder, ONNX: files.load_onnx_vocoder(threads)}
        output = model.acoustic.run(run.tokens, run.style, 1.0)
        for case in _cases(vocoders[ONNX], output):
            tasks: dict[str, Callable[[], object]] = {
                name: partial(case.decode, vocoder, output) for name, vocoder in vocoders.items()
            }
            tasks["peak"] = partial(peak.measure, threads)
            rounds = plan.rounds * (1 if plan.is_quick else 2 if case.statistics is None else 8)
            measured.append(
                {
                    "case": case.name,
                    "frames": case.frames,
                    "threads": threads,
                    "instructions": files.vocoder.instruction_set.name,
                    "agreement": _agreement(*vocoders.values(), output, case),
                    **_alternate(tasks, rounds),
                }
            )
            note(f"{case.name}, {threads} threads: {_row(measured[-1])}")
    return measured


def _cases(vocoder: OnnxVocoder, output: AcousticOutput) -> Iterator[_Case]:
    yield _Case("whole utterance", output.frames)
    statistics = vocoder.decode(output)[1]
    for frames in WINDOWS:
        start = output.frames // 2  # in the middle of the speech
        yield _Case(f"window of {frames} frames", frames, start, statistics)


def _alternate(tasks: dict[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Time tasks in turn; for `peak`, keep its result instead of its time."""
    for task in tasks.values():
        task()  # warms up
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for name in interleaved(tasks, rounds):
        times[name].append(tasks[name]() if name == "peak" else seconds(tasks[name]))
    return times


def _agreement(
    ours: NativeVocoder, theirs: OnnxVocoder, output: AcousticOutput, case: _Case
) -> float:
    """Return the ratio of ONNX Runtime's samples to the difference, in dB.

    Both decode the same harmonic source, so that the rounding of its phase is not counted.
    """
    steps = slice(2 * case.start, 2 * (case.start + case.frames))
    part = AcousticOutput(
        output.features[:, :, steps],
        output.pitch[:, steps],
        output.phase[:, :, steps],
        output.durations,
        output.unrounded_durations,
        output.style,
    )
    wanted, _, spectra = theirs.decode_with_spectra(part, case.statistics)
    made, _ = ours.decode_spectra(part.features[0], part.style[0], spectra.T, case.statistics)
    return decibels(wanted, made)


def decibels(wanted: Samples, made: Samples) -> float:
    """Return the ratio of the wanted signal to the difference, in dB."""
    error = np.square(made.astype(np.float64) - wanted).sum()
    return float(10 * np.log10(np.square(wanted, dtype=np.float64).sum() / error))


def tables(measured: Measured) -> list[Table]:
    """Return medians, the limits that multiplications set, and the share of them reached."""
    title = (
        "The vocoder alone, in milliseconds. Limit: the multiplications of its convolutions at the "
        "processor's peak; ONNX Runtime's tap by tap, ours in the transformed domain"
    )
    header = [
        "decoded at once", "threads", "ONNX Runtime", "its limit", "share", "ours", "our limit",
        "share", "times as fast", "our real-time factor", "agreement dB",
    ]  # fmt: skip
    rows = [[each["case"], each["threads"], *_row(each)] for each in measured]
    peaks = [
        [
            f"peak of {threads} threads, {measured[0]['instructions']}, GFLOP/s",
            f"{2e-9 * median(_peaks(measured, threads)):.0f}",
        ]
        for threads in dict.fromkeys(each["threads"] for each in measured)
    ]
    minute = of_vocoder(round(60 / MODEL_FRAME_SECONDS))
    counts = [
        ["tap by tap", f"{minute.by_taps / 60e9:.2f}"],
        ["in the transformed domain", f"{minute.ours / 60e9:.2f}"],
        ["times fewer", f"{minute.by_taps / minute.ours:.2f}"],
    ]
    return [
        Table(title, header, rows),
        Table("Fused multiplications and additions, measured between the rounds", ["", ""], peaks),
        Table("Multiplications for a second of speech, in thousands of millions", ["", ""], counts),
    ]


def _peaks(measured: Measured, threads: int) -> list[float]:
    return [peak for each in measured if each["threads"] == threads for peak in each["peak"]]


def _row(each: dict[str, object]) -> list[str]:
    ours, onnx, peak = (median(each[name]) for name in (OURS, ONNX, "peak"))
    count = of_vocoder(each["frames"])
    onnx_limit, our_limit = count.by_taps / peak, count.ours / peak
    return [
        f"{1000 * onnx:.0f}",
        f"{1000 * onnx_limit:.0f}",
        f"{onnx_limit / onnx:.0%}",
        f"{1000 * ours:.0f}",
        f"{1000 * our_limit:.0f}",
        f"{our_limit / ours:.0%}",
        f"{onnx / ours:.2f}",
        f"{ours / (each['frames'] * MODEL_FRAME_SECONDS):.3f}",
        f"{each['agreement']:.1f}",
    ]
